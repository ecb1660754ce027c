import Files

extension SchemaBuilder {
  /// The schema of a structure: its fields as properties, what it embeds as parts to merge.
  func structure(_ declaration: TypeDeclaration) -> Schema {
    var schema = Schema(type: "object")
    var properties = PropertyList()
    var required: [ByteString] = []
    var parts: [Schema] = []
    var immutable: [ByteString] = []
    let chosen = chosenFields(declaration)
    var isComplete = chosen != nil
    for declared in isComplete ? declaration.fields : [] {
      let field = declared.field
      if options.ignoresUnexportedFields, let name = field.name, !name.isExported { continue }
      guard let tag = field.tag else {
        report(.missingTag(field, declaration))
        continue
      }
      if tag.isIgnored { continue }
      let isInline = tag.name.isEmpty || tag.has("inline")
      if isRequired(declared, tag, isInline: isInline, in: declaration.scope) {
        if chosen?.contains(tag.name) == true {
          report(.requiredChoice(tag.name, field.position))
          isComplete = false
          break
        }
        required.append(tag.name)
      }
      var value = Schema()
      if declared.markers.first(Markers.Schemaless.self) == nil {
        value = self.schema(field.type, in: declaration.scope) ?? Schema()
      }
      value.description = Description.text(of: field.documentation, style: dialect.descriptions)
      apply(declared.markers, to: &value, of: declaration)
      if isInline {
        parts.append(value)
        continue
      }
      if declared.markers.first(Markers.Immutable.self) != nil { immutable.append(tag.name) }
      properties.set(tag.name, value)
    }
    if dialect.sortsRequiredFields && isComplete { required.sort() }
    schema.properties = properties.sorted
    schema.required = required
    schema.allOf = parts
    for name in immutable where isComplete && !required.contains(name) {
      schema.append(
        ValidationRule(
          rule: ByteString("!has(oldSelf.\(name)) || has(self.\(name))"),
          message: ByteString("field \(name) is immutable once set")))
    }
    return schema
  }

  /// Whether a field must be there. The first that applies: kubebuilder's markers, the plain ones, what the package
  /// says, the tag.
  private func isRequired(
    _ declared: FieldDeclaration, _ tag: JSONTag, isInline: Bool, in scope: PackageScope
  ) -> Bool {
    let markers = declared.markers
    let byTag = !isInline && !tag.has("omitempty")
    guard dialect.letsMarkersRequireFields else {
      if scope.isOptionalByDefault { return markers.has(named: "kubebuilder:validation:Required") }
      return byTag && markers.first(Markers.Optional.self) == nil
    }
    if markers.has(named: "kubebuilder:validation:Optional") { return false }
    if markers.has(named: "kubebuilder:validation:Required") { return true }
    if markers.first(Markers.Optional.self) != nil { return false }
    if markers.first(Markers.Required.self) != nil { return true }
    return byTag && !scope.isOptionalByDefault
  }

  /// The fields that markers of choice name; nothing if one of them is not a field of the structure itself, which is
  /// reported.
  private func chosenFields(_ declaration: TypeDeclaration) -> Set<ByteString>? {
    var fields: Set<ByteString> = []
    for element in declaration.markers.elements {
      guard let choice = element.marker as? any FieldChoice else { continue }
      let nested = choice.fields.filter { $0.firstIndex(of: UInt8(ascii: ".")) != nil }
      if !nested.isEmpty {
        report(.nestedChoice(nested, element.position))
        return nil
      }
      fields.formUnion(choice.fields)
    }
    return fields
  }

  // MARK: - Marshalers

  /// The marshalers of a type: its own, or those of what it embeds, of which the nearest hides the others.
  func marshalers(of declaration: TypeDeclaration) -> Marshalers {
    var found = declaration.type.marshalers
    for kind in [Marshalers.json, .text] where !found.contains(kind) && embeds(kind, declaration) {
      found.insert(kind)
    }
    return found
  }

