// +releases=...v1.9.7
// +kubebuilder:resource:path=resticrepositories
// +releases=v1.9.0... +kubebuilder:printcolumn:name=Age,type=date,JSONPath=.metadata.creationTimestamp
/// A repository of Restic for the files of volumes: one for each namespace and backup storage location. Since v1.10.0 it
/// is a BackupRepository.
public struct ResticRepository: Codable, Hashable, Sendable {
  /// The version of the API.
  public var apiVersion = "velero.io/v1"
  /// The kind.
  public var kind = "ResticRepository"
  /// Name, labels and so on.
  public var metadata: ObjectMeta
  /// Where it is, and what it is for.
  public var spec: ResticRepositorySpec?
  /// How it is. Velero writes it.
  public var status: ResticRepositoryStatus?

  /// The repository that `spec` describes.
  public init(metadata: ObjectMeta, spec: ResticRepositorySpec) {
    self.metadata = metadata
    self.spec = spec
  }
}

// +releases=...v1.9.7
/// Where a repository of Restic is, and what it is for.
public struct ResticRepositorySpec: Codable, Hashable, Sendable {
  /// The backup storage location that it is in.
  public var backupStorageLocation: String
  /// How often it is tidied up.
  public var maintenanceFrequency: Duration
  /// How Restic addresses it.
  public var resticIdentifier: String
  /// The namespace whose volumes it is for.
  public var volumeNamespace: String

  /// The repository of a namespace.
  public init(
    volumeNamespace: String, backupStorageLocation: String, resticIdentifier: String, maintenanceFrequency: Duration
  ) {
    self.volumeNamespace = volumeNamespace
    self.backupStorageLocation = backupStorageLocation
    self.resticIdentifier = resticIdentifier
    self.maintenanceFrequency = maintenanceFrequency
  }
}

// +releases=...v1.9.7
/// How a repository of Restic is.
public struct ResticRepositoryStatus: Codable, Hashable, Sendable {
  // +nullable
  /// When it was last tidied up.
  public var lastMaintenanceTime: Time?
  /// What is wrong with it, if anything is.
  public var message: String?
  /// Where it stands.
  public var phase: RepositoryPhase?

  /// Nothing is known yet.
  public init() {}
}
