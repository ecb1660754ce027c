// +releases=v1.9.0...v1.16.2 +kubebuilder:printcolumn:name=Namespace,type=string,JSONPath=.spec.pod.namespace
// +releases=v1.9.0...v1.16.2 +kubebuilder:printcolumn:name=Pod,type=string,JSONPath=.spec.pod.name
// +releases=v1.10.0...v1.16.2 +kubebuilder:printcolumn:name="Uploader Type",type=string,JSONPath=.spec.uploaderType
// +releases=v1.9.0...v1.16.2 +kubebuilder:printcolumn:name=Volume,type=string,JSONPath=.spec.volume
// +releases=v1.9.0... +kubebuilder:printcolumn:name=Status,type=string,JSONPath=.status.phase
// +releases=v1.9.0...v1.16.2 +kubebuilder:printcolumn:name=TotalBytes,type=integer,format=int64,JSONPath=.status.progress.totalBytes
// +releases=v1.9.0...v1.16.2 +kubebuilder:printcolumn:name=BytesDone,type=integer,format=int64,JSONPath=.status.progress.bytesDone
// +releases=v1.17.0... +kubebuilder:printcolumn:name=Started,type=date,JSONPath=.status.startTimestamp
// +releases=v1.17.0... +kubebuilder:printcolumn:name="Bytes Done",type=integer,format=int64,JSONPath=.status.progress.bytesDone
// +releases=v1.17.0... +kubebuilder:printcolumn:name="Total Bytes",type=integer,format=int64,JSONPath=.status.progress.totalBytes
// +releases=v1.17.0... +kubebuilder:printcolumn:name="Storage Location",type=string,JSONPath=.spec.backupStorageLocation
// +releases=v1.9.0... +kubebuilder:printcolumn:name=Age,type=date,JSONPath=.metadata.creationTimestamp
// +releases=v1.17.0... +kubebuilder:printcolumn:name=Node,type=string,JSONPath=.status.node
// +releases=v1.17.0... +kubebuilder:printcolumn:name="Uploader Type",type=string,JSONPath=.spec.uploaderType
/// Brings the copy of one volume back into a restored pod. Velero makes one for each such volume of a restore.
public struct PodVolumeRestore: Codable, Hashable, Sendable {
  /// The version of the API.
  public var apiVersion = "velero.io/v1"
  /// The kind.
  public var kind = "PodVolumeRestore"
  /// Name, labels and so on.
  public var metadata: ObjectMeta
  /// Which copy, and where to.
  public var spec: PodVolumeRestoreSpec?
  /// What has become of it so far. The node agent writes it.
  public var status: PodVolumeRestoreStatus?

  /// The work that `spec` describes.
  public init(metadata: ObjectMeta, spec: PodVolumeRestoreSpec) {
    self.metadata = metadata
    self.spec = spec
  }
}

/// Which copy of a volume to bring back, and where to.
public struct PodVolumeRestoreSpec: Codable, Hashable, Sendable {
  /// The backup storage location that has the repository.
  public var backupStorageLocation: String
  // +releases=v1.17.0...
  /// Whether it is to be given up. Set while it runs.
  public var cancel: Bool?
  /// The pod.
  public var pod: ObjectReference
  /// The repository to read from, as the uploader addresses it.
  public var repoIdentifier: String
  /// Identifies the copy in the repository.
  public var snapshotID: String
  // +releases=v1.18.0...
  /// The size of the copy in bytes.
  public var snapshotSize: Int64?
  // +kubebuilder:validation:Required
  // +releases=v1.10.0...
  /// The namespace that the volume was in when it was backed up.
  public var sourceNamespace: String?
  // +nullable
  // +releases=v1.13.0...
  /// Settings of the uploader.
  public var uploaderSettings: [String: String]?
  // +releases=v1.10.0...
  /// Who writes the files.
  public var uploaderType: UploaderType?
  /// The name of the volume in the pod.
  public var volume: String

  /// The work for a volume.
  public init(
    pod: ObjectReference, volume: String, backupStorageLocation: String, repoIdentifier: String, snapshotID: String
  ) {
    self.pod = pod
    self.volume = volume
    self.backupStorageLocation = backupStorageLocation
    self.repoIdentifier = repoIdentifier
    self.snapshotID = snapshotID
  }
}

/// What has become of it so far.
public struct PodVolumeRestoreStatus: Codable, Hashable, Sendable {
  // +nullable
  // +releases=v1.17.0...
  /// When a node agent took it on.
  public var acceptedTimestamp: Time?
  // +nullable
  /// When it ended, well or not.
  public var completionTimestamp: Time?
  /// Why it failed, or what else there is to say.
  public var message: String?
  // +releases=v1.17.0...
  /// The machine whose node agent does the work.
  public var node: String?
  /// Where it stands.
  public var phase: PodVolumePhase?
  /// How far it is.
  public var progress: DataMoveProgress?
  // +nullable
  /// When it began.
  public var startTimestamp: Time?

  /// Nothing has happened yet.
  public init() {}
}
