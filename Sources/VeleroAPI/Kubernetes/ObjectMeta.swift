// +schemaType=k8s.io/apimachinery/pkg/apis/meta/v1.ObjectMeta
/// What Kubernetes knows of every object, whatever its kind.
public struct ObjectMeta: Codable, Hashable, Sendable {
  /// The name, which no other object of the kind has in the same namespace.
  public var name: String?
  /// What the API server begins a name with that it makes up itself, where `name` is not given.
  public var generateName: String?
  /// The namespace; Velero's objects live in the one where its server runs.
  public var namespace: String?
  /// Short words to select objects by.
  public var labels: [String: String]?
  /// Notes of people and programs.
  public var annotations: [String: String]?
  /// Identifies this very object among all that ever had its name. Given by the API server.
  public var uid: String?
  /// Changes with every change of the object. Given by the API server.
  public var resourceVersion: String?
  /// Counts the changes of what is wanted of the object. Given by the API server.
  public var generation: Int64?
  /// When the object was made. Given by the API server.
  public var creationTimestamp: Time?
  /// When deletion was asked for, if it was. Given by the API server.
  public var deletionTimestamp: Time?
  /// How many seconds were left to the object then. Given by the API server.
  public var deletionGracePeriodSeconds: Int64?
  /// Who still has work to do before the object may go.
  public var finalizers: [String]?
  /// The objects that it was made for: it goes with the last of them.
  public var ownerReferences: [OwnerReference]?

  /// Metadata with a name and a namespace.
  public init(name: String? = nil, namespace: String? = nil) {
    self.name = name
    self.namespace = namespace
  }
}
