import Files
import Kubernetes
import YAML

/// A process of Velero in a tree: the server of a Deployment, or the agent of a DaemonSet.
struct CheckedProcess: Sendable {
  enum Role: Sendable { case server, agent }

  /// An argument as the process gets it.
  struct Argument: Sendable {
    /// Without dashes.
    let name: String
    /// What stands behind `=`, or in the argument behind it; nothing for a flag.
    let value: String?
    let position: Position
  }

  let role: Role
  let object: CheckedObject
  let image: ImageReference?
  let imagePosition: Position
  /// What stands in front of the options: `server`, `restic server`, `node-agent server`.
  let words: [String]
  let arguments: [Argument]
  /// The plugins that are put beside the program.
  let plugins: [CheckedPlugin]

  /// The processes of an object; none if it runs none of Velero's.
  /// - Parameter image: gives the image that a name stands for.
  static func all(
    of object: CheckedObject, _ image: (ByteString) -> ImageReference = { ImageReference($0.text) }
  ) -> [CheckedProcess] {
    guard object.identity.group == "apps" || object.identity.group == "extensions" else { return [] }
    let role: Role
    switch object.identity.kind {
    case "Deployment", "StatefulSet": role = .server
    case "DaemonSet": role = .agent
    default: return []
    }
    return object.value("spec", "template", "spec", "containers").items.compactMap { item in
      CheckedProcess(role, of: object, container: item, image)
    }
  }

  private init?(
    _ role: Role, of object: CheckedObject, container: SequenceItem, _ reference: (ByteString) -> ImageReference
  ) {
    let words = ["command", "args"].flatMap { key in
      container.value.value(at: ByteString(key)).items.compactMap { item in
        item.value.stringValue.map { (text: $0.text, position: item.position) }
      }
    }
    var plain: [String] = []
    var arguments: [Argument] = []
    var index = 0
    while index < words.count {
      let word = words[index]
      index += 1
      guard word.text.hasPrefix("-") else {
        plain.append(word.text)
        continue
      }
      let option = word.text.drop { $0 == "-" }
      let parts = option.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      var value = parts.count == 2 ? parts[1] : nil
      if value == nil, index < words.count, !words[index].text.hasPrefix("-") {
        value = words[index].text
        index += 1
      }
      arguments.append(Argument(name: parts.first ?? "", value: value, position: word.position))
    }
    // The program is named, or it is the image's own: other programs have a word 'server' as well.
    let isNamed = plain.first?.split(separator: "/").last == "velero"
    let verbs = isNamed ? Array(plain.dropFirst()) : plain
    let items = Optional(container.value).entries
    let imageItem = items.item("image")
    let image = imageItem?.value.stringValue.map(reference)
    switch role {
    case .server: guard verbs.first == "server", isNamed || image?.name.contains("velero") ?? false else { return nil }
    case .agent:
      guard let first = verbs.first, ["restic", "node-agent"].contains(first), verbs.dropFirst().first == "server"
      else { return nil }
    }
    self.role = role
    self.object = object
    self.words = verbs
    self.arguments = arguments
    self.image = image
    imagePosition = imageItem?.position ?? object.position
    plugins = object.value("spec", "template", "spec", "initContainers").items.compactMap { item in
      guard let image = Optional(item.value).entries.item("image"), let text = image.value.stringValue else {
        return nil
      }
      return CheckedPlugin(image: reference(text), position: image.position)
    }
  }

  /// The last argument of that name: it wins.
  func argument(_ name: String) -> Argument? { arguments.last { $0.name == name } }

  /// Whether a flag is on.
  func isOn(_ name: String) -> Bool {
    guard let argument = argument(name) else { return false }
    return ["", "1", "t", "true"].contains((argument.value ?? "").lowercased())
  }

  /// The feature flags with the argument that says so.
  var features: [(name: String, position: Position)] {
    arguments.filter { $0.name == "features" }.flatMap { argument in
      (argument.value ?? "").split(separator: ",").map { ($0.trimmed, argument.position) }
    }
  }
}

/// An image that brings a plugin.
struct CheckedPlugin: Sendable {
  let image: ImageReference
  let position: Position
}

extension StringProtocol {
  /// Without blanks at both ends.
  var trimmed: String {
    var text = self[...]
    while let first = text.first, first.isWhitespace { text = text.dropFirst() }
    while let last = text.last, last.isWhitespace { text = text.dropLast() }
    return String(text)
  }
}
