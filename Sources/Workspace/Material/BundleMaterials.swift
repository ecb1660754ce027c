package import Carvel
package import Files
package import OCI

/// What is known about a published bundle and where it comes from.
package struct BundleMaterials {
  private let image: PublishedImage
  private let tree: LayerTree
  private let lock: ImagesLock

  /// Reads a bundle where it is published.
  /// - Throws: a diagnostic where it cannot be read, or is no bundle.
  package init(of reference: ImageReference, in source: some ImageSource) throws(Diagnostics) {
    do throws(Diagnostic) {
      guard let image = try PublishedImage(reference, in: source), image.isBundle else { throw .noBundle(reference) }
      self.image = image
      tree = try image.tree(from: source)
    } catch {
      throw Diagnostics(error)
    }
    lock = try ImagesLock(
      parsing: .register(
        path: "\(BundleContents.imagesFile) of \(image.reference)",
        contents: tree[BundleContents.imagesFile]?.contents ?? .empty))
  }

  /// Its files, and the images that belong to it.
  package func bill(date: SourceDate?) -> BillOfMaterials {
    BillOfMaterials(
      name: image.reference.repository, summary: "A bundle of configuration for Carvel's tools",
      url: PackageURL(image.reference), files: files, images: lock.entries.map(\.image), software: [],
      tool: ToolVersion.text, date: date)
  }

  /// How it came about: from the templates that a workspace has.
  /// - Parameters:
  ///   - reader: who reads the workspace; nothing for the templates in the program.
  ///   - source: where the workspace's repository is, as a URI; nothing where nobody says.
  ///   - builder: who vouches for it, as a URI; nothing where that is whoever runs sailplan.
  /// - Throws: a diagnostic where the bundle does not hold these templates.
  package func provenance(
    _ reader: WorkspaceReader?, source: ByteString?, builder: ByteString?
  ) throws(Diagnostics) -> Provenance {
    let bundle = try reader?.bundle() ?? Bundle.embedded
    let prefix: ByteString = "config/"
    let held = files.files.filter { $0.path.hasPrefix(prefix) }
    let expected = bundle.files.files.map { FileSet.File(path: prefix.appending($0.path), contents: $0.contents) }
    if let path = Self.difference(held, expected) { throw Diagnostics(.otherTemplates(image.reference, bundle, path)) }
    var materials: [Provenance.Resource] = []
    if let commit = reader?.commit {
      materials.append(Provenance.Resource(uri: source ?? .empty, digest: .commit(commit)))
    }
    materials.append(bundle.resource)
    for file in files.files where !file.path.hasPrefix(prefix) {
      materials.append(Provenance.Resource(name: file.path, digest: .sha256(ContentDigest(file.contents))))
    }
    return Provenance(
      subjects: [Provenance.Resource(name: image.reference.repository, digest: .sha256(image.digest))],
      process: "bundle", parameters: [], materials: materials, builder: builder, tool: ToolVersion.text)
  }

  private var files: FileSet {
    FileSet(tree.entries.compactMap { entry in entry.file.map { .init(path: entry.path, contents: $0.contents) } })
  }

  /// The path of a file that only one of the two has, or that differs.
  private static func difference(_ one: [FileSet.File], _ other: [FileSet.File]) -> ByteString? {
    Set(one).symmetricDifference(other).map(\.path).min()
  }
}

extension Bundle {
  /// The templates as what something was made of.
  var resource: Provenance.Resource {
    let files = files.files.map { (path: $0.path, digest: ContentDigest($0.contents)) }
    return Provenance.Resource(
      name: ByteString("bundle: ").appending(sourceName), digest: .directory(ContentDigest(directoryOf: files)))
  }
}

extension Diagnostic {
  fileprivate static func noBundle(_ reference: ImageReference) -> Diagnostic {
    Diagnostic("\(reference) is no bundle", hint: "name one that 'sailplan bundle push' or imgpkg pushed")
  }

  fileprivate static func otherTemplates(
    _ reference: ImageReference, _ bundle: Bundle, _ path: ByteString
  ) -> Diagnostic {
    Diagnostic(
      "\(reference) was not made of the bundle '\(bundle.sourceName)': \(path) differs",
      hint: "name the revision that it was made of with --revision")
  }
}
