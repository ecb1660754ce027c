package import Files
import Kubernetes
package import YAML

/// Objects as `velero install --dry-run` prints them: one `List`, in its order, keys sorted, and with the empty parts
/// that its objects have because a program made them.
package struct InstallList: Sendable {
  private let list: Node

  /// Takes rendered documents in any order.
  /// - Throws: a diagnostic for each document that is no object.
  package init(_ documents: [Document]) throws(Diagnostics) {
    let objects = try ObjectSet(documents: documents).objects.map { SequenceItem($0.content.asCreated.sorted) }
    list = .map([
      MapItem(key: .string("apiVersion"), value: .string("v1")),
      MapItem(key: .string("items"), value: .sequence(objects)),
      MapItem(key: .string("kind"), value: .string("List")),
    ])
  }

  /// The list as text; YAML ends with an empty line.
  package func text(_ format: InstallRequest.OutputFormat) throws(Diagnostics) -> ByteString {
    var out = ByteBuffer()
    switch format {
    case .yaml: print(list, into: &out)
    case .json: try printJSON(list, style: JSONStyle(indent: 2), into: &out)
    }
    out.append(UInt8(ascii: "\n"))
    return out.finish()
  }
}

extension Node {
  /// The object with the parts that a Go program prints although they are empty.
  fileprivate var asCreated: Node {
    var object = self
    object.update("metadata") { $0.setDefault("creationTimestamp", .null) }
    switch value(at: "kind")?.stringValue {
    case "Namespace": object.setDefault("spec", .map([]))
    case "Deployment": object.update("spec") { $0.setDefault("strategy", .map([])) }
    case "DaemonSet": object.update("spec") { $0.setDefault("updateStrategy", .map([])) }
    default: return object
    }
    object.update("spec") { spec in
      spec.update("template") { template in
        template.update("metadata") { $0.setDefault("creationTimestamp", .null) }
        template.update("spec") { pod in
          for containers: ByteString in ["initContainers", "containers"] {
            pod.update(containers) { $0.updateValues { $0.setDefault("resources", .map([])) } }
          }
        }
      }
    }
    return object
  }

  /// All maps sorted by the bytes of their keys.
  fileprivate var sorted: Node {
    switch self {
    case .map(let items):
      .map(
        items.map { MapItem(key: $0.key, value: $0.value.sorted, position: $0.position) }
          .sorted { ($0.key.stringValue ?? .empty) < ($1.key.stringValue ?? .empty) })
    case .sequence(let items): .sequence(items.map { SequenceItem($0.value.sorted, position: $0.position) })
    default: self
    }
  }

  private mutating func setDefault(_ key: ByteString, _ value: Node) {
    guard case .map(var items) = self, items.item(key) == nil else { return }
    items.append(MapItem(key: .string(key), value: value))
    self = .map(items)
  }
}
