import YAML
import Files
import Kubernetes

extension CheckRule {
  static let helmHook = CheckRule(
    "helm-hook", .warning, "an object is a hook of Helm",
    why: """
      Outside Helm a hook is an object like any other: a Job that was to upgrade the definitions runs at some time, and \
      engines that know hooks delete the object and make it anew with each sync. A location is then gone for a while, \
      and its backups with it.
      """
  ) { tree, findings in
    let key: ByteString = "helm.sh/hook"
    for object in tree.objects {
      guard let hook = object.value("metadata", "annotations", key)?.stringValue?.text else { continue }
      findings.add(
        "the object is a hook of Helm (\(hook))", in: tree, object, at: object.position("metadata", "annotations", key),
        mend: "take the object away, or its annotation if it is to stay")
    }
  }
}
