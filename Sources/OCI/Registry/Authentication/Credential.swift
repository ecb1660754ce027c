/// What a registry is told about who asks. It describes itself without its secret.
package enum Credential: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible {
  case anonymous
  case basic(user: String, password: String)
  /// A token that a token server takes in exchange for others; registries do not take it.
  case identityToken(String)
  /// A token that the registry takes.
  case registryToken(String)

  package var description: String {
    switch self {
    case .anonymous: "no credentials"
    case .basic(let user, _): "the credentials of '\(user)'"
    case .identityToken: "an identity token"
    case .registryToken: "a registry token"
    }
  }

  package var debugDescription: String { description }
}
