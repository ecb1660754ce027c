// +releases=v1.9.0... +kubebuilder:printcolumn:name=Status,type=string,JSONPath=.status.phase
// +releases=v1.9.0... +kubebuilder:printcolumn:name=Schedule,type=string,JSONPath=.spec.schedule
// +releases=v1.9.0... +kubebuilder:printcolumn:name=LastBackup,type=date,JSONPath=.status.lastBackup
// +releases=v1.9.0... +kubebuilder:printcolumn:name=Age,type=date,JSONPath=.metadata.creationTimestamp
// +releases=v1.10.0... +kubebuilder:printcolumn:name=Paused,type=boolean,JSONPath=.spec.paused
/// Makes backups again and again.
public struct Schedule: Codable, Hashable, Sendable {
  /// The version of the API.
  public var apiVersion = "velero.io/v1"
  /// The kind.
  public var kind = "Schedule"
  /// Name, labels and so on. Backups get the name and a time.
  public var metadata: ObjectMeta
  /// When to make backups, and of what.
  public var spec: ScheduleSpec?
  /// What has become of it so far. Velero writes it.
  public var status: ScheduleStatus?

  /// A schedule for the backups in `spec`.
  public init(metadata: ObjectMeta, spec: ScheduleSpec) {
    self.metadata = metadata
    self.spec = spec
  }
}

/// When to make backups, and of what.
public struct ScheduleSpec: Codable, Hashable, Sendable {
  // +releases=v1.10.0...
  /// Whether it makes no backups for the time being.
  public var paused: Bool?
  /// When, in the notation of cron: minute, hour, day, month and day of the week; or `@every 6h`, `@daily` and the like.
  /// `CRON_TZ=Europe/Berlin` in front says whose time is meant.
  public var schedule: String
  // +releases=v1.13.0...
  /// Whether the backup that would be due as soon as the schedule is made, or no longer paused, is left out. The server
  /// has a default.
  public var skipImmediately: Bool?
  /// The specification of its backups.
  public var template: BackupSpec
  // +nullable
  /// Whether the schedule owns its backups, so that they go with it.
  public var useOwnerReferencesInBackup: Bool?

  /// Such backups at such times.
  public init(schedule: String, template: BackupSpec = BackupSpec()) {
    self.schedule = schedule
    self.template = template
  }
}

/// What has become of a schedule so far.
public struct ScheduleStatus: Codable, Hashable, Sendable {
  // +nullable
  /// When its last backup was made.
  public var lastBackup: Time?
  // +nullable
  // +releases=v1.13.0...
  /// When a backup was last left out.
  public var lastSkipped: Time?
  /// Where it stands.
  public var phase: SchedulePhase?
  /// Why the specification can't be followed, if it can't.
  public var validationErrors: [String]?

  /// Nothing has happened yet.
  public init() {}
}

/// Where a schedule stands.
public enum SchedulePhase: String, Codable, Hashable, Sendable {
  /// Velero has not looked at it yet.
  case new = "New"
  /// It makes backups.
  case enabled = "Enabled"
  /// The specification can't be followed.
  case failedValidation = "FailedValidation"
}
