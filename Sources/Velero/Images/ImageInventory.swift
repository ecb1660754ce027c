package import Files
package import Kubernetes
import YAML

/// All images that can be started where objects are applied: those that they name, and those that Velero and its plugins
/// make up.
package struct ImageInventory: Sendable {
  /// In the order of the objects; then what no object names.
  package private(set) var uses: [ImageUse] = []

  /// - Parameters:
  ///   - objects: those of one cluster.
  ///   - release: the release of Velero; where it is not known that of the server's image, or else the newest.
  ///   - originals: what images were called before they were pinned; nothing for what goes by its own name.
  package init(
    _ objects: [KubernetesObject], release: ReleaseVersion?, facts: ImageFacts,
    originals: (ByteString) -> ByteString? = { _ in nil }
  ) {
    for object in objects {
      for field in object.imageFields {
        uses.append(
          ImageUse(image: field.image, origin: .field(object.identity, field.path), position: field.position))
      }
    }
    let processes = objects.flatMap { CheckedProcess.all(of: CheckedObject($0)) }
    guard let server = processes.first(where: { $0.role == .server }) else { return }
    let agent = processes.first { $0.role == .agent }
    let release =
      release ?? server.image?.version.flatMap(facts.catalogue.nearest) ?? facts.catalogue.releases.first
    for rule in facts.derived where release.map(rule.span.contains) ?? true {
      guard rule.isMet(by: processes, objects) else { continue }
      switch rule.source {
      case .repository(let repository):
        guard let release else { continue }
        add(rule, image: "\(repository):\(release)", nil, in: objects, release)
      case .server: if let image = server.image { add(rule, image: image.text, server.object, in: objects, release) }
      case .agent:
        if let agent, let image = agent.image { add(rule, image: image.text, agent.object, in: objects, release) }
      case .sibling(let plugin, let name, let otherwise):
        for image in server.plugins.map(\.image) {
          let original = originals(ByteString(image.text))?.text ?? image.text
          guard facts.catalogue.plugin(named: ImageReference(original).name) == plugin else { continue }
          let known = release.flatMap { facts.catalogue.minor(of: $0) }?.plugins.first { $0.name == plugin }?.image
          let tag = ImageReference(original).tag ?? known.flatMap { ImageReference($0).tag }
          let sibling = Self.sibling(
            of: image.text, name, otherwise: "\(otherwise)/\(name)\(tag.map { ":" + $0 } ?? "")")
          add(rule, image: sibling, server.object, in: objects, release)
        }
      }
    }
  }

  /// Adds what a rule says, unless settings say otherwise.
  private mutating func add(
    _ rule: DerivedImage, image: String, _ object: CheckedObject?, in objects: [KubernetesObject],
    _ release: ReleaseVersion?
  ) {
    var use = ImageUse(
      image: ByteString(image), origin: .derived(name: rule.name, what: rule.what, object?.identity),
      position: object?.position ?? .none)
    if let index = rule.setting?.index(in: objects), case let found = objects[index],
      let text = found.content.value(at: "data", "image")?.stringValue?.text, text.contains("/")
    {
      // The field itself is listed; Velero adds the tag where there is none.
      if text.split(separator: "/").last?.contains(":") ?? false { return }
      uses.removeAll { $0.origin == .field(found.identity, FieldPath([.key("data"), .key("image")])) }
      use.image = ByteString(release.map { "\(text):\($0)" } ?? text)
      use.origin = .derived(name: rule.name, what: rule.what, found.identity)
      use.position = found.position
    }
    uses.append(use)
  }

  /// As the plugin for vSphere takes its own name apart: one by digest alone it does not know again.
  private static func sibling(of image: String, _ name: String, otherwise: String) -> String {
    let parts = image.split(separator: "/", omittingEmptySubsequences: false)
    let last = (parts.last ?? "").split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let own = last.first, !own.contains("@") else { return otherwise }
    let path = (parts.dropLast().map(String.init) + [name]).joined(separator: "/")
    return last.count == 2 ? "\(path):\(last[1])" : path
  }
}

extension DerivedImage.Setting {
  /// The place of the ConfigMap that Velero finds.
  func index(in objects: [KubernetesObject]) -> Int? {
    objects.firstIndex { object in
      guard object.identity.kind == "ConfigMap", let labels = object.content.value(at: "metadata", "labels") else {
        return false
      }
      return labels.value(at: "velero.io/plugin-config") != nil
        && labels.value(at: ByteString(label))?.stringValue == "RestoreItemAction"
    }
  }
}
