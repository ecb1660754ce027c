/// How much a finding matters. Ordered: what comes later is worse.
package enum CheckSeverity: Int, Sendable, Hashable, Comparable, CaseIterable {
  /// Worth knowing; nothing may be wrong.
  case info
  /// Something does not do what it seems to, or nobody has tried it.
  case warning
  /// Something does not start, is refused, or is lost.
  case error

  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

  /// As reports name it.
  package var name: String {
    switch self {
    case .info: "info"
    case .warning: "warning"
    case .error: "error"
    }
  }
}

/// One thing that can be wrong with manifests for Velero. Each has a page, `docs/checks/ID.md`.
package struct CheckRule: Sendable {
  /// What a rule looks at.
  package enum Check: Sendable {
    /// Each tree for itself.
    case tree(@Sendable (CheckedTree, inout CheckFindings) -> Void)
    /// The places that all trees write backups to, side by side.
    case places(@Sendable ([StoragePlace], inout CheckFindings) -> Void)
  }

  /// Lower case with hyphens; never changed once released.
  package let id: String
  /// The worst that it reports; single findings may matter less.
  package let severity: CheckSeverity
  /// What is wrong, in a few words.
  package let title: String
  /// Why it hurts: what happens in the cluster.
  package let why: String
  package let check: Check

  init(
    _ id: String, _ severity: CheckSeverity, _ title: String, why: String,
    _ check: @escaping @Sendable (CheckedTree, inout CheckFindings) -> Void
  ) {
    self.id = id
    self.severity = severity
    self.title = title
    self.why = why
    self.check = .tree(check)
  }

  init(
    _ id: String, _ severity: CheckSeverity, _ title: String, why: String,
    among check: @escaping @Sendable ([StoragePlace], inout CheckFindings) -> Void
  ) {
    self.id = id
    self.severity = severity
    self.title = title
    self.why = why
    self.check = .places(check)
  }

  /// All rules, in the order of their documentation.
  package static let all: [CheckRule] = [
    .unknownRelease, .imageVersions, .imageOutsideLock, .serverName,
    .crdsAbsent, .crdLacksKind, .crdLacksVersion, .crdLacksEnumValue, .crdLacksField, .crdRefusesObjects,
    .crdAPIVersion,
    .unknownArgument, .argumentValue, .unknownFeature,
    .csiPlugin, .csiFeature, .pluginVersion, .pluginMissing, .vsphereConfiguration,
    .agentMissing, .agentName, .configMapMissing, .configMapContent, .configMapUnused, .restoreHelper,
    .defaultBackupLocation, .defaultSnapshotLocation, .locationReference, .bucketName, .otherNamespace, .secretMissing,
    .serviceAccountMissing,
    .scheduleCron, .schedulesOff, .scheduleLabels, .helmHook, .duplicateObject,
    .sharedBucket, .kindOnProduction, .kubernetesVersion,
  ]

  /// The rule of that id.
  package static func named(_ id: String) -> CheckRule? { all.first { $0.id == id } }
}
