package import Files
package import OCI

/// Unpacks bundles and images from where they are published, as imgpkg does: into a new directory, all of it or nothing.
package struct BundlePull<Source: ImageSource> {
  private let source: Source
  /// Whether images that were copied beside a bundle take the place of those that its lock names.
  private let relocates: Bool
  private let report: (String) -> Void

  /// - Parameters:
  ///   - relocates: whether `images.yml` is rewritten to the bundle's own repository where all images are there. For
  ///     registries: what is in a layout has no name that others could use.
  ///   - report: is told what happens, line by line.
  package init(from source: Source, relocates: Bool, report: @escaping (String) -> Void) {
    self.source = source
    self.relocates = relocates
    self.report = report
  }

  /// Unpacks a bundle.
  /// - Parameters:
  ///   - path: the directory to be made.
  ///   - nested: whether the bundles that its lock names are unpacked as well, into `.imgpkg/bundles/`.
  ///   - replaces: whether what is at `path` may go.
  /// - Returns: whether `images.yml` was rewritten.
  @discardableResult
  package func bundle(
    _ reference: ImageReference, to path: String, nested: Bool, replacing replaces: Bool
  ) throws(Diagnostic) -> Bool {
    guard let image = try PublishedImage(reference, in: source), image.isBundle else { throw .noBundle(reference) }
    var place = try DiskReplacement(path: path)
    let directory = try place.stageDirectory(replacing: replaces)
    var known: [ImageReference: Bool] = [:]
    let isRelocated = try unpack(image, below: "", of: directory, nested: nested, depth: 0, &known)
    try place.publish()
    if relocates {
      report("")
      report("Locating image lock file images...")
      report(
        isRelocated
          ? "The bundle repo (\(image.reference.repository)) is hosting every image specified in the bundle's Images Lock "
            + "file (.imgpkg/images.yml)"
          : "One or more images not found in bundle repo; skipping lock file update")
    }
    return isRelocated
  }

  /// Unpacks an image that is no bundle.
  package func image(_ reference: ImageReference, to path: String, replacing replaces: Bool) throws(Diagnostic) {
    guard let image = try PublishedImage(reference, in: source) else { throw .listOfImages(reference) }
    if image.isBundle { throw .isBundle(reference) }
    report("Pulling image '\(image.reference)'")
    var place = try DiskReplacement(path: path)
    try image.unpack(from: source, into: try place.stageDirectory(replacing: replaces))
    try place.publish()
  }

  /// The deepest that bundles may nest in bundles.
  private static var deepest: Int { 50 }

  private func unpack(
    _ bundle: PublishedImage, below path: String, of top: String, nested: Bool, depth: Int,
    _ known: inout [ImageReference: Bool]
  ) throws(Diagnostic) -> Bool {
    let indent = String(repeating: "  ", count: depth)
    report("\(indent)Pulling \(depth == 0 ? "" : "nested ")bundle '\(bundle.reference)'")
    guard depth < Self.deepest else { throw .tooDeep(bundle.reference) }
    let directory = path.isEmpty ? top : "\(top)/\(path)"
    for (number, layer) in bundle.manifest.layers.enumerated() {
      report("\(indent)  Extracting layer '\(layer.digest)' (\(number + 1)/\(bundle.manifest.layers.count))")
    }
    if !path.isEmpty { try Disk.createDirectory(directory) }
    try bundle.unpack(from: source, into: directory)

    let file = "\(directory)/\(BundleContents.imagesFile)"
    var lock = try Self.lock(at: file, of: bundle)
    let copies = try relocates ? ImageLocations(of: bundle, in: source) : nil
    let isRelocated = copies != nil ? true : relocates ? try areHere(lock, bundle.reference) : false
    let written = lock.entries.map(\.image)
    if isRelocated {
      for index in lock.entries.indices {
        lock.entries[index].image = lock.entries[index].image.moved(to: bundle.reference)
      }
    }
    if nested {
      var hasHeading = depth > 0
      for (original, entry) in zip(written, lock.entries) {
        if let isBundle = known[original] {
          if isBundle {
            report("\(indent)  Pulling nested bundle '\(original)'")
            report("\(indent)  Skipped, already downloaded")
          }
          continue
        }
        let listed = copies?.images.first { $0.image == original }
        let inner = listed?.isBundle == false ? nil : try PublishedImage(entry.image, in: source)
        known[original] = inner?.isBundle ?? false
        guard let inner, inner.isBundle else { continue }
        if !hasHeading {
          report("")
          report("Nested bundles")
          hasHeading = true
        }
        let place = ".imgpkg/bundles/\(inner.digest.dashed)"
        _ = try unpack(inner, below: place, of: top, nested: true, depth: depth + 1, &known)
      }
    }
    if isRelocated { try Disk.replace(file, with: lock.text) }
    return isRelocated
  }

  private static func lock(at file: String, of bundle: PublishedImage) throws(Diagnostic) -> ImagesLock {
    let contents = try Disk.read(file, limit: 16 << 20)
    let shown = "\(BundleContents.imagesFile) of \(bundle.reference)"
    return try ImagesLock(published: contents, shown: shown)
  }

  /// Whether the bundle's repository has all images of its lock.
  private func areHere(_ lock: ImagesLock, _ bundle: ImageReference) throws(Diagnostic) -> Bool {
    for entry in lock.entries where try source.digestIfPresent(of: entry.image.moved(to: bundle)) == nil {
      return false
    }
    return true
  }
}

extension ImagesLock {
  /// Reads the lock of a published bundle.
  /// - Throws: the first thing that is wrong with it: who pulls it cannot mend it.
  init(published contents: ByteString, shown: String) throws(Diagnostic) {
    do throws(Diagnostics) {
      try self.init(parsing: SourceFile.register(path: shown, contents: contents))
    } catch {
      throw error.list.first ?? Diagnostic("\(shown) cannot be read")
    }
  }
}

extension ImageLocations {
  /// What was copied along with a bundle; nothing where nobody has noted that.
  package init?(of bundle: PublishedImage, in source: some ImageSource) throws(Diagnostic) {
    let tagged = try bundle.reference.with(tag: bundle.digest.locationsTag)
    guard let digest = try source.digestIfPresent(of: tagged),
      let image = try PublishedImage(tagged.with(digest: digest), in: source)
    else { return nil }
    guard let file = try image.tree(from: source)[Self.file] else {
      throw Diagnostic("\(tagged) lacks \(Self.file)", hint: "copy the bundle once more")
    }
    do throws(Diagnostics) {
      try self.init(parsing: SourceFile.register(path: "\(Self.file) of \(tagged)", contents: file.contents))
    } catch {
      throw error.list.first ?? Diagnostic("\(tagged) cannot be read")
    }
  }
}

extension Diagnostic {
  static func noBundle(_ reference: ImageReference) -> Diagnostic {
    Diagnostic("\(reference) is an image, and no bundle", hint: "pull images with -i in place of -b")
  }

  fileprivate static func isBundle(_ reference: ImageReference) -> Diagnostic {
    Diagnostic("\(reference) is a bundle", hint: "pull bundles with -b in place of -i")
  }

  fileprivate static func listOfImages(_ reference: ImageReference) -> Diagnostic {
    Diagnostic("\(reference) is a list of images for several platforms", hint: "name one of them by its digest")
  }

  fileprivate static func tooDeep(_ reference: ImageReference) -> Diagnostic {
    Diagnostic("\(reference) is a bundle in more than 50 others", hint: "give the bundles fewer levels")
  }
}
