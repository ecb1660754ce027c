import Files
import Kubernetes

extension CheckRule {
  static let duplicateObject = CheckRule(
    "duplicate-object", .error, "an object stands among the manifests twice",
    why: "Which of both the cluster has depends on the order in which they are applied."
  ) { tree, findings in
    var seen: [ObjectIdentity: Int] = Dictionary(minimumCapacity: tree.objects.count)
    for (index, object) in tree.objects.enumerated() {
      guard let known = seen.updateValue(index, forKey: object.identity) else { continue }
      let first = tree.objects[known]
      let place = first.position.source == nil ? "" : ", first at \(first.position)"
      findings.add(
        "\(object.identity) stands there twice\(place)", in: tree, object,
        mend: "keep one of them; manifests of several clusters are checked with one --path for each")
    }
  }
}
