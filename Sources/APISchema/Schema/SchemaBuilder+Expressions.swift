import Files

extension SchemaBuilder {
  /// The schema of a type as it is used, with a reference where it is a name; nothing if it has none, which is reported.
  func schema(_ expression: TypeExpression, in scope: PackageScope) -> Schema? {
    switch expression.form {
    case .named(let name): return named(name, at: expression.position, in: scope)
    case .imported(let qualifier, let path, let name):
      return imported(qualifier, path, name, at: expression.position, in: scope)
    case .pointer(let target): return schema(target, in: scope)
    case .array(let element, let isSlice): return array(element, isSlice: isSlice, in: scope)
    case .map(let key, let value): return map(key, value, in: scope)
    case .structure:
      reportFatal(.nestedStructure(expression.position))
      return nil
    case .unsupported(let kind, let text):
      report(.unsupported(kind, text, at: expression.position))
      return nil
    }
  }

  // MARK: - Names

  private func named(_ name: ByteString, at position: Position, in scope: PackageScope) -> Schema? {
    guard scope.declares(name) else { return predeclared(name, at: position, in: scope) }
    guard let type = scope.type(named: name) else {
      diagnostics.append(contentsOf: scope.takeFailures())
      return nil
    }
    if type.isAlias { return alias(type, at: position, in: scope) }
    if type.typeParameterCount > 0 {
      report(.generic(name, at: position))
      return nil
    }
    let id = id(name, in: scope)
    var schema = Schema()
    if dialect.keepsTypeOfNamedScalars, isScalar(type, in: scope), let declaration = declaration(id) {
      let own = self.schema(declaration.id)
      schema.type = own.type
      schema.format = own.format
    }
    schema.reference = .type(id)
    return schema
  }

  private func predeclared(_ name: ByteString, at position: Position, in scope: PackageScope) -> Schema? {
    guard let scalar = ScalarType(name) else {
      report(.unknownType(name, at: position, among: scope.package.typeNames))
      return nil
    }
    switch scalar {
    case .float:
      if dialect.knowsDangerousTypes && options.allowsDangerousTypes { return scalar.schema }
      report(.float(name, at: position, isAllowable: dialect.knowsDangerousTypes))
      return nil
    case .complex:
      report(.noSchema(name, at: position))
      return nil
    case .anyInterface:
      if dialect.reportsInterfaces {
        report(.interface(name, at: position))
      } else {
        reportFatal(.interface(name, at: position))
      }
      return nil
    case .errorInterface:
      reportFatal(.interface(name, at: position))
      return nil
    default: return scalar.schema
    }
  }

  /// The schema of what a second name stands for.
  private func alias(_ type: APIType, at position: Position, in scope: PackageScope) -> Schema? {
    switch type.definition.form {
    case .named(let target):
      let schema = named(target, at: position, in: scope)
      guard var schema, !scope.declares(target), dialect.keepsAliasesOfScalars else { return schema }
      schema.reference = .type(id(type.name, in: scope))
      return schema
    case .imported(let qualifier, let path, let name): return imported(qualifier, path, name, at: position, in: scope)
    case .unsupported(let kind, let text):
      report(.unsupported(kind, text, at: position))
      return nil
    default:
      reportFatal(.aliasOfLiteral(type.name, at: position))
      return nil
    }
  }

  private func imported(
    _ qualifier: ByteString, _ path: ByteString?, _ name: ByteString, at position: Position, in scope: PackageScope
  ) -> Schema? {
    guard let path else {
      report(.notImported(qualifier, at: position))
      return nil
    }
    guard let other = self.scope(path: path, neededAt: position, by: scope) else { return nil }
    guard other.declares(name) else {
      report(.unknownType(ByteString("\(qualifier).\(name)"), at: position, among: other.package.typeNames))
      return nil
    }
    let (target, home) = dialect.keepsImportedAliases ? (name, other) : aliased(name, in: other)
    guard home.declares(target), home === other || scope.package.imports(home.package.path) else {
      reportFatal(.unreachableAlias(name, of: target, in: home, at: position, dialect.version))
      return nil
    }
    let id = id(target, in: home)
    if isUnusable(id) { report(.unusable(target, in: home, at: position)) }
    var schema = Schema()
    schema.reference = .type(id)
    return schema
  }

  /// What a second name stands for in the end, with the package of that: the name itself if it is the first.
  private func aliased(_ name: ByteString, in scope: PackageScope) -> (ByteString, PackageScope) {
    var (name, scope) = (name, scope)
    for _ in 0..<PackageScope.maximumChain {
      guard let type = scope.type(named: name), type.isAlias else { break }
      switch type.definition.form {
      case .named(let target): name = target
      case .imported(_, let path?, let target):
        guard let other = self.scope(path: path, neededAt: type.position, by: scope) else { return (name, scope) }
        (name, scope) = (target, other)
      default: return (ByteString("a type without a name"), scope)
      }
    }
    return (name, scope)
  }

  /// Whether a type is, by whatever way, defined as a predeclared one.
  private func isScalar(_ type: APIType, in scope: PackageScope) -> Bool {
    var definition = type.definition
    var scope = scope
    for _ in 0..<PackageScope.maximumChain {
      switch definition.form {
      case .named(let name):
        guard let next = scope.type(named: name) else { return ScalarType(name) != nil }
        definition = next.definition
      case .imported(_, let path?, let name):
        guard let other = self.scope(path: path, neededAt: definition.position, by: scope),
          let next = other.type(named: name)
        else { return false }
        scope = other
        definition = next.definition
      default: return false
      }
    }
    return false
  }

  // MARK: - Lists and maps

