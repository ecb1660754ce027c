/// Names an object of the same namespace that another one was made for.
public struct OwnerReference: Codable, Hashable, Sendable {
  /// The version of the owner's API.
  public var apiVersion: String
  /// The owner's kind.
  public var kind: String
  /// The owner's name.
  public var name: String
  /// The owner's identity: a later object of the same name is not the owner.
  public var uid: String
  /// Whether this owner is the one that manages the object.
  public var controller: Bool?
  /// Whether the owner, deleted in the foreground, waits for this object to be gone.
  public var blockOwnerDeletion: Bool?

  /// A reference to an owner.
  public init(apiVersion: String, kind: String, name: String, uid: String) {
    self.apiVersion = apiVersion
    self.kind = kind
    self.name = name
    self.uid = uid
  }
}
