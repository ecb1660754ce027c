// +releases=v1.12.0... +structType=atomic
/// Chooses one entry of a Secret.
public struct SecretKeySelector: Codable, Hashable, Sendable {
  /// The name of the entry.
  public var key: String
  // +releases=v1.16.0... +default=""
  /// The name of the Secret, in the namespace of whoever refers to it.
  public var name: String?
  /// Whether it is fine that the Secret, or the entry in it, does not exist.
  public var optional: Bool?

  /// The entry `key` of the Secret `name`.
  public init(name: String, key: String) {
    self.name = name
    self.key = key
  }
}
