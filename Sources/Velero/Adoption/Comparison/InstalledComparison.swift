import Files
import Kubernetes
import YAML

/// Objects that are there beside the objects that are rendered, pair by pair.
struct InstalledComparison {
  struct Pair {
    /// What is there, and what is rendered, in their normal forms.
    var old: Node?
    var new: Node?
    var identity: ObjectIdentity
    /// Whether arguments stand in the same order too, which makes no difference.
    var isSpeltAlike = true
  }

  private(set) var pairs: [Pair] = []
  /// Rendered, and perhaps there: not all objects were given.
  private(set) var unknown: [ObjectIdentity] = []

  /// - Parameters:
  ///   - installed: what is there.
  ///   - documents: what is rendered; resource definitions are passed over.
  init(_ installed: InstalledObjects, _ values: InstalledValues, _ documents: [Document], form: NormalForm)
    throws(Diagnostics)
  {
    var rendered: [KubernetesObject] = []
    for object in try ObjectSet(documents: documents).objects
    where object.identity.kind != "CustomResourceDefinition" {
      rendered.append(object)
    }
    for (object, name) in Self.expected(installed, values) {
      var identity = object.identity
      if identity.namespace.isEmpty, object.content.placed(in: installed)["metadata"]?["namespace"] != nil {
        identity.namespace = installed.namespace
      }
      var wanted = identity
      wanted.name = name
      let index =
        rendered.firstIndex { $0.identity == identity } ?? rendered.firstIndex { $0.identity == wanted }
      pairs.append(
        Pair(
          old: form.node(of: object.content.placed(in: installed)),
          new: index.map { form.node(of: rendered[$0].content) },
          identity: identity,
          isSpeltAlike: index.map { object.content.arguments == rendered[$0].content.arguments } ?? true))
      if let index { rendered.remove(at: index) }
    }
    for object in rendered {
      if installed.isWhole || Self.wouldBeGiven(object.identity.kind) {
        pairs.append(Pair(old: nil, new: form.node(of: object.content), identity: object.identity))
      } else {
        unknown.append(object.identity)
      }
    }
  }

  /// The objects that are to be rendered, each with the name that it has where all have their usual names.
  private static func expected(
    _ installed: InstalledObjects, _ values: InstalledValues
  ) -> [(KubernetesObject, ByteString)] {
    let agent: ByteString = values.has("node_agent") ? "node-agent" : "restic"
    var parts: [(KubernetesObject?, ByteString)] = [
      (installed.namespaceObject, installed.namespace), (installed.server, "velero"), (installed.linuxAgent, agent),
      (installed.windowsAgent, "node-agent-windows"),
      (InstalledValues.defaultLocation(of: installed), "default"),
      (InstalledValues.defaultSnapshotLocation(of: installed), "default"),
      (installed.pluginConfiguration, "velero-vsphere-plugin-config"),
    ]
    if values.isOwnAccount {
      parts.append((installed.serviceAccount, "velero"))
      parts += installed.roleBindings.map { ($0, $0.identity.name) }
    }
    var seen = Set(parts.compactMap { $0.0?.identity })
    for object in installed.backupLocations + installed.snapshotLocations + installed.schedules + values.extraObjects
    where seen.insert(object.identity).inserted {
      parts.append((object, object.identity.name))
    }
    return parts.compactMap { object, name in object.map { ($0, name) } }
  }

  /// Whether whoever gives some objects of an install gives those of this kind, so that one that is rendered and was not
  /// given is not there. Others belong to the whole cluster, or are easily forgotten.
  private static func wouldBeGiven(_ kind: ByteString) -> Bool {
    ["ConfigMap", "Deployment", "DaemonSet", "BackupStorageLocation", "VolumeSnapshotLocation", "Schedule"].contains(
      kind)
  }

  /// What differs.
  var differences: [ObjectDifference] {
    pairs.compactMap { pair in
      guard let old = pair.old, let new = pair.new else {
        return ObjectDifference(
          identity: pair.identity, fields: [], isThere: pair.old != nil, isRendered: pair.new != nil)
      }
      let fields = FieldDifference.differences(from: old, to: new)
      return fields.isEmpty
        ? nil : ObjectDifference(identity: pair.identity, fields: fields, isThere: true, isRendered: true)
    }
  }

  /// How many fields and objects differ, and how many objects are only spelt otherwise.
  var weight: (differences: Int, spellings: Int) {
    (differences.reduce(0) { $0 + max(1, $1.fields.count) }, pairs.count { !$0.isSpeltAlike })
  }
}

extension Node {
  /// The arguments of a workload's first container, as they stand there.
  fileprivate var arguments: [String] {
    let containers = value(at: "spec", "template", "spec", "containers")?.listValues ?? []
    return containers.first?["args"]?.listValues.compactMap(\.scalarText) ?? []
  }
}
