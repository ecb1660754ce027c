#if SwiftAPI
import APISchema
import Files
import SwiftParser
import SwiftSyntax

/// Finds out what types of Swift are for a schema.
struct TypeReferences {
  /// Where a type is referred to.
  struct Scope {
    let folder: Int
    /// The types around.
    let path: [String]
  }

  private let module: SwiftModule
  private let release: Release?

  init(_ module: SwiftModule, release: Release?) {
    self.module = module
    self.release = release
  }

  /// The name of a type in the schema: with those of the types around it, but without namespaces.
  func name(of type: DeclaredType) -> ByteString {
    var name = ""
    for depth in 1..<max(type.path.count, 1) {
      let outer = module.types[type.path[..<depth].joined(separator: ".")]?.first.map { module.type(at: $0) }
      if let outer, case .namespace = outer.form { continue }
      name += type.path[depth - 1]
    }
    return ByteString(name + (type.path.last ?? ""))
  }

  /// What `+schemaType` names: a type of these sources, or `k8s.io/…/v1.Name`.
  func expression(_ other: ReleasedComments.SchemaType, in scope: Scope) throws(Diagnostic) -> TypeExpression {
    if let slash = other.text.lastIndex(of: "/"), let dot = other.text[slash...].firstIndex(of: ".") {
      let path = String(other.text[..<dot])
      let name = String(other.text[other.text.index(after: dot)...])
      let qualifier = String(other.text[other.text.index(after: slash)..<dot])
      let form = TypeExpression.Form.imported(
        qualifier: ByteString(qualifier), path: ByteString(path), name: ByteString(name))
      return TypeExpression(form, at: other.position)
    }
    var parser = Parser(other.text)
    let type = TypeSyntax.parse(from: &parser)
    if type.hasError { throw .noType(other.text, at: other.position) }
    return try expression(type, in: scope, at: other.position)
  }

  /// A type as Swift writes it, in the file of the scope or at `position`.
  func expression(_ type: TypeSyntax, in scope: Scope, at position: Position? = nil) throws(Diagnostic)
    -> TypeExpression
  {
    func place(_ node: some SyntaxProtocol) -> Position { position ?? self.position(of: node, in: scope) }
    let here = place(type)
    if let wrapped = type.wrappedInOptional { return try expression(wrapped, in: scope, at: position) }
    if let array = type.as(ArrayTypeSyntax.self) {
      return TypeExpression(.array(try expression(array.element, in: scope, at: position), isSlice: true), at: here)
    }
    if let map = type.as(DictionaryTypeSyntax.self) {
      let key = try expression(map.key, in: scope, at: position)
      let value = try expression(map.value, in: scope, at: position)
      return TypeExpression(.map(key: key, value: value), at: here)
    }
    if type.is(FunctionTypeSyntax.self) {
      return TypeExpression(.unsupported(.function, text: ByteString(type.trimmedDescription)), at: here)
    }
    if type.is(SomeOrAnyTypeSyntax.self) {
      return TypeExpression(.unsupported(.interface, text: ByteString(type.trimmedDescription)), at: here)
    }
    if let attributed = type.as(AttributedTypeSyntax.self) {
      return try expression(attributed.baseType, in: scope, at: position)
    }
    guard let (path, arguments) = type.nameAndArguments else { throw .noSchema(type, at: here) }
    if !arguments.isEmpty { return try generic(path, arguments, type, in: scope, at: here) }
    return try named(path, in: scope, at: here)
  }

  private func generic(
    _ path: [String], _ arguments: [TypeSyntax], _ type: TypeSyntax, in scope: Scope, at here: Position
  ) throws(Diagnostic) -> TypeExpression {
    switch (path.last, arguments.count) {
    case ("Array", 1), ("Set", 1):
      return TypeExpression(.array(try expression(arguments[0], in: scope, at: here), isSlice: true), at: here)
    case ("Dictionary", 2):
      let key = try expression(arguments[0], in: scope, at: here)
      return TypeExpression(.map(key: key, value: try expression(arguments[1], in: scope, at: here)), at: here)
    default:
      return TypeExpression(.unsupported(.genericInstance, text: ByteString(type.trimmedDescription)), at: here)
    }
  }

  /// A type by its name: one of the sources, else one of Swift's.
  private func named(_ path: [String], in scope: Scope, at here: Position) throws(Diagnostic) -> TypeExpression {
    if let place = try declaration(path, in: scope, at: here) { return try reference(to: place, from: scope, at: here) }
    let name = path.count == 2 && ["Swift", "Foundation"].contains(path[0]) ? path[1] : path.joined(separator: ".")
    if name == "Data" {
      return TypeExpression(.array(TypeExpression(.named("byte"), at: here), isSlice: true), at: here)
    }
    if name == "Any" || name == "AnyObject" {
      return TypeExpression(.unsupported(.interface, text: ByteString(name)), at: here)
    }
    guard let builtin = Self.builtins[name] else { throw unknown(path, at: here) }
    return TypeExpression(.named(builtin), at: here)
  }

