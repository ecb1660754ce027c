// +releases=v1.10.0... +kubebuilder:resource:shortName=vsl
/// A place where snapshots of volumes are kept.
public struct VolumeSnapshotLocation: Codable, Hashable, Sendable {
  /// The version of the API.
  public var apiVersion = "velero.io/v1"
  /// The kind.
  public var kind = "VolumeSnapshotLocation"
  /// Name, labels and so on.
  public var metadata: ObjectMeta
  /// Where it is, and how to get there.
  public var spec: VolumeSnapshotLocationSpec?
  /// What Velero has found out about it.
  public var status: VolumeSnapshotLocationStatus?

  /// The place that `spec` describes.
  public init(metadata: ObjectMeta, spec: VolumeSnapshotLocationSpec) {
    self.metadata = metadata
    self.spec = spec
  }
}

/// Where snapshots of volumes are kept, and how to get there.
public struct VolumeSnapshotLocationSpec: Codable, Hashable, Sendable {
  /// Settings that the provider's plugin understands.
  public var config: [String: String]?
  // +releases=v1.10.0...
  /// The Secret with the provider's credentials; without it those that the server was started with.
  public var credential: SecretKeySelector?
  /// Whose volumes they are: the name that the plugin registers, such as `aws` or `velero.io/aws`.
  public var provider: String

  /// A place of a provider.
  public init(provider: String) { self.provider = provider }
}

/// What Velero has found out about a volume snapshot location.
public struct VolumeSnapshotLocationStatus: Codable, Hashable, Sendable {
  /// Whether it can be reached.
  public var phase: VolumeSnapshotLocationPhase?

  /// Nothing is known yet.
  public init() {}
}

/// Whether a volume snapshot location can be reached.
public enum VolumeSnapshotLocationPhase: String, Codable, Hashable, Sendable {
  /// It can.
  case available = "Available"
  /// It can't.
  case unavailable = "Unavailable"
}
