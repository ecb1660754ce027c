package import Files
import Kubernetes
package import Velero
package import YAML

/// Images, and where each is started from.
package struct ListedImages: Sendable {
  /// A place that an image is started from, in an environment, or whatever else was looked at.
  package struct Place: Sendable {
    package let tree: String
    package let use: ImageUse
  }

  /// By the bytes of the images' names; the places in their order.
  package private(set) var images: [(image: ByteString, places: [Place])] = []

  /// - Parameter trees: what can be started, by the name of what was looked at.
  package init(_ trees: [(name: String, uses: [ImageUse])]) {
    var places: [ByteString: [Place]] = [:]
    for (name, uses) in trees {
      for use in uses { places[use.image, default: []].append(Place(tree: name, use: use)) }
    }
    images = places.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  // MARK: What can be looked at

  /// What can be started in an environment.
  package static func uses(of environment: RenderedEnvironment, bundle: Bundle) -> [ImageUse] {
    guard let facts = bundle.imageFacts else { return [] }
    let originals = environment.images?.originals ?? [:]
    return ImageInventory(
      environment.objects.objects, release: ReleaseVersion(environment.lock.release.text), facts: facts
    ) { originals[$0] }.uses
  }

  /// What can be started where the manifests of documents are applied.
  package static func uses(in documents: [Document], release: ReleaseVersion?) throws(Diagnostics) -> [ImageUse] {
    guard let facts = Bundle.embedded.imageFacts else { return [] }
    let objects = documents.flatMap(ListedObject.objects).compactMap {
      try? KubernetesObject($0.content, position: $0.position)
    }
    return ImageInventory(objects, release: release, facts: facts).uses
  }

  /// What a release can start with the sample values of a provider, and a node agent where there can be one.
  /// - Throws: a diagnostic for a provider without sample values.
  package static func uses(of release: ReleaseVersion, on provider: String) throws(Diagnostics) -> [ImageUse] {
    guard let name = try? EnvironmentName(ByteString(provider)),
      let sample = Asset.file(ByteString("environments/\(provider)/values.yaml"))
    else {
      throw Diagnostics(
        Diagnostic(
          "there is nothing known of the provider '\(provider)'",
          hint: "it is one of \(WorkspaceCreation.providers.joined(separator: ", "))"))
    }
    let isKind = provider == "kind"
    let own = """
      velero: {version: \(release)}
      server: {scheduleSkipImmediately: false}
      volumes: {fileSystem: \(!isKind)}
      kind: {objectStore: {enabled: \(isKind)}}
      """
    let values = [("sample", sample), ("release", ByteString(own))].map { WorkspaceFile(path: $0, contents: $1) }
    return uses(
      of: try RenderPlan.embedded.render(EnvironmentInputs(name: name, values: values, overlays: [])),
      bundle: .embedded)
  }
}
