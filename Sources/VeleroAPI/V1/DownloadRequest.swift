// +releases=...v1.8.1 +kubebuilder:subresource:status
/// Asks Velero for an address at which a file of a backup or a restore can be fetched for some minutes.
public struct DownloadRequest: Codable, Hashable, Sendable {
  /// The version of the API.
  public var apiVersion = "velero.io/v1"
  /// The kind.
  public var kind = "DownloadRequest"
  /// Name, labels and so on.
  public var metadata: ObjectMeta
  /// Which file.
  public var spec: DownloadRequestSpec?
  /// The answer. Velero writes it.
  public var status: DownloadRequestStatus?

  /// A request for what `spec` names.
  public init(metadata: ObjectMeta, spec: DownloadRequestSpec) {
    self.metadata = metadata
    self.spec = spec
  }
}

/// Which file to fetch.
public struct DownloadRequestSpec: Codable, Hashable, Sendable {
  /// The file.
  public var target: DownloadTarget

  /// That file.
  public init(target: DownloadTarget) { self.target = target }
}

/// A file of a backup or a restore.
public struct DownloadTarget: Codable, Hashable, Sendable {
  /// Which of its files.
  public var kind: DownloadTargetKind
  /// The name of the backup or restore.
  public var name: String

  /// A file.
  public init(kind: DownloadTargetKind, name: String) {
    self.kind = kind
    self.name = name
  }
}

/// The files that a backup or a restore has.
public enum DownloadTargetKind: String, Codable, Hashable, Sendable {
  /// What Velero logged during the backup.
  case backupLog = "BackupLog"
  /// The objects of the backup, as an archive.
  case backupContents = "BackupContents"
  /// The snapshots that volume snapshotter plugins took.
  case backupVolumeSnapshots = "BackupVolumeSnapshots"
  // +releases=v1.8.0...v1.10.3
  /// The snapshots that item snapshotter plugins took; these plugins came to nothing.
  case backupItemSnapshots = "BackupItemSnapshots"
  // +releases=v1.11.0...
  /// What plugins did for the backup in the background.
  case backupItemOperations = "BackupItemOperations"
  /// The names of the objects of the backup, by resource.
  case backupResourceList = "BackupResourceList"
  // +releases=v1.11.0...
  /// The errors and warnings of the backup.
  case backupResults = "BackupResults"
  /// What Velero logged during the restore.
  case restoreLog = "RestoreLog"
  /// The errors and warnings of the restore.
  case restoreResults = "RestoreResults"
  // +releases=v1.11.0...
  /// The names of the objects of the restore, by resource, and what was done with each.
  case restoreResourceList = "RestoreResourceList"
  // +releases=v1.11.0...
  /// What plugins did for the restore in the background.
  case restoreItemOperations = "RestoreItemOperations"
  // +releases=v1.9.2...
  /// The CSI VolumeSnapshots of the backup.
  case csiBackupVolumeSnapshots = "CSIBackupVolumeSnapshots"
  // +releases=v1.9.2...
  /// The CSI VolumeSnapshotContents of the backup.
  case csiBackupVolumeSnapshotContents = "CSIBackupVolumeSnapshotContents"
  // +releases=v1.13.0...
  /// What was done with each volume in the backup.
  case backupVolumeInfos = "BackupVolumeInfos"
  // +releases=v1.14.0...
  /// What was done with each volume in the restore.
  case restoreVolumeInfo = "RestoreVolumeInfo"
}

/// The answer to a download request.
public struct DownloadRequestStatus: Codable, Hashable, Sendable {
  /// The address of the file. Whoever knows it can read the file until it expires.
  public var downloadURL: String?
  // +nullable
  /// Until when the address is good; the request is deleted afterwards.
  public var expiration: Time?
  /// Where it stands.
  public var phase: DownloadRequestPhase?

  /// No answer yet.
  public init() {}
}

/// Where a download request stands.
public enum DownloadRequestPhase: String, Codable, Hashable, Sendable {
  /// Velero has not looked at it yet.
  case new = "New"
  /// The address is there.
  case processed = "Processed"
}
