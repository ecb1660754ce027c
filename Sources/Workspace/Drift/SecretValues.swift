import Files
package import Kubernetes
import Templating
import YAML

extension EnvironmentInputs {
  /// Hides what Secrets hold, and the values that were taken over from Secrets.
  package var secretHiding: SecretHiding {
    var texts: Set<ByteString> = []
    for file in values where file.isOfSecret {
      // Where it is no YAML, rendering has said so.
      let documents = (try? ParsedFile.parse(file.input.unit.source).documents) ?? []
      for document in documents { Self.collect(document.value, into: &texts) }
    }
    return SecretHiding(values: texts)
  }

  private static func collect(_ node: Node, into texts: inout Set<ByteString>) {
    switch node {
    case .null, .bool: break
    case .string(let text): texts.insert(text)
    case .int, .unsigned, .float: texts.insert(ByteString(FieldValue.text(node)))
    case .map(let items): for item in items { collect(item.value, into: &texts) }
    case .sequence(let items): for item in items { collect(item.value, into: &texts) }
    }
  }
}
