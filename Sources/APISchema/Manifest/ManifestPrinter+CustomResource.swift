import Files

extension ManifestPrinter {
  /// Prints a CRD in version v1 of its API, with its `---`.
  mutating func printV1(_ resource: CustomResource, preserveUnknownFields: Bool?) {
    begin("apiextensions.k8s.io/v1", resource)
    open("spec", 0)
    text("group", resource.group, 2)
    printNames(resource)
    if let preserveUnknownFields { flag("preserveUnknownFields", preserveUnknownFields, 2) }
    text("scope", resource.scope, 2)
    if resource.versions.isEmpty { word("versions", "null", 2) } else { open("versions", 2) }
    for version in resource.versions {
      var item = ItemColumns(2)
      dash(2)
      if !version.columns.isEmpty {
        open("additionalPrinterColumns", item.next())
        for column in version.columns { print(column, 4, pathKey: "jsonPath") }
      }
      if version.isDeprecated { flag("deprecated", true, item.next()) }
      if let warning = version.deprecationWarning { field("deprecationWarning", warning, item.next(), 2) }
      field("name", version.name, item.next(), 2)
      open("schema", item.next())
      key("openAPIV3Schema", 6)
      value(version.schema, 6, dropsDefaults: false)
      if !version.selectableFields.isEmpty {
        open("selectableFields", item.next())
        for path in version.selectableFields {
          dash(4)
          field("jsonPath", path, 0, 4)
        }
      }
      flag("served", version.isServed, item.next())
      flag("storage", version.isStored, item.next())
      if version.hasSubresources { print(version.subresources, item.next()) }
    }
    printStatus(isMade: !resource.versions.isEmpty)
  }

  /// Prints what comes before the specification.
  mutating func begin(_ apiVersion: StaticString, _ resource: CustomResource) {
    raw(dialect.beginsWithEmptyLine ? "\n---\n" : "---\n")
    word("apiVersion", apiVersion, 0)
    word("kind", "CustomResourceDefinition", 0)
    open("metadata", 0)
    var annotations = resource.annotations
    if namesRelease {
      annotations["controller-gen.kubebuilder.io/version"] = ByteString(dialect.version.description)
    }
    if !annotations.isEmpty { map("annotations", annotations, 2) }
    if dialect.printsCreationTimestamp { word("creationTimestamp", "null", 2) }
    if !resource.labels.isEmpty { map("labels", resource.labels, 2) }
    if !resource.versions.isEmpty {
      text("name", ByteString("\(resource.plural).\(resource.group)"), 2)
    }
  }

  mutating func printNames(_ resource: CustomResource) {
    open("names", 2)
    if !resource.categories.isEmpty { list("categories", resource.categories, 4) }
    text("kind", resource.kind, 4)
    if !resource.versions.isEmpty { text("listKind", resource.kind.appending("List"), 4) }
    text("plural", resource.plural, 4)
    if !resource.shortNames.isEmpty { list("shortNames", resource.shortNames, 4) }
    if !resource.singular.isEmpty { text("singular", resource.singular, 4) }
  }

  mutating func print(_ column: CustomResource.Column, _ indent: Int, pathKey: StaticString) {
    var item = ItemColumns(indent)
    dash(indent)
    let pathComesFirst = pathKey.utf8Start[0] == UInt8(ascii: "J")
    if pathComesFirst { field(pathKey, column.path, item.next(), indent) }
    if !column.description.isEmpty { field("description", column.description, item.next(), indent) }
    if !column.format.isEmpty { field("format", column.format, item.next(), indent) }
    if !pathComesFirst { field(pathKey, column.path, item.next(), indent) }
    field("name", column.name, item.next(), indent)
    if column.priority != 0 { number("priority", column.priority, item.next()) }
    field("type", column.type, item.next(), indent)
  }

  mutating func print(_ subresources: CustomResource.Subresources, _ indent: Int) {
    guard subresources.hasStatus || subresources.scale != nil else {
      word("subresources", "{}", indent)
      return
    }
    open("subresources", indent)
    if let scale = subresources.scale {
      open("scale", indent + 2)
      if let path = scale.selectorPath { text("labelSelectorPath", path, indent + 4) }
      text("specReplicasPath", scale.specPath, indent + 4)
      text("statusReplicasPath", scale.statusPath, indent + 4)
    }
    if subresources.hasStatus { word("status", "{}", indent + 2) }
  }

  /// Prints the empty status; `isMade` unless there is no resource at all.
  mutating func printStatus(isMade: Bool) {
    guard dialect.printsStatus else { return }
    open("status", 0)
    open("acceptedNames", 2)
    word("kind", "\"\"", 4)
    word("plural", "\"\"", 4)
    word("conditions", isMade ? "[]" : "null", 2)
    word("storedVersions", isMade ? "[]" : "null", 2)
  }
}

/// In which column each key of an item of a list is to be printed: the first stands behind the dash.
struct ItemColumns {
  private let indent: Int
  private var isFirst = true

  init(_ indent: Int) { self.indent = indent }

  mutating func next() -> Int {
    defer { isFirst = false }
    return isFirst ? 0 : indent + 2
  }
}
