import Files
import Kubernetes
import YAML

/// An install in the making: what a chart or package would install, under the names that Velero's objects have here.
///
/// It starts from what the bundle renders for values that say little; what charts state is then set in these objects.
/// Which values say it best is found afterwards, as for objects that are there.
struct WantedInstall {
  let release: ReleaseVersion
  let namespace: String
  /// Values that the objects to start from are rendered with.
  private(set) var values = ValueTree()
  /// Locations, schedules and whatever else there is besides.
  private(set) var objects: [Node] = []
  var notes: [AdoptionNote] = []
  private var changes: [Change] = []
  private var removed: Set<ByteString> = []

  private struct Change {
    /// The kind of the objects that are changed.
    var kind: ByteString
    var path: [String]
    var value: Node
    var isAppended: Bool
  }

  init(release: ReleaseVersion, namespace: String) {
    self.release = release
    self.namespace = namespace
    set("velero.version", .text(release.description))
    set("velero.namespace", .text(namespace))
    set("provider", .text("custom"))
    set("backupStorage.enabled", .bool(false))
    set("volumes.snapshots", .bool(false))
  }

  /// Sets a value of the bundle.
  mutating func set(_ path: String, _ value: Node) { values.set(path, value) }

  /// Sets a field of all objects of a kind; of two maps both stay. A step of the path is a key, or the place or name of
  /// an item: `spec.template.spec.containers.0.image`, `volumes.name=scratch`.
  mutating func set(_ kind: ByteString, _ path: String, _ value: Node?) {
    if let value { change(kind, path, value, isAppended: false) }
  }

  /// Adds items to a list of all objects of a kind.
  mutating func append(_ kind: ByteString, _ path: String, _ items: [Node]) {
    if !items.isEmpty { change(kind, path, .entries(items), isAppended: true) }
  }

  private mutating func change(_ kind: ByteString, _ path: String, _ value: Node, isAppended: Bool) {
    let steps = path.split(separator: ".").map(String.init)
    changes.append(Change(kind: kind, path: steps, value: value, isAppended: isAppended))
  }

  /// Leaves the objects of a kind out.
  mutating func remove(_ kind: ByteString) { removed.insert(kind) }

  mutating func add(_ object: Node) { objects.append(object) }

  mutating func note(_ subject: String, _ reason: String, mend: String? = nil, isMissing: Bool = false) {
    notes.append(AdoptionNote(subject, reason, mend: mend, isMissing: isMissing))
  }

  /// The objects.
  func installed(
    catalogue: ReleaseCatalogue, rendering render: (Document, ByteString?) throws(Diagnostics) -> [Document]
  ) throws(Diagnostics) -> InstalledObjects {
    var documents: [Document] = []
    for document in try render(Document(values.node), nil) {
      guard let kind = document.value["kind"]?.stringValue, !removed.contains(kind) else { continue }
      var object = document.value
      for change in changes where change.kind == kind {
        object.change(at: change.path[...]) { $0.merge(change.value, isAppended: change.isAppended) }
      }
      documents.append(Document(object))
    }
    return try InstalledObjects(
      documents + objects.map { Document($0) }, catalogue: catalogue, release: release, isWhole: true)
  }

  /// An object of Velero's, or of the core group.
  func object(_ kind: ByteString, _ name: String, apiVersion: String = "velero.io/v1") -> Node {
    var metadata = Node.map([])
    metadata["name"] = .text(name)
    metadata["namespace"] = .text(namespace)
    var object = Node.map([])
    object["apiVersion"] = .text(apiVersion)
    object["kind"] = .string(kind)
    object["metadata"] = metadata
    return object
  }
}

extension Node {
  /// Changes what stands at a path; maps on the way are made, items that are not there are not.
  mutating func change(at path: ArraySlice<String>, _ body: (inout Node) -> Void) {
    guard let step = path.first else { return body(&self) }
    let rest = path.dropFirst()
    if case .sequence(var items) = self {
      let index = Int(step) ?? items.firstIndex { "name=\($0.value["name"]?.scalarText ?? "")" == step }
      guard let index, items.indices.contains(index) else { return }
      items[index].value.change(at: rest, body)
      self = .sequence(items)
      return
    }
    if step.hasPrefix("name=") || Int(step) != nil { return }
    let key = ByteString(step)
    var value = self[key] ?? .null
    if value.isHollow, !rest.isEmpty { value = .map([]) }
    value.change(at: rest, body)
    self[key] = value
  }

  fileprivate mutating func merge(_ value: Node, isAppended: Bool) {
    switch (self, value) {
    case (.sequence(let items), .sequence(let more)) where isAppended: self = .sequence(items + more)
    case (.map, .map(let more)):
      for item in more {
        if let key = item.key.stringValue { self[key] = item.value }
      }
    default: self = value
    }
  }
}
