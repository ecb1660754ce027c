package import Files
package import OCI

/// The files of a bundle as imgpkg knows it: configuration, and in `.imgpkg/` what images it needs and what it is.
package struct BundleContents: Sendable {
  package let tree: LayerTree

  /// The directory that makes a directory a bundle.
  package static let directory: ByteString = ".imgpkg"
  /// The lock of the images.
  package static let imagesFile: ByteString = ".imgpkg/images.yml"
  /// What the bundle is.
  package static let metadataFile: ByteString = ".imgpkg/bundle.yml"

  /// Takes a tree if it is a bundle.
  /// - Throws: what is wrong with it, by the rules of imgpkg: one `.imgpkg` at the top, with `images.yml` in it. That file and
  ///   `bundle.yml` have to be what they should be as well.
  package init(_ tree: LayerTree, shown: String) throws(Diagnostics) {
    let places = tree.entries.map(\.path).filter { $0 == Self.directory || $0.hasSuffix("/.imgpkg") }
    guard !places.isEmpty else { throw Diagnostics(.noBundle(shown)) }
    guard places == [Self.directory] else { throw Diagnostics(.severalBundles(shown, places)) }
    guard let images = tree[Self.imagesFile] else { throw Diagnostics(.noImages(shown)) }
    var diagnostics = Diagnostics()
    do throws(Diagnostics) {
      _ = try ImagesLock(parsing: .register(path: "\(shown)/\(Self.imagesFile)", contents: images.contents))
    } catch { diagnostics.append(contentsOf: error) }
    if let metadata = tree[Self.metadataFile] {
      do throws(Diagnostics) {
        _ = try BundleMetadata(parsing: .register(path: "\(shown)/\(Self.metadataFile)", contents: metadata.contents))
      } catch { diagnostics.append(contentsOf: error) }
    }
    try diagnostics.throwIfErrors()
    self.tree = tree
  }
}

extension Diagnostic {
  fileprivate static func noBundle(_ shown: String) -> Diagnostic {
    Diagnostic(
      "\(shown) is no bundle: it lacks .imgpkg/images.yml",
      hint: "write one with 'sailplan images lock' or 'kbld --imgpkg-lock-output .imgpkg/images.yml'")
  }

  fileprivate static func noImages(_ shown: String) -> Diagnostic {
    Diagnostic("\(shown) is no bundle: .imgpkg lacks images.yml", hint: "an ImagesLock without images will do")
  }

  fileprivate static func severalBundles(_ shown: String, _ places: [ByteString]) -> Diagnostic {
    Diagnostic(
      "\(shown) is no bundle: .imgpkg has to be at the top and nowhere else; it is at "
        + places.map(\.text).joined(separator: ", "),
      hint: "give the directory that has .imgpkg in it; push bundles in it on their own, and name them in images.yml")
  }
}
