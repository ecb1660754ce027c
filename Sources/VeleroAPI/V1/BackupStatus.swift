/// What has become of a backup so far.
public struct BackupStatus: Codable, Hashable, Sendable {
  // +releases=v1.11.0...
  /// How many operations plugins have begun in the background.
  public var backupItemOperationsAttempted: Int?
  // +releases=v1.11.0...
  /// How many of them have succeeded.
  public var backupItemOperationsCompleted: Int?
  // +releases=v1.11.0...
  /// How many of them have failed.
  public var backupItemOperationsFailed: Int?
  // +nullable
  /// When it ended, well or not. The storage location's clock does not count, the server's does.
  public var completionTimestamp: Time?
  // +releases=v1.9.0...
  /// How many CSI volume snapshots were begun.
  public var csiVolumeSnapshotsAttempted: Int?
  // +releases=v1.9.0...
  /// How many of them have succeeded.
  public var csiVolumeSnapshotsCompleted: Int?
  /// How many errors happened; which ones stands in the backup's log.
  public var errors: Int?
  // +nullable
  /// When it may be deleted.
  public var expiration: Time?
  // +releases=v1.9.0...
  /// Why the backup as a whole has failed.
  public var failureReason: String?
  /// The format in which it is stored, with major, minor and patch number.
  public var formatVersion: String?
  // +nullable
  // +releases=v1.13.0...
  /// How the hooks went.
  public var hookStatus: HookStatus?
  /// Where it stands.
  public var phase: BackupPhase?
  // +nullable
  /// How far it is while it runs.
  public var progress: BackupProgress?
  // +releases=v1.18.0...
  /// Its place in the queue, counted from 1, while it is `Queued`.
  public var queuePosition: Int?
  // +nullable
  /// When it began.
  public var startTimestamp: Time?
  // +nullable
  /// Why the specification can't be followed, if it can't.
  public var validationErrors: [String]?
  /// The major number of `formatVersion`, as it was written before that field.
  public var version: Int?
  /// How many volume snapshots were begun.
  public var volumeSnapshotsAttempted: Int?
  /// How many of them have succeeded.
  public var volumeSnapshotsCompleted: Int?
  /// How many warnings were given; which ones stands in the backup's log.
  public var warnings: Int?

  /// Nothing has happened yet.
  public init() {}
}

/// Where a backup stands.
public enum BackupPhase: String, Codable, Hashable, Sendable {
  /// Velero has not looked at it yet.
  case new = "New"
  // +releases=v1.18.0...
  /// It waits for its turn.
  case queued = "Queued"
  // +releases=v1.18.0...
  /// It is its turn, and nobody has begun with it yet.
  case readyToStart = "ReadyToStart"
  /// The specification can't be followed.
  case failedValidation = "FailedValidation"
  /// Objects are being collected.
  case inProgress = "InProgress"
  // +releases=v1.11.0...
  /// All objects are stored; plugins still work in the background.
  case waitingForPluginOperations = "WaitingForPluginOperations"
  // +releases=v1.11.0...
  /// As before, and something has failed already.
  case waitingForPluginOperationsPartiallyFailed = "WaitingForPluginOperationsPartiallyFailed"
  // +releases=v1.11.0...
  /// Plugins are done, and what they changed is being stored.
  case finalizing = "Finalizing"
  // +releases=v1.11.0...
  /// As before, and something has failed already.
  case finalizingPartiallyFailed = "FinalizingPartiallyFailed"
  /// It is there, without errors.
  case completed = "Completed"
  /// It is there, but something has failed.
  case partiallyFailed = "PartiallyFailed"
  /// It can't be used.
  case failed = "Failed"
  /// It is being deleted with all that belongs to it.
  case deleting = "Deleting"
}

/// How far a backup is.
public struct BackupProgress: Codable, Hashable, Sendable {
  /// How many objects are in it.
  public var itemsBackedUp: Int?
  /// How many there will be, as far as is known: the number may change until the end.
  public var totalItems: Int?

  /// Nothing is known yet.
  public init() {}
}

// +releases=v1.13.0...
/// How the hooks of a backup or a restore went.
public struct HookStatus: Codable, Hashable, Sendable {
  /// How many were run.
  public var hooksAttempted: Int?
  /// How many of them have failed.
  public var hooksFailed: Int?

  /// None yet.
  public init() {}
}