  private func embeds(_ kind: Marshalers, _ declaration: TypeDeclaration) -> Bool {
    var level = embedded(declaration.type.definition, in: declaration.scope)
    for _ in 0..<PackageScope.maximumChain where !level.isEmpty {
      let count = level.count { $0.type.marshalers.contains(kind) }
      if count > 0 { return count == 1 }
      level = level.flatMap { embedded($0.type.definition, in: $0.scope) }
      if level.count > PackageScope.maximumChain { return false }
    }
    return false
  }

  /// The types that a structure embeds.
  private func embedded(_ definition: TypeExpression, in scope: PackageScope) -> [(type: APIType, scope: PackageScope)]
  {
    var definition = definition
    var scope = scope
    for _ in 0..<PackageScope.maximumChain {
      guard let next = resolve(definition, in: scope, isTagged: true) else { break }
      (definition, scope) = (next.type.definition, next.scope)
    }
    guard case .structure(let fields) = definition.form else { return [] }
    return fields.compactMap { field in
      guard field.name == nil else { return nil }
      return resolve(field.type, in: scope, isTagged: field.tag != nil)
    }
  }

  /// The type that an expression names, by a pointer or not. Packages are loaded for fields with tags only.
  private func resolve(
    _ expression: TypeExpression, in scope: PackageScope, isTagged: Bool
  ) -> (type: APIType, scope: PackageScope)? {
    switch expression.form {
    case .named(let name): return scope.type(named: name).map { ($0, scope) }
    case .pointer(let target): return resolve(target, in: scope, isTagged: isTagged)
    case .imported(_, let path?, let name):
      let other = isTagged ? self.scope(path: path, neededAt: expression.position, by: scope) : scope.imports[path]
      guard let other, let type = other.type(named: name) else { return nil }
      return (type, other)
    default: return nil
    }
  }
}

/// Properties by their names; a later one of a name replaces an earlier one.
struct PropertyList {
  private var list: [Schema.Property] = []
  private var places: [ByteString: Int] = [:]

  init() {}

  /// Properties of different names.
  init(_ list: [Schema.Property]) {
    self.list = list
    for index in list.indices { places[list[index].name] = index }
  }

  subscript(name: ByteString) -> Schema? { places[name].map { list[$0].schema } }

  mutating func set(_ name: ByteString, _ schema: Schema) {
    if let place = places[name] {
      list[place].schema = schema
    } else {
      places[name] = list.count
      list.append(Schema.Property(name: name, schema: schema))
    }
  }

  /// In the order in which they are printed.
  var sorted: [Schema.Property] { list.sorted { NaturalOrder.precedes($0.name, $1.name) } }
}

extension ByteString {
  /// Whether Go exports what has this name.
  fileprivate var isExported: Bool {
    guard let first = text.unicodeScalars.first else { return false }
    return first.properties.generalCategory == .uppercaseLetter
  }
}

extension Diagnostic {
  fileprivate static func missingTag(_ field: APIField, _ declaration: TypeDeclaration) -> Diagnostic {
    let what = field.name.map { "field \($0) of \(declaration.name)" } ?? "what \(declaration.name) embeds"
    return Diagnostic(
      "\(what) has no JSON tag", at: field.position,
      hint: field.name == nil
        ? "add `json:\",inline\"`, or `json:\"-\"` to leave it out"
        : "add a tag such as `json:\"name\"`, or `json:\"-\"` to leave it out")
  }

  fileprivate static func requiredChoice(_ name: ByteString, _ position: Position) -> Diagnostic {
    Diagnostic(
      "field \(name) is one to choose from, and cannot be required", at: position,
      hint: "add omitempty to its tag, and remove markers that require it")
  }

  fileprivate static func nestedChoice(_ names: [ByteString], _ position: Position) -> Diagnostic {
    Diagnostic(
      "only fields of the type itself can be chosen from: \(names.map(\.text).joined(separator: ", "))", at: position,
      hint: "put the marker at the type that has these fields")
  }
}
