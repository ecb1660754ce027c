// +releases=v1.10.0...
// +kubebuilder:resource:path=backuprepositories
// +kubebuilder:printcolumn:name=Age,type=date,JSONPath=.metadata.creationTimestamp
// +kubebuilder:printcolumn:name="Repository Type",type=string,JSONPath=.spec.repositoryType
/// A repository for the files of volumes: one for each namespace, backup storage location and uploader. Velero makes
/// them as it needs them.
public struct BackupRepository: Codable, Hashable, Sendable {
  /// The version of the API.
  public var apiVersion = "velero.io/v1"
  /// The kind.
  public var kind = "BackupRepository"
  /// Name, labels and so on.
  public var metadata: ObjectMeta
  /// Where it is, and what it is for.
  public var spec: BackupRepositorySpec?
  /// How it is. Velero writes it.
  public var status: BackupRepositoryStatus?

  /// The repository that `spec` describes.
  public init(metadata: ObjectMeta, spec: BackupRepositorySpec) {
    self.metadata = metadata
    self.spec = spec
  }
}

// +releases=v1.10.0...
/// Where a repository is, and what it is for.
public struct BackupRepositorySpec: Codable, Hashable, Sendable {
  /// The backup storage location that it is in.
  public var backupStorageLocation: String
  /// How often it is tidied up.
  public var maintenanceFrequency: Duration
  // +nullable
  // +releases=v1.15.0...
  /// Settings of the repository, such as the size of its cache.
  public var repositoryConfig: [String: String]?
  /// In whose format it is.
  public var repositoryType: UploaderType?
  // +releases=...v1.16.2 +kubebuilder:validation:Required
  /// How Restic addresses it. Written for repositories of other formats as well until v1.16.2.
  public var resticIdentifier: String?
  /// The namespace whose volumes it is for.
  public var volumeNamespace: String

  /// The repository of a namespace.
  public init(volumeNamespace: String, backupStorageLocation: String, maintenanceFrequency: Duration) {
    self.volumeNamespace = volumeNamespace
    self.backupStorageLocation = backupStorageLocation
    self.maintenanceFrequency = maintenanceFrequency
  }
}

// +releases=v1.10.0...
/// How a repository is.
public struct BackupRepositoryStatus: Codable, Hashable, Sendable {
  // +nullable
  /// When it was last tidied up.
  public var lastMaintenanceTime: Time?
  /// What is wrong with it, if anything is.
  public var message: String?
  /// Where it stands.
  public var phase: RepositoryPhase?
  // +releases=v1.16.0...
  /// How the last attempts to tidy it up went, the oldest first.
  public var recentMaintenance: [BackupRepositoryMaintenanceStatus]?

  /// Nothing is known yet.
  public init() {}
}

/// Where a repository stands.
public enum RepositoryPhase: String, Codable, Hashable, Sendable {
  /// Velero has not looked at it yet.
  case new = "New"
  /// It can be used.
  case ready = "Ready"
  /// It can't be used.
  case notReady = "NotReady"
}

// +releases=v1.16.0...
/// How one attempt to tidy a repository up went.
public struct BackupRepositoryMaintenanceStatus: Codable, Hashable, Sendable {
  // +nullable
  /// When it ended.
  public var completeTimestamp: Time?
  /// What went wrong, if anything did.
  public var message: String?
  /// Whether it succeeded.
  public var result: BackupRepositoryMaintenanceResult?
  // +nullable
  /// When it began.
  public var startTimestamp: Time?

  /// Nothing is known yet.
  public init() {}
}

// +releases=v1.16.0...
/// Whether an attempt to tidy a repository up succeeded.
public enum BackupRepositoryMaintenanceResult: String, Codable, Hashable, Sendable {
  /// It did.
  case succeeded = "Succeeded"
  /// It did not.
  case failed = "Failed"
}
