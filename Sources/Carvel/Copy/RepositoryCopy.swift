package import Files
package import OCI

/// Puts images into one repository of a registry, as `imgpkg copy --to-repo` does: each under the tag of its digest, with
/// an image beside each bundle that says what came along, and last of all under the tags that they had.
package struct RepositoryCopy: Sendable {
  private let client: RegistryClient
  private let destination: ImageReference

  /// - Parameter destination: of it only registry and path count.
  package init(to destination: ImageReference, _ client: RegistryClient) {
    self.client = client
    self.destination = destination
  }

  /// What is done besides copying.
  package struct Options: Sendable {
    /// How many blobs are sent at a time.
    package var jobs = 5
    /// Whether layers are sent that their owners do not want in other registries.
    package var sendsForeignLayers = false
    /// Whether tags may be moved that name something else.
    package var overwrites = false

    package init() {}
  }

  /// Sends what is missing.
  /// - Parameter progress: how many of how many blobs are begun.
  /// - Throws: what went wrong; then no tag names anything that is not there as a whole, and the next run goes on.
  package func copy(
    _ set: CopySet, from source: some ImageSource, _ options: Options, progress: (Int, Int) -> Void
  ) throws(Diagnostics) {
    let tagged = try Diagnostics.collecting { () throws(Diagnostic) in try untagged(set, options) }
    let items = set.items
    let isThere = try CopyWork.map(items.count, jobs: options.jobs) { index throws(Diagnostics) in
      try Diagnostics.collecting { () throws(Diagnostic) in
        let digest = items[index].tree.digest
        return try client.digestIfPresent(besidesPushing: destination.with(tag: digest.tag)) == digest
      }
    }
    let missing = zip(items, isThere).filter { !$0.1 }.map(\.0)
    let blobs = CopySet.blobs(missing, foreign: options.sendsForeignLayers)
    _ = try CopyWork.map(blobs.count, jobs: options.jobs, progress: { progress($0, blobs.count) }) {
      index throws(Diagnostics) in
      try Diagnostics.collecting { () throws(Diagnostic) in
        let (descriptor, reference) = blobs[index]
        try client.pushBlob(descriptor.digest, to: destination, mountingFrom: reference) { () throws(Diagnostic) in
          try source.contents(of: descriptor, from: reference)
        }
      }
    }
    _ = try CopyWork.map(missing.count, jobs: options.jobs) { index throws(Diagnostics) in
      try Diagnostics.collecting { () throws(Diagnostic) in try put(missing[index].tree) }
    }
    try Diagnostics.collecting { () throws(Diagnostic) in
      for item in items {
        if let locations = set.locations(of: item) { try note(locations, of: item.tree.digest) }
      }
      for item in tagged {
        if let tag = item.tag { try client.putManifest(item.tree.manifest, at: destination.with(tag: tag)) }
      }
    }
  }

  /// The images whose own tag is not set yet.
  private func untagged(_ set: CopySet, _ options: Options) throws(Diagnostic) -> [CopySet.Item] {
    var items: [CopySet.Item] = []
    for item in set.items {
      guard let tag = item.tag else { continue }
      let reference = try destination.with(tag: tag)
      let present = try client.digestIfPresent(besidesPushing: reference)
      if present == item.tree.digest { continue }
      if let present, !options.overwrites {
        throw Diagnostic(
          "\(reference) is another image already: \(present); the one to be copied is \(item.tree.digest)",
          hint: "copy to another repository, or move the tag with --overwrite")
      }
      items.append(item)
    }
    return items
  }

  /// Puts the manifests of an image, of what is listed before what lists it.
  private func put(_ tree: ImageTree) throws(Diagnostic) {
    var seen: Set<ContentDigest> = [tree.digest]
    for member in tree.all where seen.insert(member.digest).inserted {
      try client.putManifest(member.manifest, at: destination.with(digest: member.digest))
    }
    try client.putManifest(tree.manifest, at: destination.with(tag: tree.digest.tag))
  }

  /// Puts what was copied along with a bundle where pulling it looks for that.
  private func note(_ locations: ImageLocations, of bundle: ContentDigest) throws(Diagnostic) {
    let image = try Image(LayerTree(files: [ImageLocations.file: LayerTree.File(locations.text)]), labels: [:])
    try client.push(image, to: destination, tags: [image.digest.tag, bundle.locationsTag], overwrites: true)
  }
}
