#if SwiftAPI
import Files
import SwiftParser
import SwiftSyntax

/// What a Swift source declares, as far as it is of interest.
struct SourceDeclarations {
  private(set) var types: [DeclaredType] = []
  /// The comments that belong to nothing.
  private(set) var looseComments: [[CommentLine]] = []
  /// Types, by their names, that encode themselves in a way of their own.
  private(set) var encoders: Set<String> = []
  private(set) var diagnostics = Diagnostics()

  private let file: SourceFile
  /// The keys of types, by the types' names.
  private var keys: [String: [String: String]] = [:]

  /// Reads a source.
  init(_ file: SourceFile) {
    self.file = file
    let tree = Parser.parse(source: file.contents.text)
    diagnostics = Diagnostics(tree.errors(in: file))
    findKeys(tree.statements.map { Syntax($0.item) }, [])
    read(tree.statements.map { Syntax($0.item) }, [], isTop: true)
    let end = CommentGroups(before: tree.endOfFileToken, in: file)
    looseComments += end.loose
    if !end.own.isEmpty { looseComments.append(end.own) }
  }

  // MARK: Walking

  private mutating func read(_ nodes: [Syntax], _ path: [String], isTop: Bool) {
    for node in nodes {
      let comments = CommentGroups(before: node, in: file)
      if isTop { looseComments += comments.loose }
      if let structure = node.as(StructDeclSyntax.self) {
        read(structure, structure.memberBlock, structure.genericParameterClause, comments.own, path)
      } else if let type = node.as(ClassDeclSyntax.self) {
        read(type, type.memberBlock, type.genericParameterClause, comments.own, path)
      } else if let enumeration = node.as(EnumDeclSyntax.self) {
        read(enumeration, comments.own, path)
      } else if let alias = node.as(TypeAliasDeclSyntax.self) {
        add(alias.name, .alias(alias.initializer.value), alias.genericParameterClause, comments.own, path)
      } else if let branch = node.as(ExtensionDeclSyntax.self) {
        let extended = branch.extendedType.trimmedDescription.split(separator: ".").map(String.init)
        readMembers(branch.memberBlock, extended)
      } else if let condition = node.as(IfConfigDeclSyntax.self) {
        for clause in condition.clauses { read(clause.items, path, isTop: isTop) }
      }
    }
  }

  private mutating func readMembers(_ block: MemberBlockSyntax, _ path: [String]) {
    for member in block.members {
      guard let function = member.decl.as(FunctionDeclSyntax.self) else { continue }
      let labels = function.signature.parameterClause.parameters.map { $0.firstName.text }
      if function.name.text == "encode", labels == ["to"] { encoders.insert(path.joined(separator: ".")) }
    }
    read(block.members.map { Syntax($0.decl) }, path, isTop: false)
  }

  private mutating func read(
    _ node: some NamedDeclSyntax, _ block: MemberBlockSyntax, _ generics: GenericParameterClauseSyntax?,
    _ comments: [CommentLine], _ path: [String]
  ) {
    let inner = path + [node.name.identifierText]
    add(node.name, .structure(properties(block, of: inner)), generics, comments, path)
    readMembers(block, inner)
  }

  private mutating func read(_ node: EnumDeclSyntax, _ comments: [CommentLine], _ path: [String]) {
    let cases = node.memberBlock.members.compactMap { $0.decl.as(EnumCaseDeclSyntax.self) }
    // A first inherited type that is not a protocol we know of is the type of the values.
    let inherited = node.inheritanceClause?.inheritedTypes.first?.type
    let form: DeclaredType.Form
    if cases.isEmpty {
      form = .namespace
    } else if let inherited, ["String", "Int", "Int32", "Int64"].contains(inherited.trimmedDescription) {
      form = .values(of: inherited, values(cases, areText: inherited.trimmedDescription == "String"))
    } else {
      form = .choice
    }
    // Keys are no types of the API.
    if node.inheritanceClause?.inheritedTypes.contains(where: { $0.type.trimmedDescription == "CodingKey" }) == true {
      return
    }
    add(node.name, form, node.genericParameterClause, comments, path)
    readMembers(node.memberBlock, path + [node.name.identifierText])
  }

  private mutating func add(
    _ name: TokenSyntax, _ form: DeclaredType.Form, _ generics: GenericParameterClauseSyntax?,
    _ comments: [CommentLine], _ path: [String]
  ) {
    types.append(
      DeclaredType(
        path: path + [name.identifierText], position: file.start(of: name), comments: comments, form: form,
        typeParameterCount: generics?.parameters.count ?? 0))
  }

  // MARK: Members

  private mutating func properties(_ block: MemberBlockSyntax, of path: [String]) -> [DeclaredProperty] {
    let keys = keys[path.joined(separator: ".")]
    var properties: [DeclaredProperty] = []
    for member in block.members {
      guard let variable = member.decl.as(VariableDeclSyntax.self), !variable.isOfTheType else { continue }
      let comments = CommentGroups(before: variable, in: file).own
      var annotation: TypeSyntax?
      var found: [DeclaredProperty] = []
      // Of `var a, b: Int` both have the type that stands last.
      for binding in variable.bindings.reversed() {
        annotation = binding.typeAnnotation?.type ?? annotation
        guard let pattern = binding.pattern.as(IdentifierPatternSyntax.self), !binding.isComputed else { continue }
        let name = pattern.identifier.identifierText
        let key = keys.map { $0[name] } ?? name
        guard let key else { continue }
        guard let type = binding.typeAnnotation?.type ?? binding.initializer?.value.literalType ?? annotation else {
          diagnostics.append(.noType(name, at: file.start(of: pattern)))
          continue
        }
        let position = file.start(of: pattern)
        found.append(DeclaredProperty(name: name, key: key, position: position, type: type, comments: comments))
      }
      properties += found.reversed()
    }
    return properties
  }

