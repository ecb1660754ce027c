// +releases=v1.12.0... +structType=atomic
/// Points at an object, or at a part of one.
public struct ObjectReference: Codable, Hashable, Sendable {
  /// The version of the object's API.
  public var apiVersion: String?
  /// The part that is meant, as a path: `spec.containers{web}` is a container of a pod.
  public var fieldPath: String?
  /// The object's kind.
  public var kind: String?
  /// The object's name.
  public var name: String?
  /// The object's namespace.
  public var namespace: String?
  /// The state of the object that is meant, if it is one in particular.
  public var resourceVersion: String?
  /// The object's identity, which tells it from earlier and later ones of its name.
  public var uid: String?

  /// A reference that says nothing yet.
  public init() {}
}

// +releases=v1.12.0... +structType=atomic
/// Points at an object of the same namespace, of a kind that is named.
public struct TypedLocalObjectReference: Codable, Hashable, Sendable {
  /// The group of the kind; left out, the core group.
  public var apiGroup: String?
  /// The kind.
  public var kind: String
  /// The object's name.
  public var name: String

  /// A reference to an object.
  public init(apiGroup: String? = nil, kind: String, name: String) {
    self.apiGroup = apiGroup
    self.kind = kind
    self.name = name
  }
}
