import Files
import Kubernetes
import YAML

extension CheckRule {
  static let secretMissing = CheckRule(
    "secret-missing", .error, "a Secret that is named is not among the manifests, or lacks the key",
    why: """
      Secrets belong elsewhere than in git, so that this is as it should be, as long as somebody makes the Secret: \
      without it pods do not start, and locations are not available.
      """
  ) { tree, findings in
    func check(_ name: String?, key: String?, _ object: CheckedObject, at position: Position) {
      guard let name, !name.isEmpty else { return }
      guard let secret = tree.secrets.first(where: { $0.name == name && tree.isInReach($0) }) else {
        findings.add(
          "the Secret '\(name)' is not among the manifests", in: tree, object, at: position, severity: .info,
          mend: "see that the cluster has it before the pods start")
        return
      }
      guard let key else { return }
      let keys = (secret.value("data").entries + secret.value("stringData").entries).compactMap(\.key.stringValue?.text)
      guard !keys.contains(key) else { return }
      findings.add(
        "the Secret '\(name)' has no key '\(key)'", in: tree, object, at: position,
        mend: keys.isEmpty ? "add the key" : "add the key, or name one of: \(keys.joined(separator: ", "))")
    }
    for location in tree.backupLocations + tree.snapshotLocations where tree.isInReach(location) {
      check(
        location.text("spec", "credential", "name"), key: location.text("spec", "credential", "key"), location,
        at: location.position("spec", "credential"))
    }
    for process in tree.processes {
      for volume in process.object.value("spec", "template", "spec", "volumes").items {
        let secret = volume.value.value(at: "secret")
        guard !secret.flatMap({ $0.value(at: "optional") }).isTrue else { continue }
        check(secret?.value(at: "secretName")?.stringValue?.text, key: nil, process.object, at: volume.position)
      }
    }
  }
}