  private func values(_ cases: [EnumCaseDeclSyntax], areText: Bool) -> [DeclaredCase] {
    var values: [DeclaredCase] = []
    var next = 0
    for node in cases {
      let comments = CommentGroups(before: node, in: file).own
      for element in node.elements {
        var value = element.name.identifierText
        if areText {
          value = element.rawValue?.value.as(StringLiteralExprSyntax.self)?.representedLiteralValue ?? value
          values.append(DeclaredCase(value: value.asMarkerArgument, comments: comments))
        } else {
          if let number = (element.rawValue?.value.trimmedDescription).flatMap({ Int($0) }) { next = number }
          values.append(DeclaredCase(value: String(next), comments: comments))
          next += 1
        }
      }
    }
    return values
  }

  /// Finds the enumerations of coding keys, before the properties that they name.
  private mutating func findKeys(_ nodes: [Syntax], _ path: [String]) {
    for node in nodes {
      if let condition = node.as(IfConfigDeclSyntax.self) {
        for clause in condition.clauses { findKeys(clause.items, path) }
      } else if let branch = node.as(ExtensionDeclSyntax.self) {
        let extended = branch.extendedType.trimmedDescription.split(separator: ".").map(String.init)
        findKeys(branch.memberBlock.members.map { Syntax($0.decl) }, extended)
      } else if let group = node.asProtocol((any DeclGroupSyntax).self),
        let name = node.asProtocol((any NamedDeclSyntax).self)?.name.identifierText
      {
        if name == "CodingKeys", let enumeration = node.as(EnumDeclSyntax.self) {
          let cases = enumeration.memberBlock.members.compactMap { $0.decl.as(EnumCaseDeclSyntax.self) }
          var names: [String: String] = [:]
          for element in cases.flatMap(\.elements) {
            let name = element.name.identifierText
            names[name] = element.rawValue?.value.as(StringLiteralExprSyntax.self)?.representedLiteralValue ?? name
          }
          keys[path.joined(separator: ".")] = names
        }
        findKeys(group.memberBlock.members.map { Syntax($0.decl) }, path + [name])
      }
    }
  }
}

extension SourceFile {
  /// Where the text of a node begins.
  func start(of node: some SyntaxProtocol) -> Position {
    position(node.positionAfterSkippingLeadingTrivia.utf8Offset)
  }
}

extension TokenSyntax {
  /// The name without the back quotes that let a keyword be one.
  var identifierText: String {
    text.hasPrefix("`") && text.hasSuffix("`") && text.utf8.count > 2 ? String(text.dropFirst().dropLast()) : text
  }
}

extension IfConfigClauseSyntax {
  /// What stands in it, whatever the condition.
  fileprivate var items: [Syntax] {
    switch elements {
    case .statements(let statements): statements.map { Syntax($0.item) }
    case .decls(let declarations): declarations.map { Syntax($0.decl) }
    default: []
    }
  }
}

extension VariableDeclSyntax {
  /// Whether it belongs to the type rather than to its values.
  fileprivate var isOfTheType: Bool {
    modifiers.contains { ["static", "class", "lazy"].contains($0.name.text) }
  }
}

extension PatternBindingSyntax {
  /// Whether there is code in place of storage.
  fileprivate var isComputed: Bool {
    guard let accessors = accessorBlock?.accessors else { return false }
    guard case .accessors(let list) = accessors else { return true }
    return !list.allSatisfy { ["willSet", "didSet"].contains($0.accessorSpecifier.text) }
  }
}

extension ExprSyntax {
  /// The type of a literal.
  fileprivate var literalType: TypeSyntax? {
    let name: String? =
      if self.is(StringLiteralExprSyntax.self) {
        "String"
      } else if self.is(IntegerLiteralExprSyntax.self) {
        "Int"
      } else if self.is(BooleanLiteralExprSyntax.self) {
        "Bool"
      } else if self.is(FloatLiteralExprSyntax.self) {
        "Double"
      } else {
        nil
      }
    return name.map { TypeSyntax(IdentifierTypeSyntax(name: .identifier($0))) }
  }
}

extension String {
  /// Bare where that reads as the same text, else quoted.
  fileprivate var asMarkerArgument: String {
    let isWord = utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
    }
    let isLetterFirst = first.map { !$0.isNumber } ?? false
    if isWord, isLetterFirst, self != "true", self != "false" { return self }
    var quoted = "\""
    for scalar in unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\\(scalar)"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}

extension Diagnostic {
  fileprivate static func noType(_ name: String, at position: Position) -> Diagnostic {
    Diagnostic(
      "the type of \(name) can't be told without a compiler", at: position, hint: "write it behind the name: \(name): …"
    )
  }
}
#endif
