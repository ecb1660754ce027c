/// Brings objects of a backup, and what was on their volumes, back into a cluster.
public struct Restore: Codable, Hashable, Sendable {
  /// The version of the API.
  public var apiVersion = "velero.io/v1"
  /// The kind.
  public var kind = "Restore"
  /// Name, labels and so on.
  public var metadata: ObjectMeta
  /// What to restore, and how.
  public var spec: RestoreSpec?
  /// What has become of it so far. Velero writes it.
  public var status: RestoreStatus?

  /// A restore of what `spec` says.
  public init(metadata: ObjectMeta, spec: RestoreSpec) {
    self.metadata = metadata
    self.spec = spec
  }
}

/// What to restore, and how.
public struct RestoreSpec: Codable, Hashable, Sendable {
  // +releases=...v1.13.2 +kubebuilder:validation:Required
  /// The backup to restore from. Either this or `scheduleName`; until v1.13.2 it had to be there even so, and empty.
  public var backupName: String?
  // +nullable
  /// Namespaces of the backup that stay out.
  public var excludedNamespaces: [String]?
  // +nullable
  /// Resources of the backup that stay out.
  public var excludedResources: [String]?
  // +nullable
  // +releases=v1.9.0...
  /// What happens to objects that exist already: `none` leaves them, `update` makes them as they are in the backup.
  public var existingResourcePolicy: String?
  /// What to run in restored pods.
  public var hooks: RestoreHooks?
  // +nullable
  /// Whether objects without a namespace are restored. If nothing is said, those that restored objects need.
  public var includeClusterResources: Bool?
  // +nullable
  /// The namespaces of the backup to restore. Empty, or `*`: all of them.
  public var includedNamespaces: [String]?
  // +nullable
  /// The resources of the backup to restore. Empty, or `*`: all of them.
  public var includedResources: [String]?
  // +releases=v1.11.0...
  /// How long to wait for what plugins do in the background. 4 hours if nothing is said.
  public var itemOperationTimeout: Duration?
  // +nullable
  /// Only objects with these labels are restored. Not together with `orLabelSelectors`.
  public var labelSelector: LabelSelector?
  /// Namespaces of the backup → namespaces of the cluster to restore them to. Those that are not named keep theirs.
  public var namespaceMapping: [String: String]?
  // +nullable
  // +releases=v1.9.0...
  /// Objects are restored if one of these selectors chooses them. Not together with `labelSelector`.
  public var orLabelSelectors: [LabelSelector]?
  // +nullable
  /// Whether services get the node ports that they had in the backup.
  public var preserveNodePorts: Bool?
  // +nullable
  // +releases=v1.12.0...
  /// A ConfigMap in Velero's namespace with rules for changing objects while they are restored.
  public var resourceModifier: TypedLocalObjectReference?
  // +nullable
  /// Whether persistent volumes are restored from their snapshots.
  public var restorePVs: Bool?
  // +nullable
  // +releases=v1.9.0...
  /// The resources that get their status back too. None if nothing is said.
  public var restoreStatus: RestoreStatusSpec?
  /// A schedule whose last successful backup is restored. Either this or `backupName`.
  public var scheduleName: String?
  // +nullable
  // +releases=v1.13.0...
  /// Settings of whoever writes the files of volumes.
  public var uploaderConfig: UploaderConfigForRestore?

  /// A restore of everything in a backup.
  public init(backupName: String) { self.backupName = backupName }
}

// +releases=v1.9.0...
/// The resources whose objects get their status back.
public struct RestoreStatusSpec: Codable, Hashable, Sendable {
  // +nullable
  /// Those that do not.
  public var excludedResources: [String]?
  // +nullable
  /// Those that do. Empty: all.
  public var includedResources: [String]?

  /// All resources.
  public init() {}
}

// +releases=v1.13.0...
/// Settings of whoever writes the files of volumes for a restore.
public struct UploaderConfigForRestore: Codable, Hashable, Sendable {
  // +releases=v1.14.0...
  /// How many files are written at the same time.
  public var parallelFilesDownload: Int?
  // +nullable
  /// Whether blocks of zeros become holes of the file instead of taking up room.
  public var writeSparseFiles: Bool?

  /// Settings that say nothing yet.
  public init() {}
}
