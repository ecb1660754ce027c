import Files
import Kubernetes
import YAML

extension CheckRule {
  static let defaultSnapshotLocation = CheckRule(
    "default-snapshot-location", .error,
    "a provider has several snapshot locations, and none of them is the default one",
    why: "Every backup that does not name one of them fails validation, also one that takes no snapshots."
  ) { tree, findings in
    guard let server = tree.servers.first else { return }
    let locations = tree.snapshotLocations.filter(tree.isInReach)
    var named: [String: String] = [:]
    for pair in (server.argument("default-volume-snapshot-locations")?.value ?? "").split(separator: ",") {
      let parts = pair.split(separator: ":", maxSplits: 1).map(\.trimmed)
      if parts.count == 2 { named[parts[0]] = parts[1] }
    }
    for provider in Set(locations.compactMap { $0.text("spec", "provider") }).sorted() {
      let candidates = locations.filter { $0.text("spec", "provider") == provider }
      if let name = named[provider], !candidates.contains(where: { $0.name == name }) {
        findings.add(
          "--default-volume-snapshot-locations names '\(name)' for \(provider), and there is no such location",
          in: tree,
          server.object, at: server.argument("default-volume-snapshot-locations")?.position, severity: .warning,
          mend: "name one of: \(candidates.map(\.name).joined(separator: ", "))")
      }
      guard candidates.count > 1, named[provider] == nil else { continue }
      let names = Set(candidates.map(\.name))
      let needing = tree.schedules.first { schedule in
        tree.isInReach(schedule)
          && !schedule.value("spec", "template", "volumeSnapshotLocations").items
            .contains { names.contains($0.value.stringValue?.text ?? "") }
      }
      findings.add(
        "provider \(provider) has \(candidates.count) snapshot locations, and none is the default one", in: tree,
        needing ?? candidates[1], severity: needing == nil ? .warning : .error,
        mend:
          "add --default-volume-snapshot-locations=\(provider):\(candidates[0].name) to the server, or name one in every backup"
      )
    }
  }
}
