package import Carvel
package import Files
import OCI

/// The bundle that environments are rendered from, as it is published: its templates in `config/`, which any ytt renders, and
/// beside them what imgpkg wants to know.
package enum BundlePublication {
  /// The files that are published: of the bundle of the workspace, or of the one in the binary where there is none.
  /// - Parameters:
  ///   - workspace: what the workspace is read by.
  ///   - lock: the images that belong to the bundle; nothing for those that its own `.imgpkg/images.yml` names.
  /// - Throws: a diagnostic if the bundle cannot be read, or what is in its `.imgpkg` is not as it should be.
  package static func contents(
    of workspace: WorkspaceReader?, lock: ImagesLock?
  ) throws(Diagnostics) -> BundleContents {
    let bundle = try workspace?.bundle() ?? Bundle.embedded
    var files = FileSet(
      bundle.files.files.map { .init(path: ByteString("config/").appending($0.path), contents: $0.contents) })
    switch bundle.source {
    case .embedded:
      for file in Asset.files(below: "overlays/velero/.imgpkg").files { files[directory(file.path)] = file.contents }
    case .directory(let path):
      do throws(Diagnostic) {
        for name in ["bundle.yml", "images.yml"] as [ByteString] {
          files[directory(name)] = try workspace?.contentsIfAny(path.appendingPath(directory(name)))
        }
      } catch {
        throw Diagnostics(error)
      }
    }
    if let lock { files[BundleContents.imagesFile] = lock.text }
    if files[BundleContents.imagesFile] == nil { files[BundleContents.imagesFile] = ImagesLock().text }
    return try BundleContents(LayerTree(files), shown: "the bundle \(bundle.sourceName)")
  }

  private static func directory(_ name: ByteString) -> ByteString {
    BundleContents.directory.appending("/").appending(name)
  }
}
