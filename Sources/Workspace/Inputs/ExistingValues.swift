import Files
import Kubernetes
import Templating
import YAML

/// What a Secret or ConfigMap that a cluster has already tells about it, as values.
///
/// A key that ends in `.yaml` or `.yml`, or that is asked for by name, holds values, as kapp-controller reads its
/// `valuesFrom`. Of the vSphere CSI driver's Secret only the name is taken: what is in it stays where it is.
struct ExistingValues {
  /// Values files, named after the object and the key.
  private(set) var files: [WorkspaceFile] = []

  /// The key under which the vSphere CSI driver keeps the vCenter's address and account.
  private static let vsphereKey: ByteString = "csi-vsphere.conf"

  /// - Throws: all that is wrong with the file; a diagnostic at the reference where nothing in it can be taken.
  init(_ file: WorkspaceFile, _ reference: EnvironmentConfiguration.Reference) throws(Diagnostics) {
    let object = try Self.object(in: file, reference)
    let identity = object.identity
    let label = ByteString("\(file.path) (\(identity.kind) \(identity.name)")
    for key in try keys(of: object, reference) {
      if key == Self.vsphereKey {
        let values = Node.configuration([
          ("vsphere", .configuration([("secret", .configuration(Self.names(identity)))]))
        ])
        files.append(WorkspaceFile(values: print([Document(values)]), name: label.appending(")"), in: file))
      } else {
        let text = try Self.text(of: object, key)
        let name = ByteString("\(label), key \(key))")
        files.append(WorkspaceFile(values: text, name: name, in: file, isOfSecret: identity.kind == "Secret"))
      }
    }
  }

  private static func names(_ identity: ObjectIdentity) -> [(ByteString, Node)] {
    let name: (ByteString, Node) = ("name", .string(identity.name))
    return identity.namespace.isEmpty ? [name] : [name, ("namespace", .string(identity.namespace))]
  }

  /// The kinds that are read, and where each keeps its contents. Of a SealedSecret, which becomes a Secret of the same
  /// name, only the keys can be read.
  private static let places: [ByteString: [[ByteString]]] = [
    "ConfigMap": [["data"]],
    "Secret": [["stringData"], ["data"]],
    "SealedSecret": [["spec", "encryptedData"]],
  ]

  /// The one object of the file that is meant.
  private static func object(
    in file: WorkspaceFile, _ reference: EnvironmentConfiguration.Reference
  ) throws(Diagnostics) -> KubernetesObject {
    let source = file.input.unit.source
    // A file that cannot be read does not say what it holds; its name for that may be in it.
    if SecretHiding().mayHide(source.contents) { source.keepSecret() }
    let documents = try ParsedFile.parse(source, options: ParseOptions(duplicateKeys: .error)).documents
    var found: [KubernetesObject] = []
    for document in documents where !document.value.isNull {
      let object = try KubernetesObject(document.value, position: document.position)
      guard places[object.identity.kind] != nil, reference.name.map({ $0 == object.identity.name }) ?? true else {
        continue
      }
      found.append(object)
    }
    guard let first = found.first else { throw Diagnostics(.noObject(file.path, reference)) }
    guard found.count == 1 else { throw Diagnostics(.severalObjects(file.path, found, reference)) }
    return first
  }

  /// The keys to read, in the order in which they stand.
  private func keys(
    of object: KubernetesObject, _ reference: EnvironmentConfiguration.Reference
  ) throws(Diagnostics) -> [ByteString] {
    let all = Self.contents(of: object).compactMap(\.key.stringValue)
    if let key = reference.key {
      guard all.contains(key) else { throw Diagnostics(.noKey(key, among: all, reference)) }
      return [key]
    }
    let known = all.filter { $0 == Self.vsphereKey || $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }
    guard !known.isEmpty else { throw Diagnostics(.nothingKnown(object, all, reference)) }
    return known
  }

  private static func contents(of object: KubernetesObject) -> [MapItem] {
    (places[object.identity.kind] ?? []).flatMap { path -> [MapItem] in
      var node: Node? = object.content
      for key in path { node = node?.value(at: key) }
      if case .map(let items)? = node { return items }
      return []
    }
  }

  /// What stands under a key, in plain.
  private static func text(of object: KubernetesObject, _ key: ByteString) throws(Diagnostics) -> ByteString {
    guard object.identity.kind != "SealedSecret" else { throw Diagnostics(.sealed(object, key)) }
    guard let item = contents(of: object).item(key), let text = item.value.stringValue else {
      throw Diagnostics(Diagnostic("'\(key)' must hold a string", at: object.position))
    }
    let isPlain = object.identity.kind == "ConfigMap" || object.content.value(at: "stringData", key) != nil
    if isPlain { return text }
    guard let decoded = Base64.decode(text) else {
      throw Diagnostics(
        Diagnostic("'\(key)' is not base64", at: item.position, hint: "write plain text under stringData in its place"))
    }
    return decoded
  }
}

extension Diagnostic {
  fileprivate static func noObject(
    _ path: ByteString, _ reference: EnvironmentConfiguration.Reference
  ) -> Diagnostic {
    let what = reference.name.map { " named '\($0)'" } ?? ""
    return Diagnostic(
      "\(path) holds no Secret, ConfigMap or SealedSecret\(what)", at: reference.range,
      hint: "save one: kubectl get secret NAME -n NAMESPACE -o yaml")
  }

  fileprivate static func severalObjects(
    _ path: ByteString, _ objects: [KubernetesObject], _ reference: EnvironmentConfiguration.Reference
  ) -> Diagnostic {
    let names = objects.map { "\($0.identity.kind) \($0.identity.name)" }.joined(separator: ", ")
    return Diagnostic("\(path) holds several: \(names)", at: reference.range, hint: "say which with 'name'")
  }

  fileprivate static func noKey(
    _ key: ByteString, among keys: [ByteString], _ reference: EnvironmentConfiguration.Reference
  ) -> Diagnostic {
    let list = keys.map(\.text).joined(separator: ", ")
    return Diagnostic(
      "there is no key '\(key)' in it (there are: \(list))", at: reference.range,
      hint: Spelling.nearest(to: key, among: keys).map { "did you mean '\($0)'?" })
  }

  fileprivate static func nothingKnown(
    _ object: KubernetesObject, _ keys: [ByteString], _ reference: EnvironmentConfiguration.Reference
  ) -> Diagnostic {
    let list = keys.isEmpty ? "none" : keys.map(\.text).joined(separator: ", ")
    return Diagnostic(
      "\(object.identity.kind) \(object.identity.name) has no key that values are known to be in (its keys: \(list))",
      at: reference.range,
      hint: "csi-vsphere.conf and keys that end in .yaml are known; with 'key' any key with values in YAML can be read")
  }

  fileprivate static func sealed(_ object: KubernetesObject, _ key: ByteString) -> Diagnostic {
    Diagnostic(
      "what is under '\(key)' in SealedSecret \(object.identity.name) cannot be read: it is encrypted",
      at: object.position, hint: "take values from a ConfigMap, or write them into values.yaml")
  }
}
