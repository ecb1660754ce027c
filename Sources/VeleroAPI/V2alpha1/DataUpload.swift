// +releases=v1.12.0...
// +kubebuilder:printcolumn:name=Status,type=string,JSONPath=.status.phase
// +kubebuilder:printcolumn:name=Started,type=date,JSONPath=.status.startTimestamp
// +kubebuilder:printcolumn:name="Bytes Done",type=integer,format=int64,JSONPath=.status.progress.bytesDone
// +kubebuilder:printcolumn:name="Total Bytes",type=integer,format=int64,JSONPath=.status.progress.totalBytes
// +releases=v1.18.0... +kubebuilder:printcolumn:name="Incremental Bytes",type=integer,format=int64,JSONPath=.status.incrementalBytes,priority=10
// +kubebuilder:printcolumn:name="Storage Location",type=string,JSONPath=.spec.backupStorageLocation
// +kubebuilder:printcolumn:name=Age,type=date,JSONPath=.metadata.creationTimestamp
// +kubebuilder:printcolumn:name=Node,type=string,JSONPath=.status.node
/// Copies the data of a snapshot to a backup storage location. Velero makes one for each volume of a backup whose
/// snapshots are moved.
public struct DataUpload: Codable, Hashable, Sendable {
  /// The version of the API.
  public var apiVersion = "velero.io/v2alpha1"
  /// The kind.
  public var kind = "DataUpload"
  /// Name, labels and so on.
  public var metadata: ObjectMeta
  /// Which snapshot, and where to.
  public var spec: DataUploadSpec?
  /// What has become of it so far. The data mover writes it.
  public var status: DataUploadStatus?

  /// The copy that `spec` describes.
  public init(metadata: ObjectMeta, spec: DataUploadSpec) {
    self.metadata = metadata
    self.spec = spec
  }
}

/// Which snapshot to copy, and where to.
public struct DataUploadSpec: Codable, Hashable, Sendable {
  /// The backup storage location that has the repository.
  public var backupStorageLocation: String
  /// Whether it is to be given up. Set while it runs.
  public var cancel: Bool?
  // +nullable
  /// The snapshot, if it is one of CSI.
  public var csiSnapshot: CSISnapshotSpec?
  // +nullable
  /// Settings of the data mover.
  public var dataMoverConfig: [String: String]?
  /// Who copies the data. Empty, or `velero`: Velero itself.
  public var datamover: String?
  /// How long preparations may take before it is given up.
  public var operationTimeout: Duration
  /// What sort of snapshot it is: `CSI`.
  public var snapshotType: String
  /// The namespace of the volume: the repository of that namespace is written to.
  public var sourceNamespace: String
  /// The persistent volume claim that the snapshot is of.
  public var sourcePVC: String

  /// The copy of a snapshot.
  public init(
    snapshotType: String, sourcePVC: String, sourceNamespace: String, backupStorageLocation: String,
    operationTimeout: Duration
  ) {
    self.snapshotType = snapshotType
    self.sourcePVC = sourcePVC
    self.sourceNamespace = sourceNamespace
    self.backupStorageLocation = backupStorageLocation
    self.operationTimeout = operationTimeout
  }
}

/// A snapshot of CSI.
public struct CSISnapshotSpec: Codable, Hashable, Sendable {
  // +releases=v1.17.0...
  /// The driver of the volume.
  public var driver: String?
  /// The class of the snapshot.
  public var snapshotClass: String?
  /// The storage class of the volume.
  public var storageClass: String
  /// The name of the VolumeSnapshot.
  public var volumeSnapshot: String

  /// A snapshot.
  public init(volumeSnapshot: String, storageClass: String) {
    self.volumeSnapshot = volumeSnapshot
    self.storageClass = storageClass
  }
}

/// What has become of the copy so far.
public struct DataUploadStatus: Codable, Hashable, Sendable {
  // +releases=v1.16.0...
  /// The machine whose node agent took it on.
  public var acceptedByNode: String?
  // +nullable
  // +releases=v1.16.0...
  /// When a node agent took it on.
  public var acceptedTimestamp: Time?
  // +nullable
  /// When it ended, well or not.
  public var completionTimestamp: Time?
  // +nullable
  /// What else the data mover has to say; restores pass it on to it.
  public var dataMoverResult: [String: String]?
  // +releases=v1.18.0...
  /// How many bytes were new compared with the copy before.
  public var incrementalBytes: Int64?
  /// Why it failed, or what else there is to say.
  public var message: String?
  /// The machine whose node agent does the work.
  public var node: String?
  // +releases=v1.16.0...
  /// The operating system of that machine.
  public var nodeOS: NodeOS?
  /// The directory of the volume on the machine.
  public var path: String?
  /// Where it stands.
  public var phase: DataMovePhase?
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

/// Where the move of a volume's data stands.
public enum DataMovePhase: String, Codable, Hashable, Sendable {
  /// Nobody has looked at it yet.
  case new = "New"
  /// A node agent has taken it on.
  case accepted = "Accepted"
  /// The volume is ready for copying.
  case prepared = "Prepared"
  /// Data is being copied.
  case inProgress = "InProgress"
  /// It is being given up.
  case canceling = "Canceling"
  /// It was given up.
  case canceled = "Canceled"
  /// It is done.
  case completed = "Completed"
  /// It could not be done.
  case failed = "Failed"
}

// +releases=v1.16.0...
/// The operating system of the machines that can use a volume.
public enum NodeOS: String, Codable, Hashable, Sendable {
  /// Velero finds out.
  case auto
  /// Linux.
  case linux
  /// Windows.
  case windows
}
