// +kubebuilder:resource:shortName=bsl
// +releases=...v1.8.1 +kubebuilder:subresource:status
// +kubebuilder:printcolumn:name=Phase,type=string,JSONPath=.status.phase
// +kubebuilder:printcolumn:name="Last Validated",type=date,JSONPath=.status.lastValidationTime
// +kubebuilder:printcolumn:name=Age,type=date,JSONPath=.metadata.creationTimestamp
// +kubebuilder:printcolumn:name=Default,type=boolean,JSONPath=.spec.default
/// A place where backups are kept.
public struct BackupStorageLocation: Codable, Hashable, Sendable {
  /// The version of the API.
  public var apiVersion = "velero.io/v1"
  /// The kind.
  public var kind = "BackupStorageLocation"
  /// Name, labels and so on.
  public var metadata: ObjectMeta
  /// Where it is, and how to get there.
  public var spec: BackupStorageLocationSpec?
  /// What Velero has found out about it. Velero writes it.
  public var status: BackupStorageLocationStatus?

  /// The place that `spec` describes.
  public init(metadata: ObjectMeta, spec: BackupStorageLocationSpec) {
    self.metadata = metadata
    self.spec = spec
  }
}

/// Where backups are kept, and how to get there.
public struct BackupStorageLocationSpec: Codable, Hashable, Sendable {
  /// Whether backups can be written, or only be read and restored. Both if nothing is said.
  public var accessMode: BackupStorageLocationAccessMode?
  // +nullable
  /// How often the backups found there are made known to the cluster; zero for never. The server has a default.
  public var backupSyncPeriod: Duration?
  /// Settings that the provider's plugin understands.
  public var config: [String: String]?
  /// The Secret with the provider's credentials; without it those that the server was started with.
  public var credential: SecretKeySelector?
  /// Whether this is the location of backups that name none. Only one may be.
  public var `default`: Bool?
  /// The bucket.
  public var objectStorage: ObjectStorageLocation
  /// Whose object store it is: the name that the plugin registers, such as `aws` or `velero.io/aws`.
  public var provider: String
  // +nullable
  /// How often Velero looks whether it can be reached; zero for never. The server has a default.
  public var validationFrequency: Duration?

  /// A bucket of a provider.
  public init(provider: String, objectStorage: ObjectStorageLocation) {
    self.provider = provider
    self.objectStorage = objectStorage
  }
}

/// A place in an object store.
public struct ObjectStorageLocation: Codable, Hashable, Sendable {
  /// The bucket; on Azure the container.
  public var bucket: String
  // +kubebuilder:validation:Format=byte
  /// The certificates, as PEM and then base64, by which the store's own certificate is checked.
  public var caCert: String?
  // +releases=v1.18.0...
  /// The Secret, in Velero's namespace, that holds these certificates. Not together with `caCert`.
  public var caCertRef: SecretKeySelector?
  /// The folder in the bucket. Without it, the bucket itself.
  public var prefix: String?

  /// A bucket.
  public init(bucket: String, prefix: String? = nil) {
    self.bucket = bucket
    self.prefix = prefix
  }
}

/// What a backup storage location may be used for.
public enum BackupStorageLocationAccessMode: String, Codable, Hashable, Sendable {
  /// For reading and restoring backups.
  case readOnly = "ReadOnly"
  /// For everything.
  case readWrite = "ReadWrite"
}

/// What Velero has found out about a backup storage location.
public struct BackupStorageLocationStatus: Codable, Hashable, Sendable {
  /// No longer written: what it may be used for stands in the specification.
  public var accessMode: BackupStorageLocationAccessMode?
  /// No longer written: the state of the store that was last made known to the cluster.
  public var lastSyncedRevision: String?
  // +nullable
  /// When its backups were last made known to the cluster.
  public var lastSyncedTime: Time?
  // +nullable
  /// When Velero last looked whether it can be reached.
  public var lastValidationTime: Time?
  // +releases=v1.9.0...
  /// Why it is not available, if it is not.
  public var message: String?
  /// Whether it can be reached.
  public var phase: BackupStorageLocationPhase?

  /// Nothing is known yet.
  public init() {}
}

/// Whether a backup storage location can be reached.
public enum BackupStorageLocationPhase: String, Codable, Hashable, Sendable {
  /// It can.
  case available = "Available"
  /// It can't.
  case unavailable = "Unavailable"
}
