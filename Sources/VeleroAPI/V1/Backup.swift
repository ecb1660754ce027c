/// A copy of objects of the cluster, and of what is on their volumes, in a backup storage location.
public struct Backup: Codable, Hashable, Sendable {
  /// The version of the API.
  public var apiVersion = "velero.io/v1"
  /// The kind.
  public var kind = "Backup"
  /// Name, labels and so on.
  public var metadata: ObjectMeta
  /// What to back up, and how.
  public var spec: BackupSpec?
  /// What has become of it so far. Velero writes it.
  public var status: BackupStatus?

  /// A backup of everything in `spec`.
  public init(metadata: ObjectMeta, spec: BackupSpec = BackupSpec()) {
    self.metadata = metadata
    self.spec = spec
  }
}

/// What to back up, and how.
///
/// Filters come in two families: `included…` and `excludedResources` with `includeClusterResources`, or the four that
/// tell cluster-scoped resources from those in namespaces. A backup uses one family or the other.
public struct BackupSpec: Codable, Hashable, Sendable {
  // +releases=v1.9.1...
  /// How long to wait for a CSI volume snapshot to be ready. 10 minutes if nothing is said.
  public var csiSnapshotTimeout: Duration?
  // +releases=v1.12.0...
  /// Who moves the data of snapshots, if they are moved. Empty, or `velero`: Velero itself.
  public var datamover: String?
  // +nullable
  // +releases=v1.10.0...
  /// Whether all volumes of pods are copied file by file, unless a pod opts out. The server has a default.
  public var defaultVolumesToFsBackup: Bool?
  // +releases=v1.10.0... +nullable
  /// The name of `defaultVolumesToFsBackup` until v1.9. Still understood; prefer the new one.
  public var defaultVolumesToRestic: Bool?
  // +nullable
  // +releases=v1.11.0...
  /// Resources without a namespace that stay out. `*` is all of them.
  public var excludedClusterScopedResources: [String]?
  // +nullable
  // +releases=v1.11.0...
  /// Resources in namespaces that stay out. `*` is all of them.
  public var excludedNamespaceScopedResources: [String]?
  // +nullable
  /// Namespaces that stay out.
  public var excludedNamespaces: [String]?
  // +nullable
  /// Resources that stay out, such as `events` or `storageclasses.storage.k8s.io`.
  public var excludedResources: [String]?
  /// Commands to run in containers before and after their pods are backed up.
  public var hooks: BackupHooks?
  // +nullable
  /// Whether objects without a namespace belong to the backup. If nothing is said, those that backed-up objects need.
  public var includeClusterResources: Bool?
  // +nullable
  // +releases=v1.11.0...
  /// The resources without a namespace that belong to the backup. `*` is all of them.
  public var includedClusterScopedResources: [String]?
  // +nullable
  // +releases=v1.11.0...
  /// The resources in namespaces that belong to the backup. Empty, or `*`: all of them.
  public var includedNamespaceScopedResources: [String]?
  // +nullable
  /// The namespaces that belong to the backup. Empty, or `*`: all of them.
  public var includedNamespaces: [String]?
  // +nullable
  /// The resources that belong to the backup. Empty, or `*`: all of them.
  public var includedResources: [String]?
  // +releases=v1.11.0...
  /// How long to wait for what plugins do in the background. 4 hours if nothing is said.
  public var itemOperationTimeout: Duration?
  // +nullable
  /// Only objects with these labels belong to the backup. Not together with `orLabelSelectors`.
  public var labelSelector: LabelSelector?
  /// Labels that the backup's own record of itself carries.
  public var metadata: Metadata?
  // +nullable
  // +releases=v1.9.0...
  /// Objects belong to the backup if one of these selectors chooses them. Not together with `labelSelector`.
  public var orLabelSelectors: [LabelSelector]?
  // +nullable
  /// Objects to back up before others of their resource, in this order: the resource, and names separated by commas,
  /// each with its namespace and a slash in front where it has one.
  public var orderedResources: [String: String]?
  // +releases=v1.11.0...
  /// A ConfigMap in Velero's namespace with rules about which volumes are backed up in which way.
  public var resourcePolicy: TypedLocalObjectReference?
  // +nullable
  // +releases=v1.12.0...
  /// Whether the data of CSI snapshots is copied to the backup storage location.
  public var snapshotMoveData: Bool?
  // +nullable
  /// Whether volumes are snapshotted. If nothing is said, where a volume snapshot location allows it.
  public var snapshotVolumes: Bool?
  /// The backup storage location to write to; without it the default one.
  public var storageLocation: String?
  /// How long the backup is kept. 30 days if nothing is said.
  public var ttl: Duration?
  // +nullable
  // +releases=v1.13.0...
  /// Settings of whoever copies the files of volumes.
  public var uploaderConfig: UploaderConfigForBackup?
  // +releases=v1.17.0...
  /// The label of persistent volume claims by whose value they are put into groups that are snapshotted at once.
  public var volumeGroupSnapshotLabelKey: String?
  /// The volume snapshot locations to use, at most one for each provider.
  public var volumeSnapshotLocations: [String]?

  /// A backup of everything.
  public init() {}
}

/// What a backup's record of itself carries.
public struct Metadata: Codable, Hashable, Sendable {
  /// Its labels.
  public var labels: [String: String]?

  /// With these labels.
  public init(labels: [String: String]? = nil) { self.labels = labels }
}

// +releases=v1.13.0...
/// Settings of whoever copies the files of volumes for a backup.
public struct UploaderConfigForBackup: Codable, Hashable, Sendable {
  /// How many files are copied at the same time.
  public var parallelFilesUpload: Int?

  /// Settings that say nothing yet.
  public init() {}
}
