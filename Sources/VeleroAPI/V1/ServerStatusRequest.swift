// +kubebuilder:resource:shortName=ssr
// +releases=...v1.8.1 +kubebuilder:subresource:status
/// Asks the server of Velero which release it is and which plugins it has.
public struct ServerStatusRequest: Codable, Hashable, Sendable {
  /// The version of the API.
  public var apiVersion = "velero.io/v1"
  /// The kind.
  public var kind = "ServerStatusRequest"
  /// Name, labels and so on.
  public var metadata: ObjectMeta
  /// The question, of which there is only one.
  public var spec: ServerStatusRequestSpec?
  /// The answer. Velero writes it.
  public var status: ServerStatusRequestStatus?

  /// A request.
  public init(metadata: ObjectMeta) {
    self.metadata = metadata
    spec = ServerStatusRequestSpec()
  }
}

/// The question to the server: there is nothing to choose.
public struct ServerStatusRequestSpec: Codable, Hashable, Sendable {
  /// The question.
  public init() {}
}

/// The answer of the server.
public struct ServerStatusRequestStatus: Codable, Hashable, Sendable {
  /// Where the request stands.
  public var phase: ServerStatusRequestPhase?
  // +nullable
  /// The plugins that the server has.
  public var plugins: [PluginInfo]?
  // +nullable
  /// When the answer was given; the request is deleted some minutes later.
  public var processedTimestamp: Time?
  /// The release of the server.
  public var serverVersion: String?

  /// No answer yet.
  public init() {}
}

/// Where a request for the server's status stands.
public enum ServerStatusRequestPhase: String, Codable, Hashable, Sendable {
  /// The server has not looked at it yet.
  case new = "New"
  /// The answer is there.
  case processed = "Processed"
}

/// A plugin of the server.
public struct PluginInfo: Codable, Hashable, Sendable {
  /// What it does, such as `ObjectStore` or `BackupItemAction`.
  public var kind: String
  /// The name that it registers.
  public var name: String

  /// A plugin.
  public init(name: String, kind: String) {
    self.name = name
    self.kind = kind
  }
}
