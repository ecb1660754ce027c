// +releases=v1.12.0...
// +kubebuilder:printcolumn:name=Status,type=string,JSONPath=.status.phase
// +kubebuilder:printcolumn:name=Started,type=date,JSONPath=.status.startTimestamp
// +kubebuilder:printcolumn:name="Bytes Done",type=integer,format=int64,JSONPath=.status.progress.bytesDone
// +kubebuilder:printcolumn:name="Total Bytes",type=integer,format=int64,JSONPath=.status.progress.totalBytes
// +kubebuilder:printcolumn:name="Storage Location",type=string,JSONPath=.spec.backupStorageLocation
// +kubebuilder:printcolumn:name=Age,type=date,JSONPath=.metadata.creationTimestamp
// +kubebuilder:printcolumn:name=Node,type=string,JSONPath=.status.node
/// Brings the data that a DataUpload stored into a new volume. Velero makes one for each such volume of a restore.
public struct DataDownload: Codable, Hashable, Sendable {
  /// The version of the API.
  public var apiVersion = "velero.io/v2alpha1"
  /// The kind.
  public var kind = "DataDownload"
  /// Name, labels and so on.
  public var metadata: ObjectMeta
  /// Which data, and where to.
  public var spec: DataDownloadSpec?
  /// What has become of it so far. The data mover writes it.
  public var status: DataDownloadStatus?

  /// The work that `spec` describes.
  public init(metadata: ObjectMeta, spec: DataDownloadSpec) {
    self.metadata = metadata
    self.spec = spec
  }
}

/// Which data to bring back, and where to.
public struct DataDownloadSpec: Codable, Hashable, Sendable {
  /// The backup storage location that has the repository.
  public var backupStorageLocation: String
  /// Whether it is to be given up. Set while it runs.
  public var cancel: Bool?
  /// Settings of the data mover.
  public var dataMoverConfig: [String: String]?
  /// Who copies the data. Empty, or `velero`: Velero itself.
  public var datamover: String?
  // +releases=v1.16.0...
  /// The operating system of the machines that can use the volume.
  public var nodeOS: NodeOS?
  /// How long preparations may take before it is given up.
  public var operationTimeout: Duration
  /// Identifies the copy in the repository.
  public var snapshotID: String
  // +releases=v1.18.0...
  /// The size of the copy in bytes.
  public var snapshotSize: Int64?
  /// The namespace that the volume was in when it was backed up: the repository of that namespace is read.
  public var sourceNamespace: String
  /// The volume to write to.
  public var targetVolume: TargetVolumeSpec

  /// The work for a volume.
  public init(
    targetVolume: TargetVolumeSpec, snapshotID: String, sourceNamespace: String, backupStorageLocation: String,
    operationTimeout: Duration
  ) {
    self.targetVolume = targetVolume
    self.snapshotID = snapshotID
    self.sourceNamespace = sourceNamespace
    self.backupStorageLocation = backupStorageLocation
    self.operationTimeout = operationTimeout
  }
}

/// The volume that data is brought back to.
public struct TargetVolumeSpec: Codable, Hashable, Sendable {
  /// The namespace of the claim.
  public var namespace: String
  /// The persistent volume.
  public var pv: String
  /// The persistent volume claim.
  public var pvc: String

  /// A volume.
  public init(namespace: String, pvc: String, pv: String) {
    self.namespace = namespace
    self.pvc = pvc
    self.pv = pv
  }
}

/// What has become of it so far.
public struct DataDownloadStatus: Codable, Hashable, Sendable {
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
  /// Why it failed, or what else there is to say.
  public var message: String?
  /// The machine whose node agent does the work.
  public var node: String?
  /// Where it stands.
  public var phase: DataMovePhase?
  /// How far it is.
  public var progress: DataMoveProgress?
  // +nullable
  /// When it began.
  public var startTimestamp: Time?

  /// Nothing has happened yet.
  public init() {}
}
