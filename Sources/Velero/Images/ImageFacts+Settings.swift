package import Files
package import Kubernetes
import YAML

extension ImageFacts {
  /// The objects with ConfigMaps that make Velero start other images than those whose names it makes up.
  /// - Parameter name: gives the other name for one that Velero makes up; nothing where that stays.
  package func settingImages(
    in objects: [KubernetesObject], release: ReleaseVersion, name: (ByteString) -> ByteString?
  ) -> [KubernetesObject] {
    let wanted = derived.compactMap { rule -> (rule: DerivedImage, setting: DerivedImage.Setting, image: ByteString)? in
      guard case .repository(let repository) = rule.source, let setting = rule.setting, rule.span.contains(release),
        let image = name(ByteString("\(repository):\(release)"))
      else { return nil }
      return (rule, setting, image)
    }
    // Later releases have none.
    if wanted.isEmpty { return objects }
    let processes = objects.flatMap { CheckedProcess.all(of: CheckedObject($0)) }
    guard let server = processes.first(where: { $0.role == .server }) else { return objects }
    var objects = objects
    for (rule, setting, image) in wanted {
      guard rule.isMet(by: processes, objects) else { continue }
      if let index = setting.index(in: objects) {
        // Velero does not read a name without a slash, and what has one was named already.
        let old = objects[index].content.value(at: "data", "image")?.stringValue
        guard old?.firstIndex(of: UInt8(ascii: "/")) == nil else { continue }
        var content = objects[index].content
        if content["data"] == nil { content["data"] = .map([]) }
        content.update("data") { $0["image"] = .string(image) }
        objects[index] = (try? KubernetesObject(content, position: objects[index].position)) ?? objects[index]
      } else if let object = setting.object(in: server.object.identity.namespace, image: image) {
        objects.append(object)
      }
    }
    return objects
  }
}

extension DerivedImage.Setting {
  /// The ConfigMap that Velero finds, as Velero's documentation has it.
  fileprivate func object(in namespace: ByteString, image: ByteString) -> KubernetesObject? {
    var labels = Node.map([])
    labels["component"] = .string("velero")
    labels["velero.io/plugin-config"] = .string("")
    labels[ByteString(label)] = .string("RestoreItemAction")
    var metadata = Node.map([])
    metadata["name"] = .string(ByteString(name))
    if !namespace.isEmpty { metadata["namespace"] = .string(namespace) }
    metadata["labels"] = labels
    var content = Node.map([])
    content["apiVersion"] = .string("v1")
    content["kind"] = .string("ConfigMap")
    content["metadata"] = metadata
    var data = Node.map([])
    data["image"] = .string(image)
    content["data"] = data
    return try? KubernetesObject(content)
  }
}