  private func array(_ element: TypeExpression, isSlice: Bool, in scope: PackageScope) -> Schema {
    if isSlice, case .named("byte") = element.form, !scope.declares("byte") {
      return Schema(type: "string", format: "byte")
    }
    var schema = Schema(type: "array")
    schema.items = self.schema(element, in: scope) ?? Schema()
    return schema
  }

  private func map(_ key: TypeExpression, _ value: TypeExpression, in scope: PackageScope) -> Schema? {
    guard isString(key, in: scope) else {
      report(.mapKey(key.position))
      return nil
    }
    switch value.form {
    case .pointer where !dialect.allowsMapsOfPointers, .map where !dialect.allowsMapsOfMaps, .structure:
      report(.mapValue(value.position))
      return nil
    case .unsupported(let kind, let text):
      report(.unsupported(kind, text, at: value.position))
      return nil
    default: break
    }
    let values = schema(value, in: scope) ?? Schema()
    if case .array = value.form, !dialect.allowsMapsOfMaps, values.type == "array", values.items?.type != "string" {
      report(.mapValue(value.position))
      return nil
    }
    var schema = Schema(type: "object")
    schema[.additionalProperties] = .schema(values)
    return schema
  }

  /// Whether a type is, by whatever way, defined as `string`.
  private func isString(_ expression: TypeExpression, in scope: PackageScope) -> Bool {
    var expression = expression
    var scope = scope
    for _ in 0..<PackageScope.maximumChain {
      switch expression.form {
      case .named(let name):
        guard let next = scope.type(named: name) else { return name == "string" }
        expression = next.definition
      case .imported(_, let path?, let name):
        guard let other = self.scope(path: path, neededAt: expression.position, by: scope),
          let next = other.type(named: name)
        else { return false }
        scope = other
        expression = next.definition
      default: return false
      }
    }
    return false
  }
}

extension Diagnostic {
  fileprivate static let anyValueHint =
    "use a type that says what it holds, or apiextensionsv1.JSON for any value"

  fileprivate static func nestedStructure(_ position: Position) -> Diagnostic {
    Diagnostic(
      "a structure without a name has no schema", at: position, hint: "declare it as a type of its own and name that")
  }

  fileprivate static func unsupported(
    _ kind: TypeExpression.Unsupported, _ text: ByteString, at position: Position
  ) -> Diagnostic {
    let what =
      switch kind {
      case .interface: "an interface"
      case .function: "a function"
      case .channel: "a channel"
      case .genericInstance: "an instance of a generic type"
      }
    return Diagnostic("\(what) has no schema: \(text)", at: position, hint: anyValueHint)
  }

  fileprivate static func interface(_ name: ByteString, at position: Position) -> Diagnostic {
    Diagnostic("an interface has no schema: \(name)", at: position, hint: anyValueHint)
  }

  fileprivate static func noSchema(_ name: ByteString, at position: Position) -> Diagnostic {
    Diagnostic("\(name) has no schema", at: position, hint: "use a string")
  }

  fileprivate static func generic(_ name: ByteString, at position: Position) -> Diagnostic {
    Diagnostic("a generic type has no schema: \(name)", at: position, hint: "declare a type without parameters")
  }

  fileprivate static func aliasOfLiteral(_ name: ByteString, at position: Position) -> Diagnostic {
    Diagnostic(
      "\(name) is a second name of a type that has no name", at: position, hint: "remove the = from its declaration")
  }

  fileprivate static func unreachableAlias(
    _ name: ByteString, of target: ByteString, in scope: PackageScope, at position: Position,
    _ version: ControllerGenVersion
  ) -> Diagnostic {
    let isDeclared = scope.declares(target)
    return Diagnostic(
      "controller-gen \(version) crashes here: \(name) is a second name of "
        + (isDeclared ? "\(target) of \(scope.package.path), which is not imported" : "\(target)"),
      at: position,
      hint: isDeclared
        ? "name the type itself, or ask for v0.17.0 or later" : "declare a type of its own, or ask for v0.17.0 or later"
    )
  }

  fileprivate static func notImported(_ qualifier: ByteString, at position: Position) -> Diagnostic {
    Diagnostic("no import is named \(qualifier)", at: position, hint: "import the package, or mend the name")
  }

  fileprivate static func unknownType(
    _ name: ByteString, at position: Position, among names: [ByteString]
  ) -> Diagnostic {
    let nearest = Spelling.nearest(to: name, among: names)
    return Diagnostic(
      "unknown type \(name)", at: position,
      hint: nearest.map { "did you mean \($0)?" } ?? "declare it, or mend its name")
  }

  fileprivate static func unusable(_ name: ByteString, in scope: PackageScope, at position: Position) -> Diagnostic {
    let why = scope.isSkipped ? "is marked with +kubebuilder:skip" : "has markers that cannot be read"
    return Diagnostic(
      "\(name) has no schema: its package, \(scope.package.path), \(why)", at: position,
      hint: scope.isSkipped
        ? "remove that marker, or leave the field out with `json:\"-\"`"
        : "mend the markers, or ask for a release of controller-gen that knows them")
  }

  fileprivate static func float(_ name: ByteString, at position: Position, isAllowable: Bool) -> Diagnostic {
    Diagnostic(
      "\(name): clients do not agree on what floats mean", at: position,
      hint: isAllowable
        ? "use a string, an integer or resource.Quantity, or allow it with allowDangerousTypes"
        : "use a string, an integer or resource.Quantity")
  }

  fileprivate static func mapKey(_ position: Position) -> Diagnostic {
    Diagnostic(
      "the keys of a map must be strings", at: position, hint: "use a list of structures with the key as a field")
  }

  fileprivate static func mapValue(_ position: Position) -> Diagnostic {
    Diagnostic("a map cannot hold values of this type", at: position, hint: "declare the values as a type of its own")
  }
}
