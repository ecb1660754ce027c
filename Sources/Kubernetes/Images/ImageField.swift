package import Files
import YAML

/// A field of an object that names a container image.
package struct ImageField: Sendable {
  package let path: FieldPath
  /// The name as it is written.
  package let image: ByteString
  package let position: Position
}

extension KubernetesObject {
  /// The fields that name images, in the order in which they stand.
  ///
  /// As kbld has it, whatever stands under a key `image` names one: in pod templates, at whatever depth of whatever kind,
  /// and in hooks of Velero. Definitions have no images, a Secret none that anybody starts, and a ConfigMap one only where
  /// it is the settings of a plugin of Velero. Volumes that are made of an image name it under `image.reference`.
  package var imageFields: [ImageField] {
    guard canNameImages else { return [] }
    var fields: [ImageField] = []
    ImageFieldWalk { path, image, position in
      fields.append(ImageField(path: FieldPath(path), image: image, position: position))
      return nil
    }.visit(content)
    return fields
  }

  /// The object with other images; the very same where none is another one.
  /// - Parameter replacement: gives for the name of an image another one; nothing where it stays.
  package func replacingImages(_ replacement: @escaping (ByteString) -> ByteString?) -> KubernetesObject {
    guard canNameImages else { return self }
    let walk = ImageFieldWalk { _, image, _ in replacement(image) }
    return walk.visit(content).map { KubernetesObject(identity: identity, content: $0, position: position) } ?? self
  }

  private var canNameImages: Bool {
    switch identity.kind {
    case "CustomResourceDefinition", "Secret": false
    case "ConfigMap": content.value(at: "metadata", "labels", "velero.io/plugin-config") != nil
    default: true
    }
  }
}

/// Goes over the fields of an object that name images.
private struct ImageFieldWalk {
  /// What is done with a field: gives another name, or nothing where it stays.
  let use: ([FieldPath.Step], ByteString, Position) -> ByteString?

  /// - Returns: the node with other names; nothing where all stay.
  @discardableResult func visit(_ node: Node) -> Node? {
    var path: [FieldPath.Step] = []
    return visit(node, &path)
  }

  private func visit(_ node: Node, _ path: inout [FieldPath.Step]) -> Node? {
    switch node {
    case .map(let items):
      var changed: [MapItem]?
      for (index, item) in items.enumerated() {
        path.append(.key(item.key.stringValue ?? ByteString(FieldValue.text(item.key))))
        if let value = named(item, in: path) ?? visit(item.value, &path) {
          changed = changed ?? items
          changed?[index].value = value
        }
        path.removeLast()
      }
      return changed.map { .map($0) }
    case .sequence(let items):
      var changed: [SequenceItem]?
      for (index, item) in items.enumerated() {
        path.append(step(to: item.value, at: index))
        if let value = visit(item.value, &path) {
          changed = changed ?? items
          changed?[index].value = value
        }
        path.removeLast()
      }
      return changed.map { .sequence($0) }
    default: return nil
    }
  }

  /// Containers and volumes are told apart by their names.
  private func step(to node: Node, at index: Int) -> FieldPath.Step {
    node.value(at: "name")?.stringValue.map { .item(key: "name", value: $0) } ?? .index(index)
  }

  /// What is to stand where an item names an image.
  private func named(_ item: MapItem, in path: [FieldPath.Step]) -> Node? {
    guard let text = item.value.stringValue, !text.isEmpty else { return nil }
    let isImage =
      switch path.last {
      case .key("image"): true
      case .key("reference"): path.dropLast().last == .key("image")
      default: false
      }
    return isImage ? use(path, text, item.position).map { .string($0) } : nil
  }
}
