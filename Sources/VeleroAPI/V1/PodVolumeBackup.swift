// +releases=v1.9.0... +kubebuilder:printcolumn:name=Status,type=string,JSONPath=.status.phase
// +releases=v1.9.0...v1.16.2 +kubebuilder:printcolumn:name=Created,type=date,JSONPath=.status.startTimestamp
// +releases=v1.9.0...v1.16.2 +kubebuilder:printcolumn:name=Namespace,type=string,JSONPath=.spec.pod.namespace
// +releases=v1.9.0...v1.16.2 +kubebuilder:printcolumn:name=Pod,type=string,JSONPath=.spec.pod.name
// +releases=v1.9.0...v1.16.2 +kubebuilder:printcolumn:name=Volume,type=string,JSONPath=.spec.volume
// +releases=v1.9.0...v1.9.7 +kubebuilder:printcolumn:name="Restic Repo",type=string,JSONPath=.spec.repoIdentifier
// +releases=v1.10.0...v1.12.4 +kubebuilder:printcolumn:name="Repository ID",type=string,JSONPath=.spec.repoIdentifier
// +releases=v1.10.0...v1.16.2 +kubebuilder:printcolumn:name="Uploader Type",type=string,JSONPath=.spec.uploaderType
// +releases=v1.17.0... +kubebuilder:printcolumn:name=Started,type=date,JSONPath=.status.startTimestamp
// +releases=v1.17.0... +kubebuilder:printcolumn:name="Bytes Done",type=integer,format=int64,JSONPath=.status.progress.bytesDone
// +releases=v1.17.0... +kubebuilder:printcolumn:name="Total Bytes",type=integer,format=int64,JSONPath=.status.progress.totalBytes
// +releases=v1.18.0... +kubebuilder:printcolumn:name="Incremental Bytes",type=integer,format=int64,JSONPath=.status.incrementalBytes,priority=10
// +releases=v1.9.0... +kubebuilder:printcolumn:name="Storage Location",type=string,JSONPath=.spec.backupStorageLocation
// +releases=v1.9.0... +kubebuilder:printcolumn:name=Age,type=date,JSONPath=.metadata.creationTimestamp
// +releases=v1.17.0... +kubebuilder:printcolumn:name=Node,type=string,JSONPath=.status.node
// +releases=v1.17.0... +kubebuilder:printcolumn:name=Uploader,type=string,JSONPath=.spec.uploaderType
/// The copy of one volume of one pod, file by file. Velero makes one for each such volume of a backup.
public struct PodVolumeBackup: Codable, Hashable, Sendable {
  /// The version of the API.
  public var apiVersion = "velero.io/v1"
  /// The kind.
  public var kind = "PodVolumeBackup"
  /// Name, labels and so on.
  public var metadata: ObjectMeta
  /// Which volume, and where to.
  public var spec: PodVolumeBackupSpec?
  /// What has become of it so far. The node agent writes it.
  public var status: PodVolumeBackupStatus?

  /// The copy that `spec` describes.
  public init(metadata: ObjectMeta, spec: PodVolumeBackupSpec) {
    self.metadata = metadata
    self.spec = spec
  }
}

/// Which volume to copy, and where to.
public struct PodVolumeBackupSpec: Codable, Hashable, Sendable {
  /// The backup storage location that has the repository.
  public var backupStorageLocation: String
  // +releases=v1.17.0...
  /// Whether it is to be given up. Set while it runs.
  public var cancel: Bool?
  /// The machine that the pod runs on: its node agent does the work.
  public var node: String
  /// The pod.
  public var pod: ObjectReference
  /// The repository to write to, as the uploader addresses it.
  public var repoIdentifier: String
  /// What the snapshot in the repository is labelled with.
  public var tags: [String: String]?
  // +nullable
  // +releases=v1.13.0...
  /// Settings of the uploader.
  public var uploaderSettings: [String: String]?
  // +releases=v1.10.0...
  /// Who copies the files.
  public var uploaderType: UploaderType?
  /// The name of the volume in the pod.
  public var volume: String

  /// The copy of a volume.
  public init(node: String, pod: ObjectReference, volume: String, backupStorageLocation: String, repoIdentifier: String)
  {
    self.node = node
    self.pod = pod
    self.volume = volume
    self.backupStorageLocation = backupStorageLocation
    self.repoIdentifier = repoIdentifier
  }
}

/// What has become of the copy so far.
public struct PodVolumeBackupStatus: Codable, Hashable, Sendable {
  // +nullable
  // +releases=v1.17.0...
  /// When a node agent took it on.
  public var acceptedTimestamp: Time?
  // +nullable
  /// When it ended, well or not.
  public var completionTimestamp: Time?
  // +releases=v1.18.0...
  /// How many bytes were new compared with the copy before.
  public var incrementalBytes: Int64?
  /// Why it failed, or what else there is to say.
  public var message: String?
  /// The directory of the volume on the machine.
  public var path: String?
  /// Where it stands.
  public var phase: PodVolumePhase?
  /// How far it is.
  public var progress: DataMoveProgress?
  /// Identifies the copy in the repository.
  public var snapshotID: String?
  // +nullable
  /// When it began.
  public var startTimestamp: Time?

  /// Nothing has happened yet.
  public init() {}
}

/// Where the copy of a volume to or from a repository stands.
public enum PodVolumePhase: String, Codable, Hashable, Sendable {
  /// Nobody has looked at it yet.
  case new = "New"
  // +releases=v1.17.0...
  /// A node agent has taken it on.
  case accepted = "Accepted"
  // +releases=v1.17.0...
  /// All is ready for copying.
  case prepared = "Prepared"
  /// Files are being copied.
  case inProgress = "InProgress"
  // +releases=v1.17.0...
  /// It is being given up.
  case canceling = "Canceling"
  // +releases=v1.17.0...
  /// It was given up.
  case canceled = "Canceled"
  /// It is done.
  case completed = "Completed"
  /// It could not be done.
  case failed = "Failed"
}
