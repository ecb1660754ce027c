package import Files
import OCI
import YAML

/// The files of a bundle of packages, laid out as `kctrl package repository release` does.
package struct PackageRepositoryContents: Sendable {
  package var metadata: PackageMetadata
  /// Versions of the one package that `metadata` describes.
  package var packages: [Package]

  package init(_ metadata: PackageMetadata, packages: [Package]) {
    self.metadata = metadata
    self.packages = packages
  }

  /// Where the custom resources of packages are.
  package static let directory: ByteString = "packages"

  /// `packages/NAME/VERSION.yml`, `packages/NAME/metadata.yml` and `.imgpkg/images.yml`.
  /// - Parameter others: what the directory has besides: other versions, and other packages.
  /// - Throws: a diagnostic for each of `others` that cannot be read.
  package func files(beside others: FileSet = FileSet()) throws(Diagnostics) -> FileSet {
    let directory = Self.directory.appending("/").appending(metadata.name.text)
    var files = packages.map {
      FileSet.File(
        path: directory.appending("/").appending($0.version.text).appending(".yml"),
        contents: CustomResourceText.text($0.node))
    }
    files.append(
      FileSet.File(path: directory.appending("/metadata.yml"), contents: CustomResourceText.text(metadata.node)))
    let own = Set(files.map(\.path))
    files += others.files.filter { !own.contains($0.path) }
    files.append(FileSet.File(path: ".imgpkg/images.yml", contents: try Self.imagesLock(of: files)))
    return FileSet(files)
  }

  /// The text of an ImagesLock of the bundles that packages are fetched from, so that copying the repository's bundle
  /// copies theirs. It is that of kbld for images that are digests already.
  private static func imagesLock(of files: [FileSet.File]) throws(Diagnostics) -> ByteString {
    var diagnostics = Diagnostics()
    var entries: [ByteString: ImagesLock.Entry] = [:]
    for file in files {
      do throws(Diagnostics) {
        let source = SourceFile.register(path: file.path.text, contents: file.contents)
        for document in try ParsedFile.parse(source).documents {
          for name in bundles(of: document.value) { entries[name] = try lockEntry(name, in: source) }
        }
      } catch {
        diagnostics.append(contentsOf: error)
      }
    }
    try diagnostics.throwIfErrors()
    return ImagesLock(entries.sorted { $0.key < $1.key }.map(\.value)).text
  }

  private static func lockEntry(_ name: ByteString, in file: SourceFile) throws(Diagnostics) -> ImagesLock.Entry {
    do throws(Diagnostic) {
      let image = try ImageReference(name)
      guard let digest = image.digest else { throw .noDigest(name) }
      return ImagesLock.Entry(id: name, written: image, digest: digest)
    } catch {
      throw Diagnostics(Diagnostic(error.message, at: file.range(0..<0), hint: error.hint))
    }
  }

  /// The bundles and images that a Package fetches; none for objects of other kinds.
  private static func bundles(of object: Node) -> [ByteString] {
    guard object.value(at: "kind")?.stringValue == "Package",
      case .sequence(let steps)? = object.value(at: "spec", "template", "spec", "fetch")
    else { return [] }
    return steps.compactMap { $0.value.value(at: "imgpkgBundle", "image")?.stringValue }
  }
}

extension Diagnostic {
  fileprivate static func noDigest(_ name: ByteString) -> Diagnostic {
    Diagnostic(
      "a package fetches '\(name)', which has no digest",
      hint: "release it anew with a bundle that is named by its digest")
  }
}
