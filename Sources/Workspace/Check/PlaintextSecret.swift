package import Files
import Kubernetes
import YAML

/// Secrets whose content anybody can read who can read the repository.
package enum PlaintextSecret {
  /// A diagnostic for every Secret in `rendered` that holds data.
  package static func find(in rendered: RenderedEnvironment) -> [Diagnostic] {
    zip(rendered.objects.objects, rendered.paths).compactMap { object, path in
      guard object.identity.kind == "Secret", object.identity.apiVersion == "v1", holdsData(object.content) else {
        return nil
      }
      return Diagnostic(
        "\(object.identity) of \(rendered.name) would be committed with its content in plain text",
        at: object.position.file == 0 ? nil : SourceRange(object.position),
        notes: [Diagnostic.Note("its file is \(rendered.name.rendered.appendingPath(path))")],
        hint: "refer to a Secret that exists in the cluster; or commit it with --allow-plaintext-secrets")
    }
  }

  private static func holdsData(_ object: Node) -> Bool {
    for key: ByteString in ["data", "stringData"] {
      if case .map(let items)? = object.value(at: key), !items.isEmpty { return true }
    }
    return false
  }
}
