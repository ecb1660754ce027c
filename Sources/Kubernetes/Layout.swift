package import Files

/// Where the objects of a set are kept: one file each, named as `kustomize build -o DIR` names them.
///
/// The rule (seen by running `kubectl kustomize -o`, kustomize 5.5.0): group, version, kind and name joined by `_`, all
/// in lower case, an empty group left out. Where the objects are in more than one namespace, the namespaced ones have
/// theirs in front, `default` for one that names none. We keep custom resource definitions apart, in `crds/`.
package struct Layout: Sendable {
  /// The file that lists the others in apply order.
  package static let kustomization: ByteString = "kustomization.yaml"

  /// The path of each object, in the order of the set.
  package let paths: [ByteString]

  /// - Throws: a diagnostic for each object whose file would be another object's too, or has too long a name.
  package init(_ set: ObjectSet) throws(Diagnostics) {
    var namespaces: Set<ByteString> = []
    for object in set.objects where !ResourceScope.isClusterScoped(object.identity) {
      namespaces.insert(Self.effectiveNamespace(object.identity))
    }
    let prefixed = namespaces.count > 1
    paths = set.objects.map { Self.path($0.identity, namespacePrefix: prefixed) }
    kustomizationText = Self.kustomizationText(paths)

    var diagnostics = Diagnostics()
    var owners: [ByteString: Int] = [:]
    for (index, path) in paths.enumerated() {
      if let other = owners.updateValue(index, forKey: path) {
        diagnostics.append(.samePath(path, set.objects[other], set.objects[index]))
      }
      if path.count > Self.longestName { diagnostics.append(.longPath(path, set.objects[index])) }
    }
    try diagnostics.throwIfErrors()
  }

  /// What file systems take as one name (NAME_MAX on Linux), with room for the folder in front.
  private static let longestName = 255

  private static func effectiveNamespace(_ identity: ObjectIdentity) -> ByteString {
    identity.namespace.isEmpty ? "default" : identity.namespace
  }

  private static func path(_ identity: ObjectIdentity, namespacePrefix: Bool) -> ByteString {
    var parts: [ByteString] = []
    if namespacePrefix && !ResourceScope.isClusterScoped(identity) { parts.append(effectiveNamespace(identity)) }
    parts += [identity.group, identity.version, identity.kind, identity.name].filter { !$0.isEmpty }
    let name = ByteString(parts.map { lowercased($0) }.joined(separator: "_") + ".yaml")
    return identity.kind == "CustomResourceDefinition" ? ByteString("crds/").appending(name) : name
  }

  private static func lowercased(_ text: ByteString) -> String { text.text.lowercased() }

  /// How `kustomization.yaml` begins: whoever finds it knows that the files it lists are ours.
  package static let header: ByteString =
    "# Written by sailplan: all objects, in the order in which they can be applied.\n"

  /// The text of `kustomization.yaml`: the files in apply order.
  package let kustomizationText: ByteString

  private static func kustomizationText(_ paths: [ByteString]) -> ByteString {
    var text = header.text
    text += "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n"
    for path in paths { text += "- \(scalar(path.text))\n" }
    return ByteString(text)
  }

  /// A path as a YAML scalar: plain where that is safe, else in double quotes.
  private static func scalar(_ text: String) -> String {
    let plain = text.utf8.allSatisfy {
      ($0 >= 0x61 && $0 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39) || [0x2D, 0x2E, 0x2F, 0x5F].contains($0)
    }
    if plain, text.utf8.first != 0x2D { return text }
    let escaped = text.flatMap { $0 == "\\" || $0 == "\"" ? ["\\", $0] : [$0] }
    return "\"\(String(escaped))\""
  }
}

extension Diagnostic {
  fileprivate static func samePath(
    _ path: ByteString, _ one: KubernetesObject, _ other: KubernetesObject
  ) -> Diagnostic {
    Diagnostic(
      "\(one.identity) and \(other.identity) would both be kept in \(path)", at: SourceRange(other.position),
      notes: [Note("the first one is here", at: SourceRange(one.position))],
      hint: "file names are in lower case: give the objects names that differ in more than case")
  }

  fileprivate static func longPath(_ path: ByteString, _ object: KubernetesObject) -> Diagnostic {
    Diagnostic(
      "\(object.identity) would be kept in a file whose name is too long (\(path.count) bytes, at most 255)",
      at: SourceRange(object.position), hint: "shorten its name")
  }
}
