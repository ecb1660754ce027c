package import Files
package import Kubernetes
import YAML

/// What checks know about releases of Velero.
package struct CheckFacts: Sendable {
  package let catalogue: ReleaseCatalogue
  package let options: ReleaseOptions

  /// Reads the files of a bundle's `config/`.
  package init(bundle: FileSet) throws(Diagnostics) {
    catalogue = try ReleaseCatalogue(bundle: bundle)
    options = try ReleaseOptions(bundle: bundle)
  }
}

/// Manifests of one cluster, sorted by what they have to do with Velero.
package struct CheckedTree: Sendable {
  /// What is known beside the manifests; all of it may be missing.
  package struct Statement: Sendable {
    /// The release that somebody says it is.
    package var release: ReleaseVersion?
    /// The provider as the values of an environment name it.
    package var provider: String?
    /// The version of the cluster's Kubernetes.
    package var kubernetes: String?
    /// What images were called before they were pinned to their contents, by what they are called now.
    package var originalImages: [ByteString: ByteString]

    package init(
      release: ReleaseVersion? = nil, provider: String? = nil, kubernetes: String? = nil,
      originalImages: [ByteString: ByteString] = [:]
    ) {
      self.release = release
      self.provider = provider
      self.kubernetes = kubernetes
      self.originalImages = originalImages
    }

    /// The image that a name was given for.
    func image(_ name: ByteString) -> ImageReference { ImageReference((originalImages[name] ?? name).text) }
  }

  /// An environment's name, or a path.
  package let name: String
  package let objects: [CheckedObject]
  package let statement: Statement
  package let facts: CheckFacts
  /// The release that the manifests are held against: what was stated, or what the server's image says; nothing if
  /// neither names one that is known.
  package let release: ReleaseVersion?
  /// What is different if the CustomResourceDefinitions of the release are replaced by those of the tree.
  package var definitionChanges: [CompatibilityFinding] = []
  /// What can be started and is not in the lock of images, where there is one.
  package var imagesOutsideLock: [ImageUse] = []
  /// What is wrong with definitions that cannot be read, and are not compared.
  package var definitionFaults: [(object: CheckedObject, fault: Diagnostic)] = []

  let servers: [CheckedProcess]
  let agents: [CheckedProcess]
  let backupLocations: [CheckedObject]
  let snapshotLocations: [CheckedObject]
  let schedules: [CheckedObject]
  let configMaps: [CheckedObject]
  let secrets: [CheckedObject]
  /// Definitions of Velero's kinds.
  package let definitions: [CheckedObject]

  package init(name: String, objects: [CheckedObject], statement: Statement = Statement(), facts: CheckFacts) {
    self.name = name
    self.objects = objects
    self.statement = statement
    self.facts = facts
    var byKind: [ByteString: [CheckedObject]] = [:]
    for object in objects { byKind[object.identity.kind, default: []].append(object) }
    func velero(_ kind: ByteString) -> [CheckedObject] {
      (byKind[kind] ?? []).filter { $0.identity.group == "velero.io" }
    }
    func core(_ kind: ByteString) -> [CheckedObject] { (byKind[kind] ?? []).filter { $0.identity.apiVersion == "v1" } }
    servers = ["Deployment", "StatefulSet"].flatMap { byKind[$0] ?? [] }.flatMap { object in
      CheckedProcess.all(of: object, statement.image)
    }
    agents = (byKind["DaemonSet"] ?? []).flatMap { CheckedProcess.all(of: $0, statement.image) }
    backupLocations = velero("BackupStorageLocation")
    snapshotLocations = velero("VolumeSnapshotLocation")
    schedules = velero("Schedule")
    configMaps = core("ConfigMap")
    secrets = core("Secret")
    definitions = (byKind["CustomResourceDefinition"] ?? []).filter { $0.identity.name.hasSuffix(".velero.io") }
    release =
      statement.release
      ?? (servers + agents).lazy.compactMap { $0.image?.version }.first.flatMap { facts.catalogue.nearest(to: $0) }
  }

  /// Whether nothing is known against its definitions.
  package var hasDefinitionsOfRelease: Bool { definitionChanges.isEmpty && definitionFaults.isEmpty }

  /// Whether anything in it has to do with Velero.
  package var isAboutVelero: Bool {
    !servers.isEmpty || !agents.isEmpty || !definitions.isEmpty
      || objects.contains { $0.identity.group == "velero.io" }
  }

  /// What the release's minor version has.
  var minor: ReleaseCatalogue.Minor? { release.flatMap { facts.catalogue.minor(of: $0) } }

  var processes: [CheckedProcess] { servers + agents }

  /// Where the server works; empty where no manifest says.
  var namespace: ByteString { servers.first?.object.identity.namespace ?? .empty }

  /// Whether an object lies where Velero looks, as far as manifests say.
  func isInReach(_ object: CheckedObject) -> Bool {
    namespace.isEmpty || object.identity.namespace.isEmpty || object.identity.namespace == namespace
  }

  /// Whether the release is that one or a later one; false where no release is known.
  func isAtLeast(_ major: Int, _ minor: Int, _ patch: Int = 0) -> Bool {
    release.map { $0 >= ReleaseVersion(major, minor, patch) } ?? false
  }

  func isBefore(_ major: Int, _ minor: Int, _ patch: Int = 0) -> Bool {
    release.map { $0 < ReleaseVersion(major, minor, patch) } ?? false
  }

  func hasFeature(_ name: String) -> Bool { servers.contains { $0.features.contains { $0.name == name } } }
}
