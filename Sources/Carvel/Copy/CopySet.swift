package import Files
package import OCI

/// All that is copied together: an image, the images of a lock, or a bundle with its images and the bundles in it.
package struct CopySet: Sendable {
  /// One of the images.
  package struct Item: Sendable {
    package var tree: ImageTree
    /// A tag that it had, and is to have again.
    package var tag: ByteString?
    /// What the lock of a bundle calls it; empty for what no bundle names.
    package var original = ByteString.empty
    /// Whether it is the bundle that was asked for.
    package var isRoot = false
    /// The lock of a bundle.
    package var lock: ImagesLock?
  }

  /// In the order of their digests.
  package let items: [Item]

  init(_ items: [Item]) { self.items = items.sorted { $0.tree.digest < $1.tree.digest } }

  /// The bundle that was asked for.
  package var root: Item? { items.first(where: \.isRoot) }

  /// What was copied along with a bundle, as its lock names it.
  package func locations(of item: Item) -> ImageLocations? {
    guard let lock = item.lock else { return nil }
    let bundles = Set(items.filter { $0.lock != nil }.map(\.tree.digest))
    var seen: Set<ContentDigest> = []
    let images = lock.entries.compactMap { entry -> ImageLocations.Location? in
      guard let digest = entry.image.digest, seen.insert(digest).inserted else { return nil }
      return ImageLocations.Location(image: entry.image, isBundle: bundles.contains(digest))
    }
    return ImageLocations(images)
  }

  /// All blobs, once each, with an image that has them.
  /// - Parameters:
  ///   - foreign: whether layers are among them that their owners do not want in other registries.
  ///   - layersOnly: whether configurations are left out.
  static func blobs(
    _ items: [Item], foreign: Bool, layersOnly: Bool = false
  ) -> [(descriptor: Descriptor, reference: ImageReference)] {
    var seen: Set<ContentDigest> = []
    var blobs: [(descriptor: Descriptor, reference: ImageReference)] = []
    for tree in items.flatMap(\.tree.all) {
      guard let manifest = tree.parts?.manifest else { continue }
      for blob in manifest.layers + (layersOnly ? [] : [manifest.configuration]) where seen.insert(blob.digest).inserted
      {
        if foreign || !blob.mediaType.isForeignLayer { blobs.append((blob, tree.reference)) }
      }
    }
    return blobs
  }
}

// MARK: What is asked for

extension CopySet {
  /// An image.
  /// - Parameter platform: of a list, only the image for this platform; nothing for all of it.
  package init(image reference: ImageReference, platform: Platform?, from source: some ImageSource) throws(Diagnostic) {
    var tree = try ImageTree(reference, from: source)
    if tree.isBundle { throw Diagnostic("\(reference) is a bundle", hint: "copy it, and its images, with -b") }
    if let platform {
      let candidates = tree.parts == nil ? tree.members : [tree]
      guard let member = candidates.first(where: { $0.platform?.fulfils(platform) == true }) else {
        throw .noPlatform(reference, platform, candidates.compactMap(\.platform))
      }
      tree = member
    }
    let tag = reference.digest == nil ? reference.identifier : nil
    self.init([Item(tree: tree, tag: tag)])
  }

  /// The images of a lock.
  package init(_ lock: ImagesLock, from source: some ImageSource, jobs: Int) throws(Diagnostics) {
    let images = Array(Set(lock.entries.map(\.image)))
    let items = try CopyWork.map(images.count, jobs: jobs) { index throws(Diagnostics) in
      try Diagnostics.collecting { () throws(Diagnostic) in
        let tree = try ImageTree(images[index], from: source)
        if tree.isBundle {
          throw Diagnostic(
            "\(images[index]) is a bundle, and a lock of images names none for copying",
            hint: "copy the bundle with -b, or make a bundle of these images")
        }
        return Item(tree: tree)
      }
    }
    self.init(items.uniqued)
  }

