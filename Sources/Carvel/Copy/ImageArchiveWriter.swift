package import Files
package import OCI
import YAML

/// Writes an archive that `ImageArchive` and `imgpkg copy --tar` read, byte by byte as imgpkg writes it.
///
/// It grows under another name beside its place, where a run that was ended leaves what it has: the next one checks it and
/// fetches what is missing.
package struct ImageArchiveWriter {
  private let set: CopySet
  private let path: String
  private let foreign: Bool

  /// - Parameter foreign: whether layers are written that their owners do not want elsewhere.
  package init(_ set: CopySet, to path: String, foreign: Bool) {
    self.set = set
    self.path = path
    self.foreign = foreign
  }

  /// Fetches all layers and puts the archive in its place.
  /// - Parameter progress: how many of how many layers are begun.
  package func write(
    from source: some ImageSource, jobs: Int, progress: (Int, Int) -> Void
  ) throws(Diagnostics) {
    let text = manifest
    let layers = CopySet.blobs(set.items, foreign: foreign, layersOnly: true)
      .sorted { $0.descriptor.digest < $1.descriptor.digest }
    let (plan, file) = try Diagnostics.collecting { () throws(Diagnostic) in
      let plan = try TarPlan(
        [(ImageArchive.manifestFile, text.count)]
          + layers.map { (ImageArchive.layerFile($0.descriptor.digest), $0.descriptor.size) })
      return (plan, try begin(plan, text))
    }
    _ = try CopyWork.map(layers.count, jobs: jobs, progress: { progress($0, layers.count) }) {
      index throws(Diagnostics) in
      try Diagnostics.collecting { () throws(Diagnostic) in
        let (descriptor, reference) = layers[index]
        let place = plan.files[index + 1]
        if try Self.isThere(place, descriptor.digest, file) { return }
        var offset = place.offset
        try source.fetchBlob(descriptor, from: reference) { bytes throws(Diagnostic) in
          try Self.write(UnsafeRawBufferPointer(bytes), at: offset, file)
          offset += bytes.count
        }
        try place.header.withBytes { (bytes) throws(Diagnostic) in
          try Self.write(UnsafeRawBufferPointer(bytes), at: place.start, file)
        }
      }
    }
    try Diagnostics.collecting { () throws(Diagnostic) in try Disk.rename(file.path, to: path) }
  }

  /// Writes to the archive, and removes it where that fails: on a full disk what is there helps nobody.
  private static func write(_ bytes: UnsafeRawBufferPointer, at offset: Int, _ file: OpenFile) throws(Diagnostic) {
    do throws(Diagnostic) {
      try file.write(bytes, at: offset)
    } catch {
      try? Disk.remove(file.path)
      throw error
    }
  }

  /// Opens what an earlier run has left, or begins anew.
  private func begin(_ plan: TarPlan, _ text: ByteString) throws(Diagnostic) -> OpenFile {
    let file = try OpenFile(writing: Disk.temporaryName(besides: path))
    let head = plan.files[0].header.appending(text)
    var isSame = file.count == plan.count
    if isSame {
      var found = ByteBuffer(capacity: head.count)
      _ = try BlobContents.file(file, offset: 0, count: head.count).forEach { found.append($0) }
      isSame = found.finish() == head
    }
    if isSame { return file }
    try file.resize(to: 0)
    try file.resize(to: plan.count)
    try head.withBytes { (bytes) throws(Diagnostic) in
      try Self.write(UnsafeRawBufferPointer(bytes), at: 0, file)
    }
    return file
  }

  /// Whether an earlier run has fetched a layer.
  private static func isThere(
    _ planned: TarPlan.File, _ digest: ContentDigest, _ file: OpenFile
  ) throws(Diagnostic) -> Bool {
    var header = ByteBuffer()
    _ = try BlobContents.file(file, offset: planned.start, count: planned.header.count).forEach { header.append($0) }
    guard header.finish() == planned.header else { return false }
    return try BlobContents.file(file, offset: planned.offset, count: planned.size).forEach { _ in } == digest
  }
}

// MARK: manifest.json

extension ImageArchiveWriter {
  private var manifest: ByteString {
    Node.sequence(
      set.items.map { item in
        let node = Self.node(item.tree, item)
        let isList = item.tree.parts == nil
        return SequenceItem(.fields(["ImageIndex": isList ? node : Node.null, "Image": isList ? Node.null : node]))
      }
    ).orderedJSON
  }

  private static func node(_ tree: ImageTree, _ item: CopySet.Item) -> Node {
    let names = list([.string(tree.reference.text)])
    let digest = Node.string(tree.digest.text)
    let type = Node.string(tree.manifest.mediaType.text)
    let raw = Node.string(tree.manifest.bytes)
    let tag = Node.string(item.tag ?? .empty)
    let original = Node.string(item.original)
    let labels = item.isRoot ? Node.fields([ImageArchive.rootLabel: .string(.empty)]) : Node.null
    guard let parts = tree.parts else {
      let images = list(tree.members.filter { $0.parts != nil }.map { node($0, item) })
      let lists = list(tree.members.filter { $0.parts == nil }.map { node($0, item) })
      return .fields([
        "Refs": names, "Images": images, "Indexes": lists, "MediaType": type, "Digest": digest, "Raw": raw, "Tag": tag,
        "OrigRef": original, "Labels": labels,
      ])
    }
    let configuration = Node.fields([
      "Digest": .string(parts.manifest.configuration.digest.text), "Raw": .string(parts.configuration),
    ])
    let manifest = Node.fields(["MediaType": type, "Digest": digest, "Raw": raw])
    return .fields([
      "Refs": names, "Layers": list(layers(parts)), "Config": configuration, "Manifest": manifest, "Tag": tag,
      "OrigRef": original, "Labels": labels,
    ])
  }

  private static func layers(_ parts: ImageTree.Parts) -> [Node] {
    let before = parts.description?.layers ?? []
    return parts.manifest.layers.enumerated().map { number, layer in
      .fields([
        "MediaType": .string(layer.mediaType.text), "Digest": .string(layer.digest.text),
        "DiffID": .string(number < before.count ? before[number].text : .empty), "Size": .int(Int64(layer.size)),
      ])
    }
  }

  /// A list as Go writes it: null where it is empty.
  private static func list(_ items: [Node]) -> Node { .items(items) ?? .null }
}

extension ImageTree {
  fileprivate func hasLayer(_ descriptor: Descriptor) -> Bool {
    parts?.manifest.layers.contains { $0.digest == descriptor.digest } == true
  }
}
