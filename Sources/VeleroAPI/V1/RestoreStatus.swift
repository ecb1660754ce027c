/// What has become of a restore so far.
public struct RestoreStatus: Codable, Hashable, Sendable {
  // +nullable
  /// When it ended, well or not.
  public var completionTimestamp: Time?
  /// How many errors happened; which ones stands in the restore's results.
  public var errors: Int?
  /// Why the restore as a whole has failed.
  public var failureReason: String?
  // +nullable
  // +releases=v1.13.0...
  /// How the hooks went.
  public var hookStatus: HookStatus?
  /// Where it stands.
  public var phase: RestorePhase?
  // +nullable
  /// How far it is while it runs.
  public var progress: RestoreProgress?
  // +releases=v1.11.0...
  /// How many operations plugins have begun in the background.
  public var restoreItemOperationsAttempted: Int?
  // +releases=v1.11.0...
  /// How many of them have succeeded.
  public var restoreItemOperationsCompleted: Int?
  // +releases=v1.11.0...
  /// How many of them have failed.
  public var restoreItemOperationsFailed: Int?
  // +nullable
  /// When it began.
  public var startTimestamp: Time?
  // +nullable
  /// Why the specification can't be followed, if it can't.
  public var validationErrors: [String]?
  /// How many warnings were given; which ones stands in the restore's results.
  public var warnings: Int?

  /// Nothing has happened yet.
  public init() {}
}

/// Where a restore stands.
public enum RestorePhase: String, Codable, Hashable, Sendable {
  /// Velero has not looked at it yet.
  case new = "New"
  /// The specification can't be followed.
  case failedValidation = "FailedValidation"
  /// Objects are being made.
  case inProgress = "InProgress"
  // +releases=v1.11.0...
  /// All objects are there; plugins still work in the background.
  case waitingForPluginOperations = "WaitingForPluginOperations"
  // +releases=v1.11.0...
  /// As before, and something has failed already.
  case waitingForPluginOperationsPartiallyFailed = "WaitingForPluginOperationsPartiallyFailed"
  /// Done, without errors.
  case completed = "Completed"
  /// Done, but something has failed.
  case partiallyFailed = "PartiallyFailed"
  /// It could not be done.
  case failed = "Failed"
  // +releases=v1.14.0...
  /// What has to wait for everything else is being done: volumes get their last settings, hooks come to their end.
  case finalizing = "Finalizing"
  // +releases=v1.14.0...
  /// As before, and something has failed already.
  case finalizingPartiallyFailed = "FinalizingPartiallyFailed"
}

/// How far a restore is.
public struct RestoreProgress: Codable, Hashable, Sendable {
  /// How many objects it is done with, one way or another.
  public var itemsRestored: Int?
  /// How many there will be, as far as is known: the number may change until the end.
  public var totalItems: Int?

  /// Nothing is known yet.
  public init() {}
}
