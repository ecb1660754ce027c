// +releases=...v1.9.7
/// What a container may do, and as whom it runs.
public struct SecurityContext: Codable, Hashable, Sendable {
  /// Whether a process may have more rights than the one that started it. Always so with `privileged`.
  public var allowPrivilegeEscalation: Bool?
  /// Rights of the superuser that it has or has not.
  public var capabilities: Capabilities?
  /// Whether it has all rights of the machine's superuser.
  public var privileged: Bool?
  /// How `/proc` is mounted: `Default` or `Unmasked`.
  public var procMount: String?
  /// Whether its root file system can't be written to.
  public var readOnlyRootFilesystem: Bool?
  /// The number of the group that it runs as.
  public var runAsGroup: Int64?
  /// Whether it is refused if it would run as the superuser.
  public var runAsNonRoot: Bool?
  /// The number of the user that it runs as; without it, what the image says.
  public var runAsUser: Int64?
  /// The labels of SELinux.
  public var seLinuxOptions: SELinuxOptions?
  /// Which system calls it may make.
  public var seccompProfile: SeccompProfile?
  /// What counts on Windows only.
  public var windowsOptions: WindowsSecurityContextOptions?

  /// A context that says nothing yet.
  public init() {}
}

// +releases=...v1.9.7
/// Rights of the superuser, by their names without `CAP_`.
public struct Capabilities: Codable, Hashable, Sendable {
  /// Those that are given.
  public var add: [String]?
  /// Those that are taken away.
  public var drop: [String]?

  /// No change yet.
  public init() {}
}

// +releases=...v1.9.7
/// The parts of a label of SELinux.
public struct SELinuxOptions: Codable, Hashable, Sendable {
  /// The level.
  public var level: String?
  /// The role.
  public var role: String?
  /// The type.
  public var type: String?
  /// The user.
  public var user: String?

  /// An empty label.
  public init() {}
}

// +releases=...v1.9.7
/// A filter of system calls.
public struct SeccompProfile: Codable, Hashable, Sendable {
  /// The file on the machine that holds the filter, for the type `Localhost`.
  public var localhostProfile: String?
  /// `RuntimeDefault`, `Unconfined` or `Localhost`.
  public var type: String

  /// A filter of that type.
  public init(type: String) { self.type = type }
}

// +releases=...v1.9.7
/// What a container on Windows may do, and as whom it runs.
public struct WindowsSecurityContextOptions: Codable, Hashable, Sendable {
  /// The specification of a group managed service account, in full.
  public var gmsaCredentialSpec: String?
  /// The name of the object that holds that specification.
  public var gmsaCredentialSpecName: String?
  // +releases=v1.7.1...
  /// Whether it runs as a process of the machine itself; then all containers of the pod have to.
  public var hostProcess: Bool?
  /// The name of the user that it runs as.
  public var runAsUserName: String?

  /// Options that say nothing yet.
  public init() {}
}

// +releases=...v1.9.7
/// What a container needs and may use: amounts by the names of resources, such as `cpu` and `memory`.
public struct ResourceRequirements: Codable, Hashable, Sendable {
  /// The most that it may use.
  public var limits: [String: Quantity]?
  /// What is set aside for it; where nothing is said, the limit.
  public var requests: [String: Quantity]?

  /// No requirements yet.
  public init() {}
}
