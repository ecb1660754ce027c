import Files

/// Makes the custom resource of a kind from all packages of its group that declare it.
struct CustomResourceBuilder {
  private let schemas: SchemaBuilder
  private var flattener: Flattener
  private let plurals: Plurals

  init(_ schemas: SchemaBuilder) {
    self.schemas = schemas
    flattener = Flattener(schemas)
    plurals = Plurals(schemas.dialect.plurals)
  }

  /// The custom resource, with markers applied. It has no versions if no package of the group has any left.
  mutating func build(_ kind: GroupKind) -> CustomResource {
    let name = kind.name
    var resource = CustomResource(
      group: kind.group, kind: name, plural: plurals.plural(of: name), singular: name.lowercased())
    // Packages that other kinds brought in count as well; those that this one brings in do not.
    let declarations = schemas.scopes.compactMap { scope in
      scope.groupVersion?.group == kind.group ? schemas.declaration(name, in: scope) : nil
    }
    for declaration in declarations {
      guard let version = declaration.scope.groupVersion?.version else { continue }
      resource.versions.append(CustomResource.Version(name: version, schema: schema(of: declaration)))
    }
    for declaration in declarations {
      guard let version = declaration.scope.groupVersion?.version else { continue }
      for element in declaration.markers.elements {
        do {
          try element.marker.apply(to: &resource, version: version)
        } catch {
          schemas.report(Diagnostic(error.message, at: element.position, hint: error.hint))
        }
      }
    }
    finish(&resource, declarations)
    return resource
  }

  private mutating func schema(of declaration: TypeDeclaration) -> Schema {
    var schema = flattener.flatten(declaration)
    guard var properties = schema.properties, let index = properties.firstIndex(where: { $0.name == "metadata" }) else {
      return schema
    }
    switch schemas.dialect.objectMetadata {
    case .asIs: return schema
    case .withoutDescription: properties[index].schema.description = .empty
    case .object: properties[index].schema = Schema(type: "object")
    }
    schema.properties = properties
    return schema
  }

  private func finish(_ resource: inout CustomResource, _ declarations: [TypeDeclaration]) {
    guard !resource.versions.isEmpty else { return }
    resource.versions.sort { $0.name < $1.name }
    if resource.versions.count == 1 { resource.versions[0].isStored = true }
    let position = declarations.first?.type.position ?? .none
    if !resource.versions.contains(where: \.isStored) { schemas.report(.noStorage(resource, position)) }
    if !resource.versions.contains(where: \.isServed) { schemas.report(.notServed(resource, position)) }
  }
}

/// A kind of a group.
struct GroupKind: Hashable {
  var group: ByteString
  var name: ByteString

  /// By which kinds are ordered.
  var text: ByteString { group.isEmpty ? name : ByteString("\(name).\(group)") }
}

extension ByteString {
  /// In lower case, of whatever script.
  func lowercased() -> ByteString { ByteString(text.lowercased()) }
}

extension Diagnostic {
  fileprivate static func noStorage(_ resource: CustomResource, _ position: Position) -> Diagnostic {
    let versions = resource.versions.map(\.name.text).joined(separator: ", ")
    return Diagnostic(
      "no version of \(resource.kind).\(resource.group) is stored, of \(versions)", at: position,
      hint: "put +kubebuilder:storageversion at the version to store")
  }

  fileprivate static func notServed(_ resource: CustomResource, _ position: Position) -> Diagnostic {
    Diagnostic(
      "no version of \(resource.kind).\(resource.group) is served", at: position,
      hint: "remove +kubebuilder:unservedversion from one of them")
  }
}
