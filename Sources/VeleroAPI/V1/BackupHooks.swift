/// What to run while a backup is made.
public struct BackupHooks: Codable, Hashable, Sendable {
  // +nullable
  /// Hooks, each with the objects that it is for.
  public var resources: [BackupResourceHookSpec]?

  /// These hooks.
  public init(resources: [BackupResourceHookSpec]? = nil) { self.resources = resources }
}

/// Hooks, and the objects that they are for.
public struct BackupResourceHookSpec: Codable, Hashable, Sendable {
  // +nullable
  /// Namespaces that they are not for.
  public var excludedNamespaces: [String]?
  // +nullable
  /// Resources that they are not for.
  public var excludedResources: [String]?
  // +nullable
  /// The namespaces that they are for. Empty: all.
  public var includedNamespaces: [String]?
  // +nullable
  /// The resources that they are for. Empty: all. Only pods can run anything.
  public var includedResources: [String]?
  // +nullable
  /// Only objects with these labels are meant.
  public var labelSelector: LabelSelector?
  /// How they are called in logs.
  public var name: String
  /// What to run after the object and all that belongs to it was backed up, in this order.
  public var postHooks: [BackupResourceHook]?
  /// What to run before the object is backed up, in this order.
  public var preHooks: [BackupResourceHook]?

  enum CodingKeys: String, CodingKey {
    case excludedNamespaces, excludedResources, includedNamespaces, includedResources, labelSelector, name
    case postHooks = "post"
    case preHooks = "pre"
  }

  /// Hooks of that name, for all objects.
  public init(name: String) { self.name = name }
}

/// One hook of a backup.
public struct BackupResourceHook: Codable, Hashable, Sendable {
  /// The command.
  public var exec: ExecHook

  /// A hook that runs a command.
  public init(exec: ExecHook) { self.exec = exec }
}

/// A command to run in a container of the pod that is backed up.
public struct ExecHook: Codable, Hashable, Sendable {
  // +kubebuilder:validation:MinItems=1
  /// The program and its arguments. No shell sees them.
  public var command: [String]
  /// The container; without it the first one of the pod.
  public var container: String?
  /// What a failure means for the backup. `Fail` if nothing is said.
  public var onError: HookErrorMode?
  /// How long it may run before it counts as failed. 30 seconds if nothing is said.
  public var timeout: Duration?

  /// That command.
  public init(command: [String]) { self.command = command }
}

/// What the failure of a hook means.
public enum HookErrorMode: String, Codable, Hashable, Sendable {
  /// It is noted, and the work goes on.
  case `continue` = "Continue"
  /// The object, and with it the backup or restore, has partially failed.
  case fail = "Fail"
}
