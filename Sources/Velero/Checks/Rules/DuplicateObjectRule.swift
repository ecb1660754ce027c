import Files
import Kubernetes

extension CheckRule {
  static let duplicateObject = CheckRule(
    "duplicate-object", .error, "an object stands among the manifests twice",
    why: "Which of both the cluster has depends on the order in which they are applied."
  ) { tree, findings in
    var seen: [ObjectIdentity: CheckedObject] = [:]
    for object in tree.objects {
      guard let first = seen.updateValue(object, forKey: object.identity) else { continue }
      let place = first.position.source == nil ? "" : ", first at \(first.position)"
      findings.add(
        "\(object.identity) stands there twice\(place)", in: tree, object,
        mend: "keep one of them; manifests of several clusters are checked with one --path for each")
    }
  }
}
