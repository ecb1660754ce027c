import Files
import Kubernetes
import YAML

extension CheckRule {
  static let locationReference = CheckRule(
    "location-reference", .error, "something names a location that is not there",
    why: "A backup to a location that does not exist fails validation, each time that the schedule is due."
  ) { tree, findings in
    // Where none is among the manifests, all of them are made elsewhere.
    func check(
      _ name: String?, _ locations: [CheckedObject], _ kind: String, _ object: CheckedObject, at place: [ByteString]
    ) {
      guard let name, !name.isEmpty else { return }
      let reachable = locations.filter(tree.isInReach)
      guard !reachable.contains(where: { $0.name == name }) else { return }
      var node = object.position
      if let last = place.last {
        node = object.position(inTemplate: last, of: object.identity.kind == "Schedule")
      }
      let near = Spelling.nearest(to: ByteString(name), among: reachable.map(\.identity.name))
      findings.add(
        "there is no \(kind) '\(name)' among the manifests", in: tree, object, at: node,
        severity: reachable.isEmpty ? .info : nil,
        mend: near.map { "write \($0), if that was meant" } ?? "add the location, or name one that is there")
    }
    for object in tree.objects where object.identity.group == "velero.io" && tree.isInReach(object) {
      guard ["Schedule", "Backup"].contains(object.identity.kind) else { continue }
      let isSchedule = object.identity.kind == "Schedule"
      let spec = isSchedule ? object.value("spec", "template") : object.value("spec")
      check(
        spec?.value(at: "storageLocation")?.stringValue?.text, tree.backupLocations, "BackupStorageLocation", object,
        at: ["storageLocation"])
      for item in spec?.value(at: "volumeSnapshotLocations").items ?? [] {
        check(
          item.value.stringValue?.text, tree.snapshotLocations, "VolumeSnapshotLocation", object,
          at: ["volumeSnapshotLocations"])
      }
    }
  }
}

extension CheckedObject {
  /// Where a field of the backup stands that an object is or will make.
  fileprivate func position(inTemplate key: ByteString, of isSchedule: Bool) -> Position {
    isSchedule ? position("spec", "template", key) : position("spec", key)
  }
}
