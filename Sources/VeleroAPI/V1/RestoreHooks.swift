/// What to run in restored pods.
public struct RestoreHooks: Codable, Hashable, Sendable {
  /// Hooks, each with the pods that it is for.
  public var resources: [RestoreResourceHookSpec]?

  /// These hooks.
  public init(resources: [RestoreResourceHookSpec]? = nil) { self.resources = resources }
}

/// Hooks, and the pods that they are for.
public struct RestoreResourceHookSpec: Codable, Hashable, Sendable {
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
  /// Only pods with these labels are meant.
  public var labelSelector: LabelSelector?
  /// How they are called in logs.
  public var name: String
  /// The hooks, in this order.
  public var postHooks: [RestoreResourceHook]?

  /// Hooks of that name, for all pods.
  public init(name: String) { self.name = name }
}

/// One hook of a restore: one of the two.
public struct RestoreResourceHook: Codable, Hashable, Sendable {
  /// A command to run in a container once that is up.
  public var exec: ExecRestoreHook?
  /// Init containers to put in front of those of the pod.
  public var `init`: InitRestoreHook?

  /// A hook that does nothing yet.
  public init() {}
}

/// A command to run in a container of a restored pod.
public struct ExecRestoreHook: Codable, Hashable, Sendable {
  // +kubebuilder:validation:MinItems=1
  /// The program and its arguments. No shell sees them.
  public var command: [String]
  /// The container; without it the first one of the pod.
  public var container: String?
  /// How long it may run before it counts as failed. 30 seconds if nothing is said.
  public var execTimeout: Duration?
  /// What a failure means for the restore. `Continue` if nothing is said.
  public var onError: HookErrorMode?
  // +nullable
  // +releases=v1.13.0...
  /// Whether to wait until the container is ready rather than just running.
  public var waitForReady: Bool?
  /// How long to wait for the container before the hook counts as failed. For as long as it takes if nothing is said.
  public var waitTimeout: Duration?

  /// That command.
  public init(command: [String]) { self.command = command }
}

/// Init containers for restored pods.
public struct InitRestoreHook: Codable, Hashable, Sendable {
  // +releases=...v1.9.7 +schemaType=[Container]
  // +releases=v1.10.0... +kubebuilder:pruning:PreserveUnknownFields
  /// The containers, in the order in which they run.
  public var initContainers: [JSONObject]?
  /// How long they may take before the hook counts as failed.
  public var timeout: Duration?

  /// A hook without containers.
  public init() {}
}
