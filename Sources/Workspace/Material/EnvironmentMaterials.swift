package import Carvel
package import Files
import Git
import Kubernetes
import OCI
import Velero
import YAML

/// What is known about where a rendered tree comes from, for those who ask: a bill of materials, and a provenance.
package struct EnvironmentMaterials {
  private let rendered: RenderedEnvironment
  private let bundle: Bundle
  /// The commit that inputs and tree are of; nothing where they are those on disk.
  private let commit: ByteString?

  /// - Parameter reader: who read the inputs that `rendered` was rendered from.
  package init(_ rendered: RenderedEnvironment, _ reader: WorkspaceReader) throws(Diagnostics) {
    self.rendered = rendered
    bundle = try reader.bundle()
    commit = reader.commit
  }

  /// The tree's files and images, the release of Velero that it installs, and the bundle that it was rendered from.
  package func bill(date: SourceDate?) throws(Diagnostics) -> BillOfMaterials {
    var software = [
      BillOfMaterials.Software(name: "sailplan bundle", version: bundle.digest.text, role: .source)
    ]
    if !rendered.lock.release.isEmpty {
      let url = PackageURL(gitHub: "vmware-tanzu/velero", release: rendered.lock.release)
      software.append(
        BillOfMaterials.Software(name: "velero", version: rendered.lock.release, url: url, role: .installed))
    }
    return BillOfMaterials(
      name: rendered.name.path, summary: ByteString("Manifests of Velero for the environment \(rendered.name)"),
      files: rendered.tree, images: try images, software: software, tool: rendered.lock.tool,
      date: date)
  }

  /// All images that objects name or that Velero starts besides.
  /// - Throws: a diagnostic for each that is no image's name.
  private var images: Set<ImageReference> {
    get throws(Diagnostics) {
      var diagnostics = Diagnostics()
      var images: Set<ImageReference> = []
      let named = rendered.objects.objects.flatMap(\.imageFields).map(\.image)
      for name in Set(named + ListedImages.uses(of: rendered, bundle: bundle).map(\.image)).sorted() {
        do throws(Diagnostic) {
          images.insert(try ImageReference(name))
        } catch {
          diagnostics.append(Diagnostic("\(rendered.name): \(error.message)", hint: error.hint))
        }
      }
      try diagnostics.throwIfErrors()
      return images
    }
  }

  /// How the tree came about.
  /// - Parameters:
  ///   - source: where the workspace's repository is, as a URI; nothing where nobody says.
  ///   - builder: who vouches for it, as a URI; nothing where that is whoever runs sailplan.
  package func provenance(source: ByteString?, builder: ByteString?) -> Provenance {
    let files = rendered.lock.files.map { file in
      Provenance.Resource(name: rendered.name.rendered.appendingPath(file.path), digest: .sha256(file.digest))
    }
    var materials: [Provenance.Resource] = []
    if let commit { materials.append(Provenance.Resource(uri: source ?? .empty, digest: .commit(commit))) }
    materials.append(bundle.resource)
    materials += rendered.lock.inputs.map { Provenance.Resource(name: $0.path, digest: .sha256($0.digest)) }
    return Provenance(
      subjects: files, process: "render",
      parameters: [("environment", rendered.name.path), ("release", rendered.lock.release)], materials: materials,
      builder: builder, tool: rendered.lock.tool)
  }
}

extension WorkspaceReader {
  /// The commit that the workspace is read from, in hexadecimal digits; nothing for one on disk.
  var commit: ByteString? { (tree as? RevisionTree)?.revision.commit.map { ByteString($0.description) } }
}
