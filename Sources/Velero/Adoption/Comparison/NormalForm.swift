import Files
import Kubernetes
import YAML

/// An object in the one way of writing it by which two are compared. It tells apart what a cluster tells apart:
///
/// - without what the server sets (`withoutServerFields`), and without nulls and empty maps and lists;
/// - quantities and durations in one spelling, and no switch that is off where it is off by itself;
/// - variables, volumes, mounts and ports in the order of their names, flags in the order of theirs;
/// - without variables that hold secrets in plain text, which are told apart from the rest;
/// - locations and schedules without Velero's own label, which nothing reads.
struct NormalForm {
  /// What copies files of volumes where no argument says it.
  let uploader: String

  func node(of object: Node) -> Node {
    var object = object.withoutServerFields
    switch object["kind"]?.stringValue {
    case "BackupStorageLocation":
      object.update("metadata") { $0.removeOwnLabel() }
      object.update("spec") { spec in
        for key: ByteString in ["backupSyncPeriod", "validationFrequency"] {
          spec.update(key) { $0.canonicalDuration() }
        }
        spec.removeFalse("default")
      }
    case "Schedule":
      object.update("metadata") { $0.removeOwnLabel() }
      object.update("spec") { spec in
        spec.removeFalse("paused")
        spec.removeFalse("useOwnerReferencesInBackup")
      }
    case "VolumeSnapshotLocation": object.update("metadata") { $0.removeOwnLabel() }
    case "Deployment", "DaemonSet": object.update("spec") { $0.update("template") { $0.update("spec", normalizePod) } }
    default: break
    }
    return object.withoutHollow
  }

  private func normalizePod(_ pod: inout Node) {
    for containers: ByteString in ["initContainers", "containers"] {
      pod.update(containers) { $0.updateValues(normalizeContainer) }
    }
    pod.sortValues("volumes", by: "name")
    pod.sortValues("imagePullSecrets", by: "name")
  }

  private func normalizeContainer(_ container: inout Node) {
    if container["args"] != nil {
      container["args"] = .strings(ProcessArguments(container["args"]).canonical(uploader: uploader))
    }
    container.update("env") { list in
      list = .entries(list.listValues.filter { !$0.isPlainSecret })
      // A variable may only be made of those before it.
      let isOrdered = list.listValues.contains { $0["value"]?.scalarText?.contains("$(") ?? false }
      if !isOrdered { list.sortValues(by: "name") }
    }
    container.sortValues("ports", by: "name")
    container.sortValues("volumeMounts", by: "mountPath")
    container.update("resources") { resources in
      for kind: ByteString in ["limits", "requests"] { resources.update(kind) { $0.canonicalQuantities() } }
    }
  }
}

extension Node {
  fileprivate mutating func removeOwnLabel() {
    update("labels") { labels in
      if labels["component"]?.stringValue == "velero" { labels["component"] = nil }
    }
  }

  fileprivate mutating func removeFalse(_ key: ByteString) {
    if self[key]?.scalarText == "false" { self[key] = nil }
  }

  fileprivate mutating func canonicalDuration() {
    if let text = scalarText, let nanoseconds = goDuration(text) { self = .text(goDurationText(nanoseconds)) }
  }

  fileprivate mutating func canonicalQuantities() {
    guard case .map(var items) = self else { return }
    for index in items.indices {
      if let text = items[index].value.scalarText { items[index].value = .text(Quantity(text)?.description ?? text) }
    }
    self = .map(items)
  }

  fileprivate mutating func sortValues(_ key: ByteString, by name: ByteString) {
    update(key) { $0.sortValues(by: name) }
  }

  fileprivate mutating func sortValues(by key: ByteString) {
    guard case .sequence(let items) = self else { return }
    let keyed = items.enumerated().map {
      (key: $0.element.value[key]?.scalarText.map { ByteString($0) } ?? .empty, place: $0.offset)
    }
    self = .sequence(keyed.sorted { ($0.key, $0.place) < ($1.key, $1.place) }.map { items[$0.place] })
  }
}