  /// A bundle with its images and the bundles in it.
  /// - Parameter tag: the tag that it is to have; nothing for that of `reference`.
  package init(
    bundle reference: ImageReference, tag: ByteString? = nil, from source: some ImageSource, jobs: Int
  ) throws(Diagnostics) {
    let root = try Diagnostics.collecting { () throws(Diagnostic) in try ImageTree(reference, from: source) }
    var first = Item(tree: root, tag: tag ?? (reference.digest == nil ? reference.identifier : nil))
    first.original = root.reference.text
    first.isRoot = true
    first.lock = try Self.lock(of: root, from: source)
    var items = [first]
    var seen: Set<ContentDigest> = [root.digest]
    var next = Self.images(of: first, unless: &seen)
    while !next.isEmpty {
      let named = next
      let found = try CopyWork.map(named.count, jobs: jobs) { index throws(Diagnostics) in
        try Self.item(named[index].image, besides: named[index].bundle, from: source)
      }
      items += found
      guard items.count <= Self.mostImages else {
        throw Diagnostics(Diagnostic("\(reference) has more than \(Self.mostImages) images"))
      }
      next = found.flatMap { Self.images(of: $0, unless: &seen) }
    }
    self.init(items)
  }

  private static let mostImages = 10_000

  /// What an archive holds.
  package init(_ archive: ImageArchive) throws(Diagnostics) {
    var items: [Item] = []
    for entry in archive.entries {
      let tree = try Diagnostics.collecting { () throws(Diagnostic) in
        try ImageTree(entry.reference, from: archive)
      }
      var item = Item(tree: tree, tag: entry.tag, original: entry.original, isRoot: entry.isRoot)
      if tree.isBundle { item.lock = try Self.lock(of: tree, from: archive) }
      items.append(item)
    }
    self.init(items)
  }

  private static func lock(of tree: ImageTree, from source: some ImageSource) throws(Diagnostics) -> ImagesLock {
    let contents = try tree.bundle(from: source)
    let file = contents.tree[BundleContents.imagesFile]?.contents ?? .empty
    return try ImagesLock(
      parsing: .register(path: "\(tree.reference)/\(BundleContents.imagesFile)", contents: file))
  }

  /// The images of a bundle that nobody has come across, each with the bundle.
  private static func images(
    of item: Item, unless seen: inout Set<ContentDigest>
  ) -> [(image: ImageReference, bundle: ImageReference)] {
    (item.lock?.entries ?? []).compactMap { entry in
      guard let digest = entry.image.digest, seen.insert(digest).inserted else { return nil }
      return (entry.image, item.tree.reference)
    }
  }

  /// An image of a bundle, taken from the bundle's repository where it was copied along.
  private static func item(
    _ image: ImageReference, besides bundle: ImageReference, from source: some ImageSource
  ) throws(Diagnostics) -> Item {
    let tree = try Diagnostics.collecting { () throws(Diagnostic) in
      let copied = image.moved(to: bundle)
      let isThere = copied != image ? try source.digestIfPresent(of: copied) != nil : false
      return try ImageTree(isThere ? copied : image, from: source)
    }
    var item = Item(tree: tree, original: image.text)
    if tree.isBundle { item.lock = try lock(of: tree, from: source) }
    return item
  }
}

extension Platform {
  /// Whether it is what was asked for: of any variant where none was named.
  fileprivate func fulfils(_ asked: Platform) -> Bool {
    system == asked.system && architecture == asked.architecture && (asked.variant.isEmpty || variant == asked.variant)
  }
}

extension [CopySet.Item] {
  /// Of several with one digest, the first.
  fileprivate var uniqued: [CopySet.Item] {
    var seen: Set<ContentDigest> = []
    return filter { seen.insert($0.tree.digest).inserted }
  }
}

extension Diagnostics {
  /// Does what throws one diagnostic where several may be thrown.
  static func collecting<R>(_ body: () throws(Diagnostic) -> R) throws(Diagnostics) -> R {
    do throws(Diagnostic) { return try body() } catch { throw Diagnostics(error) }
  }
}

extension Diagnostic {
  fileprivate static func noPlatform(
    _ reference: ImageReference, _ platform: Platform, _ present: [Platform]
  ) -> Diagnostic {
    Diagnostic(
      "\(reference) has no image for \(platform)",
      hint: "it has images for: \(present.map(\.description).joined(separator: ", "))")
  }
}
