// +releases=...v1.9.7
/// An environment variable of a container.
public struct EnvironmentVariable: Codable, Hashable, Sendable {
  /// Its name.
  public var name: String
  /// Its value, in which `$(NAME)` stands for a variable defined before it. `$$(NAME)` stands for itself.
  public var value: String?
  /// Where the value is taken from, instead of `value`.
  public var valueFrom: EnvironmentVariableSource?

  /// A variable of that name.
  public init(name: String, value: String? = nil) {
    self.name = name
    self.value = value
  }
}

// +releases=...v1.9.7
/// What the value of an environment variable is taken from: one of these.
public struct EnvironmentVariableSource: Codable, Hashable, Sendable {
  /// An entry of a ConfigMap.
  public var configMapKeyRef: ConfigMapKeySelector?
  /// A field of the pod, such as its name, a label, or its address.
  public var fieldRef: ObjectFieldSelector?
  /// What the container requests, or is limited to.
  public var resourceFieldRef: ResourceFieldSelector?
  /// An entry of a Secret.
  public var secretKeyRef: SecretKeySelector?

  /// No source yet.
  public init() {}
}

// +releases=...v1.9.7
/// Chooses one entry of a ConfigMap.
public struct ConfigMapKeySelector: Codable, Hashable, Sendable {
  /// The name of the entry.
  public var key: String
  /// The name of the ConfigMap, in the namespace of whoever refers to it.
  public var name: String?
  /// Whether it is fine that the ConfigMap, or the entry in it, does not exist.
  public var optional: Bool?

  /// The entry `key` of the ConfigMap `name`.
  public init(name: String, key: String) {
    self.name = name
    self.key = key
  }
}

// +releases=...v1.9.7
/// Chooses a field of an object.
public struct ObjectFieldSelector: Codable, Hashable, Sendable {
  /// The version of the API in which the path is meant; `v1` if nothing is said.
  public var apiVersion: String?
  /// The path of the field.
  public var fieldPath: String

  /// The field at that path.
  public init(fieldPath: String) { self.fieldPath = fieldPath }
}

// +releases=...v1.9.7
/// Chooses a resource of a container.
public struct ResourceFieldSelector: Codable, Hashable, Sendable {
  /// The container; needed for volumes, while variables mean their own.
  public var containerName: String?
  /// The unit that the amount is counted in; 1 if nothing is said.
  public var divisor: Quantity?
  /// The resource, such as `limits.memory`.
  public var resource: String

  /// That resource.
  public init(resource: String) { self.resource = resource }
}

// +releases=...v1.9.7
/// Where environment variables are taken from in bulk: one of these.
public struct EnvironmentSource: Codable, Hashable, Sendable {
  /// A ConfigMap, each of whose entries becomes a variable.
  public var configMapRef: EnvironmentObjectSource?
  /// What to put in front of the names.
  public var prefix: String?
  /// A Secret, each of whose entries becomes a variable.
  public var secretRef: EnvironmentObjectSource?

  /// No source yet.
  public init() {}
}

// +releases=...v1.9.7
/// The ConfigMap or the Secret that variables are taken from.
public struct EnvironmentObjectSource: Codable, Hashable, Sendable {
  /// Its name, in the namespace of the pod.
  public var name: String?
  /// Whether it is fine that it does not exist.
  public var optional: Bool?

  /// The object of that name.
  public init(name: String) { self.name = name }
}
