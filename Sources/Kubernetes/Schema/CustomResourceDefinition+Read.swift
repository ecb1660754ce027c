package import Files
package import YAML

extension CustomResourceDefinition {
  private static let group: ByteString = "apiextensions.k8s.io/"

  /// Reads a definition of apiextensions.k8s.io/v1 or v1beta1.
  /// - Throws: a diagnostic for each part that is missing or of the wrong type.
  package init(_ content: Node, at position: Position) throws(Diagnostics) {
    guard case .map(let items) = content else {
      throw Diagnostics(Diagnostic("a CustomResourceDefinition must be a map, not \(content.typeName)", at: position))
    }
    let first = items.first?.position ?? position
    var reader = FieldReader(items, path: "", at: first)
    let api = reader.requiredText("apiVersion")
    apiVersion = api.hasPrefix(Self.group) ? api[Self.group.count..<api.count] : api
    if !api.isEmpty, apiVersion != "v1", apiVersion != "v1beta1" {
      reader.append(.unknownVersion(api, at: reader.position(of: "apiVersion")))
    }
    self.position = first
    let metadata = reader.requiredMap("metadata")
    var metadataReader = FieldReader(metadata, path: "metadata", at: reader.position(of: "metadata"))
    name = metadataReader.requiredText("name")
    reader.append(metadataReader.diagnostics)
    let status = reader.map("status") ?? []
    var statusReader = FieldReader(status, path: "status", at: reader.position(of: "status"))
    storedVersions = statusReader.texts("storedVersions")
    reader.append(statusReader.diagnostics)

    source = reader.requiredMap("spec")
    var spec = FieldReader(source, path: "spec", at: reader.position(of: "spec"))
    group = spec.requiredText("group")
    scope = spec.text("scope") ?? "Namespaced"
    names = spec.names()
    let isV1 = apiVersion == "v1"
    preservesUnknownFields = spec.flag("preserveUnknownFields") ?? !isV1
    if isV1 {
      let conversion = spec.map("conversion") ?? []
      conversionStrategy = conversion.item("strategy")?.value.stringValue ?? "None"
      versions = spec.versions()
      if versions.isEmpty {
        reader.append(Diagnostic("'spec.versions' must list a version at least", at: spec.position(of: "versions")))
      }
    } else {
      conversionStrategy = spec.value("conversion")?.value(at: "strategy")?.stringValue ?? "None"
      versions = spec.versionsOfBeta()
    }
    reader.append(spec.diagnostics)
    if !name.isEmpty, !group.isEmpty, !names.plural.isEmpty, name.text != "\(names.plural).\(group)" {
      reader.append(.wrongName(name, expected: "\(names.plural).\(group)", at: metadataReader.position(of: "name")))
    }
    try reader.diagnostics.throwIfErrors()
  }
}

extension FieldReader {
  fileprivate mutating func names() -> CustomResourceDefinition.Names {
    let items = requiredMap("names")
    var reader = FieldReader(items, path: "spec.names", at: position(of: "names"))
    let kind = reader.requiredText("kind")
    let names = CustomResourceDefinition.Names(
      plural: reader.requiredText("plural"), singular: reader.text("singular") ?? ByteString(kind.text.lowercased()),
      kind: kind, listKind: reader.text("listKind") ?? kind.appending("List"), shortNames: reader.texts("shortNames"),
      categories: reader.texts("categories"), source: items)
    // That they are missing altogether has been said.
    if value("names") != nil { append(reader.diagnostics) }
    return names
  }

  fileprivate mutating func versions() -> [CustomResourceDefinition.Version] {
    maps("versions").map { entry in
      var reader = FieldReader(entry.items, path: "spec.versions", at: entry.position)
      let version = reader.namedVersion()
      if version.schema == nil {
        append(.noSchema(version.name, at: reader.position(of: "schema")))
      }
      append(reader.diagnostics)
      return version
    }
  }

