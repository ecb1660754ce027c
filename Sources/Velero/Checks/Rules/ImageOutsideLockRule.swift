import Kubernetes

extension CheckRule {
  static let imageOutsideLock = CheckRule(
    "image-outside-lock", .error, "an image is not in the lock of images",
    why: """
      A lock says which contents the names of images stand for, and what has to be copied to where there is no internet. \
      What is not in it is pulled by a tag, whatever that means on that day, or cannot be pulled at all.
      """
  ) { tree, findings in
    let locked = Set(tree.statement.originalImages.values)
    for use in tree.imagesOutsideLock {
      // What is named after another is sought by that name, wherever a mirror has put it.
      let mend =
        locked.contains(use.image)
        ? "use a mirror that keeps the names of images, as rewriteImages does: the lock has it under another"
        : "run 'sailplan images lock', or name an image that the lock has"
      switch use.origin {
      case .field(let identity, let path):
        let object = tree.objects.first { $0.identity == identity }
        findings.add(
          "'\(use.image)' in \(path) is not in the lock of images", in: tree, object,
          at: object.map { $0.content.position(at: path, from: $0.position) }, mend: mend)
      case .derived(_, let what, let identity):
        let object = tree.objects.first { $0.identity == identity }
        findings.add(
          "'\(use.image)', which no manifest names, is not in the lock of images (\(what))", in: tree, object,
          mend: mend)
      }
    }
  }
}
