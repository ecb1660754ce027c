import Files

/// Builds the schemas of types, with references to the types that they use.
///
/// Every type is built once, when it is first asked for. What is wrong is collected; a type with errors has the schema
/// that is left without what is wrong.
package final class SchemaBuilder {
  let source: any APIPackageSource
  let dialect: Dialect
  let options: GeneratorOptions
  let registry: MarkerRegistry
  var diagnostics = Diagnostics()
  /// Whether something was met at which controller-gen crashes, so that nothing is written.
  var isFatal = false

  private let knownTypes: KnownTypes
  private var faultFinder: MarkerFaultFinder
  private var scopesByPackage: [PackageKey: PackageScope] = [:]
  private var readPackages: Set<ObjectIdentifier> = []
  /// What each root belongs to.
  private let origins: [ObjectIdentifier: Int]
  /// The packages in use, in the order in which they were first needed.
  private(set) var scopes: [PackageScope] = []
  private var ids: [TypeName: Int] = [:]
  private var names: [Int: TypeName] = [:]
  private var slots: [Slot] = []
  private var builtSchemas: [Schema?] = []

  private struct PackageKey: Hashable {
    let package: ObjectIdentifier
    let origin: Int
  }

  private struct TypeName: Hashable {
    let scope: Int
    let name: ByteString
  }

  private enum Slot {
    case known(Schema)
    case declared(TypeDeclaration)
    /// What cannot be read.
    case missing
    /// What its package keeps from being used.
    case unusable
  }

  init(source: any APIPackageSource, dialect: Dialect, options: GeneratorOptions) {
    self.source = source
    self.dialect = dialect
    self.options = options
    registry = MarkerRegistry.of(dialect)
    faultFinder = MarkerFaultFinder(registry)
    origins = Dictionary(
      source.roots.map { (ObjectIdentifier($0), source.origin(of: $0)) }, uniquingKeysWith: { first, _ in first })
    knownTypes = KnownTypes(dialect, generatesEmbeddedObjectMeta: options.generatesEmbeddedObjectMeta)
  }

  func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

  /// Reports what makes controller-gen crash.
  func reportFatal(_ diagnostic: Diagnostic) {
    report(diagnostic)
    isFatal = true
  }

  // MARK: - Packages

  /// A root package with its markers.
  func scope(root package: any APIPackage) -> PackageScope {
    scope(package, origin: origins[ObjectIdentifier(package)] ?? 0)
  }

  /// The package with its markers, read when it is first asked for; what its types need belongs to the same origin.
  private func scope(_ package: any APIPackage, origin: Int) -> PackageScope {
    let origin = dialect.seesSharedMarkersOnce ? origin : 0
    let key = PackageKey(package: ObjectIdentifier(package), origin: origin)
    if let scope = scopesByPackage[key] { return scope }
    let hasMarkers = !dialect.seesSharedMarkersOnce || readPackages.insert(key.package).inserted
    let markers = hasMarkers ? registry.markers(of: package, diagnostics: &diagnostics) : MarkerSet()
    let scope = PackageScope(
      package, index: scopes.count, origin: origin, hasMarkers: hasMarkers, markers: markers,
      groupVersion: groupVersion(of: package, markers))
    scopesByPackage[key] = scope
    scopes.append(scope)
    return scope
  }

  private func groupVersion(of package: any APIPackage, _ markers: MarkerSet) -> GroupVersion? {
    if markers.first(Markers.SkipPackage.self) != nil { return nil }
    if let group = markers.first(Markers.GroupName.self) {
      let version = markers.first(Markers.VersionName.self)
      return GroupVersion(group: group.name, version: version?.name ?? package.name)
    }
    return dialect.writesEmptyGroups ? GroupVersion(group: .empty, version: .empty) : nil
  }

  /// The package that `importer` imports by that path; nothing if it cannot be found, which is reported.
  func scope(path: ByteString, neededAt position: Position, by importer: PackageScope) -> PackageScope? {
    if let scope = importer.imports[path] { return scope }
    do {
      let package = try source.package(path, neededAt: position)
      // A root stays what it is, whoever imports it.
      let scope = scope(package, origin: origins[ObjectIdentifier(package)] ?? importer.origin)
      importer.imports[path] = scope
      return scope
    } catch {
      diagnostics.append(contentsOf: error)
      return nil
    }
  }

  /// Whether the types of a package can be used. Those of a package that is to be skipped cannot, nor those of one with
  /// a marker that cannot be read, wherever in it that stands; this is reported.
  func isUsable(_ scope: PackageScope) -> Bool {
    if let isUsable = scope.isUsable { return isUsable }
    let faults = faultFinder.faults(in: scope.package)
    diagnostics.append(contentsOf: faults)
    let isUsable = !scope.isSkipped && faults.list.isEmpty
    scope.isUsable = isUsable
    return isUsable
  }

  // MARK: - Types

  /// The number of the type `name` of a package, which must declare it.
  func id(_ name: ByteString, in scope: PackageScope) -> Int {
    let key = TypeName(scope: scope.index, name: name)
    if let id = ids[key] { return id }
    let id = slots.count
    ids[key] = id
    names[id] = key
    builtSchemas.append(nil)
    let isUsable = isUsable(scope)
    if let schema = knownTypes.schema(scope.package.path, name) {
      slots.append(.known(schema))
    } else if !isUsable {
      slots.append(.unusable)
    } else {
      slots.append(.missing)
      if let type = scope.type(named: name) {
        slots[id] = .declared(declare(type, id: id, in: scope))
      } else {
        diagnostics.append(contentsOf: scope.takeFailures())
      }
    }
    return id
  }

  private func declare(_ type: APIType, id: Int, in scope: PackageScope) -> TypeDeclaration {
    let markers = self.markers(type.detachedComment, type.documentation, on: .type, in: scope)
    var fields: [FieldDeclaration] = []
    if case .structure(let list) = type.definition.form {
      fields.reserveCapacity(list.count)
      for field in list {
        let markers = self.markers(field.detachedComment, field.documentation, on: .field, in: scope)
        fields.append(FieldDeclaration(field: field, markers: markers))
      }
    }
    return TypeDeclaration(id: id, scope: scope, type: type, markers: markers, fields: fields)
  }

  private func markers(
    _ detached: CommentGroup?, _ documentation: CommentGroup?, on target: MarkerTargets, in scope: PackageScope
  ) -> MarkerSet {
    scope.hasMarkers
      ? registry.markers(in: [detached, documentation], on: target, diagnostics: &diagnostics) : MarkerSet()
  }

  /// The type of that number, if it has a declaration.
  func declaration(_ id: Int) -> TypeDeclaration? {
    if case .declared(let declaration) = slots[id] { declaration } else { nil }
  }

  /// Whether the type of that number is one that its package keeps from being used.
  func isUnusable(_ id: Int) -> Bool {
    if case .unusable = slots[id] { true } else { false }
  }

  /// The declaration of a type by its name.
  func declaration(_ name: ByteString, in scope: PackageScope) -> TypeDeclaration? {
    scope.declares(name) ? declaration(id(name, in: scope)) : nil
  }

  /// How a reference is written that is left in the output, in the schema of the type `other` or of no type of the same
  /// package.
  func link(to id: Int, from other: Int? = nil) -> ByteString {
    guard let target = names[id] else { return .empty }
    if let other, names[other]?.scope == target.scope { return ByteString("#/definitions/\(target.name)") }
    let path = scopes[target.scope].package.path.text.split(separator: "/", omittingEmptySubsequences: false)
    return ByteString("#/definitions/\(path.joined(separator: "~1"))~0\(target.name)")
  }

  /// The schema of the type of that number, with references.
  func schema(_ id: Int) -> Schema {
    if let schema = builtSchemas[id] { return schema }
    let schema: Schema
    switch slots[id] {
    case .known(let known): schema = known
    case .declared(let declaration):
      // What refers to itself while it is built finds nothing.
      builtSchemas[id] = Schema()
      schema = build(declaration)
    case .missing, .unusable: schema = Schema()
    }
    builtSchemas[id] = schema
    return schema
  }

  private func build(_ declaration: TypeDeclaration) -> Schema {
    let marshalers = marshalers(of: declaration)
    if marshalers.contains(.json) {
      if dialect.takesJSONMarshalersForAny {
        var schema = Schema(type: "Any")
        apply(declaration.markers, to: &schema, of: declaration)
        return schema
      }
      if dialect.honorsJSONMarshalers {
        let before = diagnostics
        var schema = Schema()
        apply(declaration.markers, to: &schema, of: declaration)
        if !schema.type.isEmpty { return schema }
        diagnostics = before
      }
    } else if marshalers.contains(.text) && dialect.honorsTextMarshalers {
      var schema = Schema(type: "string")
      apply(declaration.markers, to: &schema, of: declaration)
      if schema.type != "string" { report(.textOfOtherType(declaration, schema.type)) }
      return schema
    }
    return define(declaration.type.definition, declaration)
  }

  /// The schema of a type's definition, with its documentation and its markers.
  private func define(_ expression: TypeExpression, _ declaration: TypeDeclaration) -> Schema {
    var schema: Schema
    switch expression.form {
    case .structure: schema = structure(declaration)
    case .pointer(let target) where dialect.appliesMarkersThroughPointers: schema = define(target, declaration)
    default:
      guard let plain = self.schema(expression, in: declaration.scope) else { return Schema() }
      schema = plain
    }
    schema.description = Description.text(of: declaration.type.documentation, style: dialect.descriptions)
    apply(declaration.markers, to: &schema, of: declaration)
    return schema
  }

  /// Applies markers in order of their priority, those about items last.
  func apply(_ markers: MarkerSet, to schema: inout Schema, of type: TypeDeclaration?) {
    if markers.isEmpty { return }
    let context = MarkerContext(dialect: dialect, type: type)
    func apply(_ element: MarkerSet.Element, to schema: inout Schema) {
      do {
        try element.marker.apply(to: &schema, in: context)
      } catch {
        report(Diagnostic(error.message, at: element.position, hint: error.hint))
      }
    }
    for element in markers.inOrder where !element.isAboutItems { apply(element, to: &schema) }
    for element in markers.inOrder where element.isAboutItems {
      if dialect.crashesOnEnumOfItems && element.marker is Markers.Enum {
        reportFatal(.enumOfItems(element, dialect.version))
      }
      guard schema.type == "array", var items = schema.items else {
        report(.itemsOfOther(element, schema.type))
        continue
      }
      apply(element, to: &items)
      schema.items = items
    }
  }
}

extension Diagnostic {
  fileprivate static func textOfOtherType(_ declaration: TypeDeclaration, _ type: ByteString) -> Diagnostic {
    Diagnostic(
      "\(declaration.name) writes itself as text (MarshalText), but is marked as \(type)",
      at: declaration.type.position,
      hint: "mark it as string, or remove the marker")
  }

  fileprivate static func enumOfItems(_ element: MarkerSet.Element, _ version: ControllerGenVersion) -> Diagnostic {
    Diagnostic(
      "controller-gen \(version) crashes at values for the items of a list", at: element.position,
      hint: "declare a type for the items and mark that, or ask for v0.16.5 or later")
  }

  fileprivate static func itemsOfOther(_ element: MarkerSet.Element, _ type: ByteString) -> Diagnostic {
    Diagnostic(
      "\(element.name) needs a list, but this is \(type.isEmpty ? "of any type" : "of type \(type)")",
      at: element.position, hint: "remove the marker, or change the type")
  }
}
