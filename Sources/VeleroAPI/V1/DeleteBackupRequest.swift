// +releases=v1.9.0... +kubebuilder:printcolumn:name=BackupName,type=string,JSONPath=.spec.backupName
// +releases=v1.9.0... +kubebuilder:printcolumn:name=Status,type=string,JSONPath=.status.phase
/// Asks Velero to delete a backup with all that belongs to it: its files, its snapshots, and the restores made from it.
public struct DeleteBackupRequest: Codable, Hashable, Sendable {
  /// The version of the API.
  public var apiVersion = "velero.io/v1"
  /// The kind.
  public var kind = "DeleteBackupRequest"
  /// Name, labels and so on.
  public var metadata: ObjectMeta
  /// Which backup.
  public var spec: DeleteBackupRequestSpec?
  /// What has become of it so far. Velero writes it.
  public var status: DeleteBackupRequestStatus?

  /// A request to delete what `spec` names.
  public init(metadata: ObjectMeta, spec: DeleteBackupRequestSpec) {
    self.metadata = metadata
    self.spec = spec
  }
}

/// Which backup to delete.
public struct DeleteBackupRequestSpec: Codable, Hashable, Sendable {
  /// The name of the backup.
  public var backupName: String

  /// That backup.
  public init(backupName: String) { self.backupName = backupName }
}

/// What has become of the deletion so far.
public struct DeleteBackupRequestStatus: Codable, Hashable, Sendable {
  // +nullable
  /// What went wrong.
  public var errors: [String]?
  /// Where it stands.
  public var phase: DeleteBackupRequestPhase?

  /// Nothing has happened yet.
  public init() {}
}

/// Where a deletion stands.
public enum DeleteBackupRequestPhase: String, Codable, Hashable, Sendable {
  /// Velero has not looked at it yet.
  case new = "New"
  /// Things are being deleted.
  case inProgress = "InProgress"
  /// It has ended, well or with errors.
  case processed = "Processed"
}
