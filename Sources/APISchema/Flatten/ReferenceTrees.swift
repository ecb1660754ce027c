import Files

/// The schemas of types, with the references cut that lead in circles: following the others comes to an end.
///
/// A type that is met again within itself has no schema there. Where the circle is cut depends on where it was entered
/// first; from then on it stays so.
struct ReferenceTrees {
  private var trees: [Schema] = []
  /// The tree of each type; nothing while it is being made.
  private var treeOfType: [Int: Int?] = [:]

  /// How deep types may nest.
  static let maximumDepth = 500

  subscript(tree: Int) -> Schema { trees[tree] }

  /// The tree of a kind, which is not cut where it is met within itself for the first time.
  mutating func root(_ type: Int, _ builder: SchemaBuilder) -> Int {
    if let made = treeOfType[type], let tree = made { return tree }
    let tree = add(cut(builder.schema(type), builder, depth: 0))
    treeOfType[type] = tree
    return tree
  }

  private mutating func add(_ schema: Schema) -> Int {
    trees.append(schema)
    return trees.count - 1
  }

  private mutating func cut(_ schema: Schema, _ builder: SchemaBuilder, depth: Int) -> Schema {
    var schema = schema
    if case .type(let type)? = schema.reference {
      schema.reference =
        builder.isUnusable(type)
        ? .literal(builder.link(to: type)) : tree(of: type, builder, depth: depth).map { .tree($0) }
      return schema
    }
    for entry in schema.entries {
      switch entry.value {
      case .schema(let value):
        schema[entry.keyword] = .schema(cut(value, builder, depth: depth + 1))
      case .schemas(let values):
        schema[entry.keyword] = .schemas(values.map { cut($0, builder, depth: depth + 1) })
      case .properties(var list):
        for index in list.indices { list[index].schema = cut(list[index].schema, builder, depth: depth + 1) }
        schema[entry.keyword] = .properties(list)
      default: break
      }
    }
    return schema
  }

  private mutating func tree(of type: Int, _ builder: SchemaBuilder, depth: Int) -> Int? {
    if let made = treeOfType[type] { return made }
    if depth > Self.maximumDepth {
      builder.reportFatal(.tooDeep(builder.declaration(type)))
      return nil
    }
    treeOfType[type] = .some(nil)
    var schema = builder.schema(type)
    if builder.dialect.leavesReferencesOfRenamedTypes, case .type(let renamed)? = schema.reference {
      schema.reference = .literal(builder.link(to: renamed, from: type))
    }
    let tree = add(cut(schema, builder, depth: depth + 1))
    treeOfType[type] = tree
    return tree
  }
}

extension Diagnostic {
  fileprivate static func tooDeep(_ declaration: TypeDeclaration?) -> Diagnostic {
    Diagnostic(
      "types nest more than \(ReferenceTrees.maximumDepth) levels deep", at: declaration?.type.position ?? .none,
      hint: "no object of this type could be stored")
  }
}
