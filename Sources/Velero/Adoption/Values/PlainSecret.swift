import Files
import Kubernetes
import YAML

extension Node {
  /// Whether a variable of a container has a value that, going by its name, nobody should read.
  var isPlainSecret: Bool {
    guard let name = self["name"]?.stringValue?.text.uppercased(), let value = self["value"]?.scalarText,
      !value.isEmpty, !value.hasPrefix("/"), !value.hasPrefix("$("), goBool(value) == nil
    else { return false }
    return Self.wordsForSecrets.contains { name.contains($0) }
  }

  /// Whether some container in it has such a variable.
  var holdsPlainSecret: Bool {
    switch self {
    case .map(let items):
      items.contains { item in
        item.key.stringValue == "env" && item.value.listValues.contains(where: \.isPlainSecret)
          || item.value.holdsPlainSecret
      }
    case .sequence(let items): items.contains { $0.value.holdsPlainSecret }
    default: false
    }
  }

  private static let wordsForSecrets = [
    "ACCESS_KEY", "ACCOUNT_KEY", "API_KEY", "APIKEY", "PASSWD", "PASSWORD", "PRIVATE_KEY", "SECRET", "TOKEN",
  ]
}