  private static let builtins: [String: ByteString] = [
    "Bool": "bool", "String": "string", "Substring": "string", "Character": "string", "Int": "int", "Int8": "int8",
    "Int16": "int16", "Int32": "int32", "Int64": "int64", "UInt": "uint", "UInt8": "uint8", "UInt16": "uint16",
    "UInt32": "uint32", "UInt64": "uint64", "Float": "float32", "Double": "float64",
  ]

  /// Where a name is declared, as Swift looks it up: from the inside out, the own folder before others.
  private func declaration(
    _ path: [String], in scope: Scope, at here: Position
  ) throws(Diagnostic) -> SwiftModule.Place? {
    for depth in stride(from: scope.path.count, through: 0, by: -1) {
      let name = (scope.path[..<depth] + path).joined(separator: ".")
      guard let places = module.types[name] else { continue }
      if let own = places.first(where: { $0.folder == scope.folder }) { return own }
      if places.count > 1 { throw ambiguous(name, places, at: here) }
      return places.first
    }
    return nil
  }

  private func reference(
    to place: SwiftModule.Place, from scope: Scope, at here: Position
  ) throws(Diagnostic) -> TypeExpression {
    let type = module.type(at: place)
    let comments = try ReleasedComments(type.comments, release: release)
    if !comments.isPresent { throw .absent(type, release, at: here) }
    if let other = comments.schemaType {
      return try expression(other, in: Scope(folder: place.folder, path: type.path))
    }
    let name = name(of: type)
    if place.folder == scope.folder { return TypeExpression(.named(name), at: here) }
    let path = ByteString(module.folders[place.folder].path)
    return TypeExpression(.imported(qualifier: path, path: path, name: name), at: here)
  }

  private func position(of node: some SyntaxProtocol, in scope: Scope) -> Position {
    let type = module.types[scope.path.joined(separator: ".")]?.first { $0.folder == scope.folder }
    let file = type.map { module.type(at: $0).position.file } ?? 0
    return Position(file: file, offset: UInt32(clamping: node.positionAfterSkippingLeadingTrivia.utf8Offset))
  }

  private func unknown(_ path: [String], at here: Position) -> Diagnostic {
    let name = path.joined(separator: ".")
    let known = module.types.keys.map { ByteString($0) } + Self.builtins.keys.map { ByteString($0) }
    let nearest = Spelling.nearest(to: ByteString(name), among: known.sorted())
    return Diagnostic(
      "unknown type \(name)", at: here,
      hint: nearest.map { "did you mean \($0)?" }
        ?? "declare it in the sources that are read, or say above the property what it is: // +schemaType=String")
  }

  private func ambiguous(_ name: String, _ places: [SwiftModule.Place], at here: Position) -> Diagnostic {
    Diagnostic(
      "\(name) may be one of \(places.count) types", at: here,
      notes: places.map { .init("one is here", at: SourceRange(module.type(at: $0).position)) },
      hint: "give them different names, or put one into this folder")
  }
}

extension TypeSyntax {
  /// What is optional, if something is.
  var wrappedInOptional: TypeSyntax? {
    if let optional = self.as(OptionalTypeSyntax.self) { return optional.wrappedType }
    if let optional = self.as(ImplicitlyUnwrappedOptionalTypeSyntax.self) { return optional.wrappedType }
    guard let (path, arguments) = nameAndArguments, path.last == "Optional", arguments.count == 1 else { return nil }
    return arguments[0]
  }

  /// A name, part by part, and the types in angle brackets behind it.
  fileprivate var nameAndArguments: ([String], [TypeSyntax])? {
    if let simple = self.as(IdentifierTypeSyntax.self) {
      return ([simple.name.identifierText], simple.genericArgumentClause.types)
    }
    if let member = self.as(MemberTypeSyntax.self), let base = member.baseType.nameAndArguments, base.1.isEmpty {
      return (base.0 + [member.name.identifierText], member.genericArgumentClause.types)
    }
    return nil
  }
}

extension GenericArgumentClauseSyntax? {
  fileprivate var types: [TypeSyntax] {
    self?.arguments.compactMap { argument in
      if case .type(let type) = argument.argument { type } else { nil }
    } ?? []
  }
}

extension Diagnostic {
  fileprivate static func noType(_ text: String, at position: Position) -> Diagnostic {
    Diagnostic(
      "\"\(text)\" is not a type", at: position,
      hint: "write one as Swift does, or as k8s.io/apimachinery/pkg/apis/meta/v1.Time")
  }

  fileprivate static func noSchema(_ type: TypeSyntax, at position: Position) -> Diagnostic {
    Diagnostic(
      "\(type.trimmedDescription) has no schema", at: position,
      hint: "use a structure, an array, a dictionary or a simple type")
  }

  fileprivate static func absent(_ type: DeclaredType, _ release: Release?, at position: Position) -> Diagnostic {
    Diagnostic(
      "\(type.name) is used here, but \(release.map { "\($0)" } ?? "the newest release") does not have it",
      at: position,
      notes: [Note("its releases are said here", at: SourceRange(type.position))],
      hint: "say with +releases which releases have what uses it")
  }
}
#endif
