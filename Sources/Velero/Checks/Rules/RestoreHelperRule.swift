import Files
import Kubernetes
import YAML

extension CheckRule {
  static let restoreHelper = CheckRule(
    "restore-helper", .warning, "the settings of the restore helper do not fit the release",
    why: """
      The restore helper waits in a restored pod until its volumes are filled. One of another release may wait for \
      a sign that never comes, and the pod never starts; settings under a label that the release does not look for \
      are not read at all, so that clusters without a way to the internet pull an image they cannot reach.
      """
  ) { tree, findings in
    guard tree.release != nil else { return }
    let label = tree.isBefore(1, 10) ? "velero.io/restic" : "velero.io/pod-volume-restore"
    for object in tree.configMaps where tree.isInReach(object) {
      let labels = object.value("metadata", "labels").entries
      guard labels.contains(where: { $0.key.stringValue == "velero.io/plugin-config" }) else { continue }
      for old in labels {
        guard let name = old.key.stringValue?.text,
          ["velero.io/restic", "velero.io/pod-volume-restore"].contains(name),
          name != label
        else { continue }
        findings.add(
          "the label '\(name)' is none that \(tree.release.map(\.description) ?? "the release") looks for", in: tree,
          object, at: old.position, mend: "call the label '\(label)'")
      }
      guard let name = object.value("data", "image")?.stringValue else { continue }
      let image = tree.statement.image(name)
      let text = image.text
      guard ["velero-restore-helper", "velero-restic-restore-helper", "velero"].contains(image.name) else { continue }
      let expected = helper(tree)
      let server = tree.servers.first?.image?.version ?? tree.release
      if image.name != expected {
        findings.add(
          "'\(text)' is not where \(tree.release.map(\.description) ?? "the release") has its restore helper", in: tree,
          object, at: object.position("data", "image"),
          mend: "name an image called \(expected), or leave the key out if the nodes can pull from Docker Hub")
      } else if let version = image.version, let server, version != server {
        findings.add(
          "'\(text)' is of \(version), and the server of \(server)", in: tree, object,
          at: object.position("data", "image"), mend: "use the restore helper of \(server)")
      }
    }
  }

  /// The last part of the image's name.
  private static func helper(_ tree: CheckedTree) -> String {
    if tree.isBefore(1, 10) { return "velero-restic-restore-helper" }
    return tree.isBefore(1, 16) ? "velero-restore-helper" : "velero"
  }
}
