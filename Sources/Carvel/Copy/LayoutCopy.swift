package import Files
package import OCI

/// Puts images into a directory laid out as OCI's image specification says, beside those that it holds.
package struct LayoutCopy: Sendable {
  private let directory: String

  package init(to directory: String) { self.directory = directory }

  /// Fetches what is missing; the list of what the layout holds is written last.
  /// - Parameters:
  ///   - foreign: whether layers are written that their owners do not want elsewhere.
  ///   - progress: how many of how many blobs are begun.
  package func copy(
    _ set: CopySet, from source: some ImageSource, foreign: Bool, jobs: Int, progress: (Int, Int) -> Void
  ) throws(Diagnostics) {
    let blobs = CopySet.blobs(set.items, foreign: foreign)
    let index = try Diagnostics.collecting { () throws(Diagnostic) in
      let index = try newIndex(set)
      try Disk.createDirectory("\(directory)/blobs/sha256")
      return index
    }
    _ = try CopyWork.map(blobs.count, jobs: jobs, progress: { progress($0, blobs.count) }) {
      number throws(Diagnostics) in
      try Diagnostics.collecting { () throws(Diagnostic) in
        let (descriptor, reference) = blobs[number]
        let path = path(descriptor.digest)
        if try Self.isThere(path, descriptor) { return }
        let file = try OpenFile(writing: Disk.temporaryName(besides: path))
        do throws(Diagnostic) {
          try file.resize(to: 0)
          var offset = 0
          try source.fetchBlob(descriptor, from: reference) { bytes throws(Diagnostic) in
            try file.write(UnsafeRawBufferPointer(bytes), at: offset)
            offset += bytes.count
          }
          try Disk.rename(file.path, to: path)
        } catch {
          try? Disk.remove(file.path)
          throw error
        }
      }
    }
    try Diagnostics.collecting { () throws(Diagnostic) in
      for tree in set.items.flatMap(\.tree.all) {
        try Disk.replace(path(tree.digest), with: tree.manifest.bytes)
      }
      try Disk.replace("\(directory)/\(ImageLayout.versionFile)", with: ImageLayout.version)
      try Disk.replace("\(directory)/\(ImageLayout.indexFile)", with: index.contents)
    }
  }

  private func path(_ digest: ContentDigest) -> String { "\(directory)/\(ImageLayout.path(digest))" }

  private static func isThere(_ path: String, _ descriptor: Descriptor) throws(Diagnostic) -> Bool {
    guard Disk.isFile(path) else { return false }
    let file = try OpenFile(reading: path)
    guard file.count == descriptor.size else { return false }
    return try BlobContents.file(file, offset: 0, count: descriptor.size).forEach { _ in } == descriptor.digest
  }

  /// What the layout holds, and what is to come: an image takes the place of one of the same name.
  private func newIndex(_ set: CopySet) throws(Diagnostic) -> ImageIndex {
    let isLayout = Disk.isFile("\(directory)/\(ImageLayout.indexFile)")
    if !isLayout, Disk.isDirectory(directory), try !Disk.entries(directory).allSatisfy({ $0.name == "blobs" }) {
      throw Diagnostic(
        "\(directory) holds something else than an OCI image layout", hint: "give a new directory, or an empty one")
    }
    var manifests = isLayout ? try ImageLayout(directory).index.manifests : []
    for item in set.items {
      let manifest = item.tree.manifest
      let names = [item.tag, manifest.digest.tag].compactMap(\.self)
      manifests.removeAll { $0.annotation(ImageLayout.nameAnnotation).map(names.contains) == true }
      for name in names {
        manifests.append(
          Descriptor(
            mediaType: manifest.mediaType, digest: manifest.digest, size: manifest.bytes.count,
            annotations: [Annotation(name: ImageLayout.nameAnnotation, value: name)]))
      }
    }
    return ImageIndex(manifests: manifests)
  }
}
