import Files

/// Merges types into the places that refer to them, and what structures embed into the structures.
///
/// Each type is merged once; the places that refer to it share the result, and add what they say themselves.
struct Flattener {
  private let builder: SchemaBuilder
  private let dialect: Dialect
  private var trees = ReferenceTrees()
  private var flatTrees: [Int: Schema] = [:]
  /// Where to say that types conflict.
  private var position = Position.none

  init(_ builder: SchemaBuilder) {
    self.builder = builder
    dialect = builder.dialect
  }

  /// The schema of a kind, without references and with nothing left to merge.
  mutating func flatten(_ kind: TypeDeclaration) -> Schema {
    position = kind.type.position
    let tree = trees.root(kind.id, builder)
    return flatten(trees[tree])
  }

  private mutating func flatten(_ schema: Schema) -> Schema {
    if case .tree(let tree)? = schema.reference {
      var merged = flatTree(tree).documented(by: schema)
      // Beside a reference stands nothing that would have to be flattened.
      merge(schema.removing { $0 == .reference || $0.isDocumentation }, into: &merged)
      return merged
    }
    let parts = schema.allOf
    if parts.isEmpty { return flattenChildren(schema) }
    var merged = schema
    merged.allOf = []
    for part in parts { merge(part, into: &merged) }
    return flattenChildren(merged)
  }

  private mutating func flatTree(_ tree: Int) -> Schema {
    if let flat = flatTrees[tree] { return flat }
    var merged = documentation(of: tree)
    merge(trees[tree], into: &merged)
    let flat = flattenChildren(merged)
    flatTrees[tree] = flat
    return flat
  }

  /// What a tree says about itself; what it leaves open, what it refers to says.
  private func documentation(of tree: Int) -> Schema {
    let schema = trees[tree]
    let own = schema.removing { !$0.isDocumentation }
    guard case .tree(let target)? = schema.reference else { return own }
    return documentation(of: target).documented(by: own)
  }

  private mutating func flattenChildren(_ schema: Schema) -> Schema {
    var schema = schema
    for entry in schema.entries {
      switch entry.value {
      case .schema(let value): schema[entry.keyword] = .schema(flatten(value))
      case .schemas(let values): schema[entry.keyword] = .schemas(values.map { flatten($0) })
      case .properties(var list):
        for index in list.indices { list[index].schema = flatten(list[index].schema) }
        schema[entry.keyword] = .properties(list)
      default: break
      }
    }
    return schema
  }

  // MARK: - Merging

  /// Adds what `source` says to `target`. Where both say something that cannot be joined, both sayings move to `allOf`.
  private mutating func merge(_ source: Schema, into target: inout Schema) {
    if source.isEmpty { return }
    var source = source
    if case .tree(let tree)? = source.reference {
      merge(trees[tree], into: &target)
      source.reference = nil
    }
    for part in source.allOf { merge(part, into: &target) }

    var left = Schema()
    var right = Schema()
    for entry in source.entries where entry.keyword != .allOf && !entry.keyword.isDocumentation {
      let keyword = entry.keyword
      guard let present = target[keyword] else {
        target[keyword] = entry.value
        continue
      }
      if let joined = join(present, entry.value, keyword) {
        target[keyword] = joined
      } else {
        left[keyword] = present
        right[keyword] = entry.value
        target[keyword] = nil
      }
    }
    if !left.isEmpty { target.allOf += [left, right] }
    if case .texts(let required)? = target[.required] {
      target.required = Set(required).sorted()
    }
  }

  /// Both values as one; nothing if they contradict each other.
  private mutating func join(_ present: Schema.Value, _ added: Schema.Value, _ keyword: Keyword) -> Schema.Value? {
    switch (keyword, present, added) {
    case (.type, .text(let left), .text(let right)):
      if left != right { builder.report(.conflict(left, right, position)) }
      return present
    case (.properties, .properties(let left), .properties(let right)): return .properties(join(left, right))
    case (.required, .texts(let left), .texts(let right)): return .texts(left + right)
    case (.additionalProperties, _, .anything): return present
    case (.additionalProperties, .anything, .schema(let right)):
      var merged = Schema()
      merge(right, into: &merged)
      return .schema(merged)
    case (.additionalProperties, .schema(let left), .schema(let right)):
      var merged = apart(left)
      merge(right, into: &merged)
      return .schema(merged)
    case (.preserveUnknownFields, _, _) where dialect.letsFieldsPreserveUnknown: return added
    case (.mapType, _, _) where dialect.letsFieldsSetMapType: return added
    case (.validations, .rules(let left), .rules(let right)) where dialect.joinsValidationRules:
      return .rules(right + left)
    case (.enum, .jsons(let left), _) where dialect.keepsFirstEnumeration: return left.isEmpty ? added : present
    case (_, .json(let left), .json(let right)) where left === right: return present
    case (_, .text(let left), .text(let right)) where keyword.mayAgree && left == right: return present
    case (_, .flag(let left), .flag(let right)) where keyword.mayAgree && left == right: return present
    default: return nil
    }
  }

  private mutating func join(_ left: [Schema.Property], _ right: [Schema.Property]) -> [Schema.Property] {
    if left.isEmpty { return right }
    if right.isEmpty { return left }
    var merged = PropertyList(left)
    for property in right {
      if var present = merged[property.name] {
        present = apart(present)
        merge(property.schema, into: &present)
        merged.set(property.name, present)
      } else {
        merged.set(property.name, property.schema)
      }
    }
    return merged.sorted
  }

  /// A schema that others can be merged into before what it refers to is.
  private func apart(_ schema: Schema) -> Schema {
    guard case .tree(let tree)? = schema.reference else { return schema }
    var target = Schema()
    target.reference = .tree(tree)
    var whole = documentation(of: tree).documented(by: schema)
    whole.allOf = [target, schema.removing { $0 == .reference || $0.isDocumentation }]
    return whole
  }
}

extension Schema {
  /// With the documentation of `other` wherever that has some.
  fileprivate func documented(by other: Schema) -> Schema {
    var schema = self
    for entry in other.entries where entry.keyword.isDocumentation { schema[entry.keyword] = entry.value }
    return schema
  }
}

extension Diagnostic {
  fileprivate static func conflict(_ left: ByteString, _ right: ByteString, _ position: Position) -> Diagnostic {
    Diagnostic(
      "what is merged into one schema has different types: \(left) and \(right)", at: position,
      hint: "give fields with +kubebuilder:validation:Type the type of what they hold, and embed structures only")
  }
}