  /// v1beta1 has one `version` at the top, or `versions`; and what versions share stands in `spec` itself.
  fileprivate mutating func versionsOfBeta() -> [CustomResourceDefinition.Version] {
    var shared = FieldReader(items, path: "spec", at: position)
    var common = shared.version(schemaKey: "validation")
    append(shared.diagnostics)
    if value("versions") == nil {
      common.name = requiredText("version")
      return [common]
    }
    return maps("versions").map { entry in
      var reader = FieldReader(entry.items, path: "spec.versions", at: entry.position)
      var version = reader.namedVersion()
      append(reader.diagnostics)
      version.schema = version.schema ?? common.schema
      if reader.value("subresources") == nil {
        version.hasStatus = common.hasStatus
        version.scale = common.scale
      }
      if version.columns.isEmpty { version.columns = common.columns }
      if version.selectableFields.isEmpty { version.selectableFields = common.selectableFields }
      return version
    }
  }

  /// An entry of `spec.versions`.
  private mutating func namedVersion() -> CustomResourceDefinition.Version {
    var version = version(schemaKey: "schema")
    version.name = requiredText("name")
    version.isServed = flag("served") ?? false
    version.isStorage = flag("storage") ?? false
    version.isDeprecated = flag("deprecated") ?? false
    return version
  }

  /// A version without a name of its own, served and stored.
  private mutating func version(schemaKey: ByteString) -> CustomResourceDefinition.Version {
    let subresources = map("subresources") ?? []
    return CustomResourceDefinition.Version(
      name: .empty, position: position, isServed: true, isStorage: true, isDeprecated: false,
      schema: openAPISchema(schemaKey), hasStatus: subresources.item("status") != nil, scale: scale(subresources),
      columns: columns(),
      selectableFields: maps("selectableFields").compactMap { $0.items.item("jsonPath")?.value.stringValue },
      source: items)
  }

  private mutating func openAPISchema(_ key: ByteString) -> StructuralSchema? {
    guard let holder = map(key), let item = holder.item("openAPIV3Schema") else { return nil }
    guard case .map(let items) = item.value else {
      append(Diagnostic("'\(path(to: key)).openAPIV3Schema' must be a map", at: item.position))
      return nil
    }
    var reader = FieldReader(items, path: "\(path(to: key)).openAPIV3Schema", at: item.position)
    let schema = StructuralSchema(&reader)
    append(reader.diagnostics)
    return schema
  }

  private func scale(_ subresources: [MapItem]) -> CustomResourceDefinition.Scale? {
    guard case .map(let items)? = subresources.item("scale")?.value else { return nil }
    return CustomResourceDefinition.Scale(
      specReplicasPath: items.item("specReplicasPath")?.value.stringValue ?? .empty,
      statusReplicasPath: items.item("statusReplicasPath")?.value.stringValue ?? .empty,
      labelSelectorPath: items.item("labelSelectorPath")?.value.stringValue)
  }

  private mutating func columns() -> [CustomResourceDefinition.PrinterColumn] {
    maps("additionalPrinterColumns").map { column in
      // v1beta1 writes JSONPath.
      let path = column.items.item("jsonPath") ?? column.items.item("JSONPath")
      return CustomResourceDefinition.PrinterColumn(
        name: column.items.item("name")?.value.stringValue ?? .empty, jsonPath: path?.value.stringValue ?? .empty,
        type: column.items.item("type")?.value.stringValue ?? .empty)
    }
  }
}

extension Diagnostic {
  fileprivate static func unknownVersion(_ version: ByteString, at position: Position) -> Diagnostic {
    Diagnostic(
      "\(version) is no version of CustomResourceDefinitions", at: position,
      hint: "write apiextensions.k8s.io/v1 (v1beta1 is read as well)")
  }

  fileprivate static func wrongName(_ name: ByteString, expected: String, at position: Position) -> Diagnostic {
    Diagnostic(
      "the definition is called '\(name)', and its plural and group say '\(expected)'", at: position,
      hint: "metadata.name must be 'spec.names.plural.spec.group'")
  }

  fileprivate static func noSchema(_ version: ByteString, at position: Position) -> Diagnostic {
    Diagnostic("version '\(version)' has no 'schema.openAPIV3Schema'", at: position)
  }
}
