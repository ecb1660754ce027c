import Files
import Starlark
import YAML

/// A node of a schema's document that declares a value: the document, a map item or an array item.
struct SchemaSource {
  enum Kind {
    case document, mapItem, arrayItem
  }

  let kind: Kind
  let key: Node
  let value: Node
  let position: Position
  let annotations: NodeAnnotations?
}

/// Makes types of the nodes of a schema's document: from their values, and from what is annotated.
struct SchemaBuilder {
  private var depth = 0

  /// What a node declares.
  mutating func item(_ source: SchemaSource) throws(SchemaError) -> SchemaItem {
    depth += 1
    defer { depth -= 1 }
    if depth > Overlay.maximumDepth { throw .wrong("too many levels", source.position, "fewer levels", "more") }
    var type = try type(source)
    let defaultValue = try defaultValue(source, type)
    var validation: Validation?
    if let annotation = source.annotations?["schema/validation"] {
      do throws(Failure) {
        validation = try Validation(annotation)
      } catch {
        throw .failure(error)
      }
    }
    type.setDefault(defaultValue)
    return SchemaItem(
      key: source.key, type: type, defaultValue: defaultValue, position: source.position, validation: validation)
  }

  private mutating func type(_ source: SchemaSource) throws(SchemaError) -> SchemaType {
    let takesAny = try SchemaAnnotation.takesAny(source)
    let takesNull = try SchemaAnnotation.takesNull(source)
    var type: SchemaType
    if takesAny {
      type = SchemaType(.any, position: source.position, defaultValue: source.value)
      if takesNull { type.setDefault(.null) }
      try rejectAnnotations(in: source.value)
    } else {
      type = try infer(source)
      if takesNull { type = SchemaType(.nullable(type), position: source.position, defaultValue: .null) }
    }
    type.documentation = try SchemaAnnotation.documentation(source, type)
    return type
  }

  /// The type that a value is of.
  private mutating func infer(_ source: SchemaSource) throws(SchemaError) -> SchemaType {
    func scalar(_ kind: SchemaType.Scalar) -> SchemaType {
      SchemaType(.scalar(kind), position: source.position, defaultValue: source.value)
    }
    switch source.value {
    case .null: throw .nullValue(source.position)
    case .bool: return scalar(.bool)
    case .int, .unsigned: return scalar(.int)
    case .float: return scalar(.float)
    case .string: return scalar(.string)
    case .map(let items):
      var declared: [SchemaItem] = []
      declared.reserveCapacity(items.count)
      for item in items {
        declared.append(
          try self.item(
            SchemaSource(
              kind: .mapItem, key: item.key, value: item.value, position: item.position,
              annotations: item.annotations?.template)))
      }
      return SchemaType(.map(SchemaMap(declared)), position: source.position, defaultValue: .null)
    case .sequence(let items):
      guard items.count == 1, let item = items.first else { throw .itemCount(items.count, source.position) }
      let declared = try self.item(
        SchemaSource(
          kind: .arrayItem, key: .null, value: item.value, position: item.position,
          annotations: item.annotations?.template))
      return SchemaType(.array(declared), position: source.position, defaultValue: .sequence([]))
    }
  }

  /// The value where none is given: what `@schema/default` says, or what the type says.
  private func defaultValue(_ source: SchemaSource, _ type: SchemaType) throws(SchemaError) -> Node {
    guard let annotation = source.annotations?["schema/default"] else { return type.defaultValue }
    var value = try SchemaAnnotation.defaultValue(annotation, source, type)
    value.setPositions(source.position)
    var check = SchemaCheck()
    check.complete(&value, type, at: source.position, depth: 0)
    if !check.violations.isEmpty {
      throw .report(
        "Invalid schema - @schema/default is wrong type",
        check.violations.map { $0.led(by: annotation.position, "at") })
    }
    return value
  }

  /// Fails if something inside of a value of any type says what it is.
  private func rejectAnnotations(in node: Node) throws(SchemaError) {
    switch node {
    case .map(let items):
      for item in items {
        try rejectAnnotations(item.annotations, item.position)
        try rejectAnnotations(in: item.value)
      }
    case .sequence(let items):
      for item in items {
        try rejectAnnotations(item.annotations, item.position)
        try rejectAnnotations(in: item.value)
      }
    default: break
    }
  }

  private func rejectAnnotations(_ annotations: Annotations?, _ position: Position) throws(SchemaError) {
    guard let annotations = annotations?.template else { return }
    let names: [ByteString] = ["schema/nullable", "schema/type", "schema/default"]
    let found = names.compactMap { annotations[$0] }
    if !found.isEmpty { throw .annotatedInsideAny(found, position) }
  }
}

extension SchemaViolation {
  /// The violation of a value that stands in an annotation.
  func led(by annotation: Position, _ word: String) -> SchemaViolation {
    var violation = self
    violation.kind = .schema
    violation.annotations = [annotation]
    violation.found += " (\(word) \(annotation))"
    return violation
  }
}

extension Node {
  /// Says of everything inside that it stands at `position`.
  mutating func setPositions(_ position: Position) {
    switch self {
    case .map(var items):
      self = .null
      for index in items.indices {
        items[index].position = position
        items[index].value.setPositions(position)
      }
      self = .map(items)
    case .sequence(var items):
      self = .null
      for index in items.indices {
        items[index].position = position
        items[index].value.setPositions(position)
      }
      self = .sequence(items)
    default: break
    }
  }
}

extension SchemaError {
  static func report(_ heading: String, _ violations: [SchemaViolation]) -> SchemaError {
    .report(SchemaReport(heading: heading, violations: violations))
  }

  static func wrong(
    _ summary: String, _ position: Position, _ expected: String, _ found: String, annotations: [Position] = [],
    hints: [String] = []
  ) -> SchemaError {
    .report(
      "Invalid schema",
      [
        SchemaViolation(
          kind: .schema, position: position, annotations: annotations, summary: summary, found: found,
          expected: expected, hints: hints)
      ])
  }

  fileprivate static func nullValue(_ position: Position) -> SchemaError {
    .report(
      "Invalid schema - null value not allowed here",
      [
        SchemaViolation(
          kind: .schema, position: position, found: "null value", expected: "non-null value",
          hints: [
            "in YAML, omitting a value implies null.",
            "to set the default value to null, annotate with @schema/nullable.",
            "to allow any value, annotate with @schema/type any=True.",
          ])
      ])
  }

  fileprivate static func itemCount(_ count: Int, _ position: Position) -> SchemaError {
    .report(
      "Invalid schema - wrong number of items in array definition",
      [
        SchemaViolation(
          kind: .schema, position: position, found: "\(count) array items",
          expected: "exactly 1 array item, of the desired type",
          hints: [
            "in schema, the one item of the array implies the type of its elements.",
            "in schema, the default value for an array is always an empty list.",
            "default values can be overridden via a data values overlay.",
          ])
      ])
  }

  fileprivate static func annotatedInsideAny(_ annotations: [Annotation], _ position: Position) -> SchemaError {
    .wrong(
      "Schema was specified within an \"any type\" fragment", position,
      "no '@schema/...' on nodes within a node annotated '@schema/type any=True'",
      "@\(annotations.map(\.name.text).joined(separator: ", @")) annotation(s)",
      annotations: annotations.map(\.position),
      hints: [
        "an \"any type\" fragment has no constraints; nested schema annotations conflict and are disallowed"
      ])
  }
}
