import Files

extension ManifestPrinter {
  /// Prints a CRD in version v1beta1 of its API, with its `---`: what all versions share stands beside them.
  mutating func printV1beta1(_ resource: CustomResource, preserveUnknownFields: Bool?, isTrivial: Bool) {
    let shared = SharedParts(resource.versions, isTrivial: isTrivial)
    begin("apiextensions.k8s.io/v1beta1", resource)
    open("spec", 0)
    if !shared.columns.isEmpty {
      open("additionalPrinterColumns", 2)
      for column in shared.columns { print(column, 2, pathKey: "JSONPath") }
    }
    text("group", resource.group, 2)
    printNames(resource)
    if let preserveUnknownFields { flag("preserveUnknownFields", preserveUnknownFields, 2) }
    text("scope", resource.scope, 2)
    if let subresources = shared.subresources { print(subresources, 2) }
    if let schema = shared.schema {
      open("validation", 2)
      key("openAPIV3Schema", 4)
      value(schema, 4, dropsDefaults: dialect.dropsDefaultsFromV1beta1)
    }
    if let first = resource.versions.first { text("version", first.name, 2) }
    if !resource.versions.isEmpty { open("versions", 2) }
    for version in resource.versions {
      var item = ItemColumns(2)
      dash(2)
      if !shared.hasAllColumns && !version.columns.isEmpty {
        open("additionalPrinterColumns", item.next())
        for column in version.columns { print(column, 4, pathKey: "JSONPath") }
      }
      field("name", version.name, item.next(), 2)
      if !shared.hasAllSchemas {
        open("schema", item.next())
        key("openAPIV3Schema", 6)
        value(version.schema, 6, dropsDefaults: dialect.dropsDefaultsFromV1beta1)
      }
      flag("served", version.isServed, item.next())
      flag("storage", version.isStored, item.next())
      if !shared.hasAllSubresources && version.hasSubresources { print(version.subresources, item.next()) }
    }
    printStatus(isMade: !resource.versions.isEmpty)
  }
}

/// What stands beside the versions of a manifest in v1beta1, and what is left of it in them.
private struct SharedParts {
  var columns: [CustomResource.Column] = []
  var subresources: CustomResource.Subresources?
  var schema: Schema?
  var hasAllColumns = false
  var hasAllSubresources = false
  var hasAllSchemas = false

  init(_ versions: [CustomResource.Version], isTrivial: Bool) {
    guard let first = versions.first else { return }
    if versions.allSatisfy({ $0.columns == first.columns }) { (columns, hasAllColumns) = (first.columns, true) }
    if versions.allSatisfy({ $0.hasSubresources == first.hasSubresources && $0.subresources == first.subresources }) {
      subresources = first.hasSubresources ? first.subresources : nil
      hasAllSubresources = true
    }
    if versions.allSatisfy({ $0.schema == first.schema }) { (schema, hasAllSchemas) = (first.schema, true) }
    guard isTrivial else { return }
    if !hasAllSchemas, let stored = versions.last(where: { $0.isStored }) {
      schema = stored.schema
      subresources = !hasAllSubresources && stored.hasSubresources ? stored.subresources : nil
      columns = hasAllColumns ? [] : stored.columns
    }
    (hasAllColumns, hasAllSubresources, hasAllSchemas) = (true, true, true)
  }
}
