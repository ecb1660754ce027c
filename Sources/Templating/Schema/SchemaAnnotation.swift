import Files
import Starlark
import YAML

/// Reads the `@schema/…` annotations of a node, and says what is wrong with them.
enum SchemaAnnotation {
  /// Whether `@schema/type any=True` stands there.
  static func takesAny(_ source: SchemaSource) throws(SchemaError) -> Bool {
    guard let annotation = source.annotations?["schema/type"] else { return false }
    if annotation.arguments.keyword.isEmpty {
      throw .wrong(
        "expected @schema/type annotation to have keyword argument and value", source.position,
        "valid keyword argument and value", "missing keyword argument and value (by \(annotation.position))",
        annotations: [annotation.position], hints: ["Supported key-value pairs are 'any=True', 'any=False'"])
    }
    var takesAny = false
    for argument in annotation.arguments.keyword {
      guard argument.name == "any" else {
        throw .wrong(
          "unknown @schema/type annotation keyword argument", source.position, "A valid kwarg",
          "\(argument.name) (by \(annotation.position))", annotations: [annotation.position],
          hints: ["Supported kwargs are 'any'"])
      }
      guard case .bool(let flag) = argument.value else {
        throw .wrong(
          "unknown @schema/type annotation keyword argument", source.position, "starlark.Bool",
          "\(argument.value.hostTypeName) (by \(annotation.position))", annotations: [annotation.position],
          hints: ["Supported kwargs are 'any'"])
      }
      takesAny = flag
    }
    return takesAny
  }

  /// Whether `@schema/nullable` stands there.
  static func takesNull(_ source: SchemaSource) throws(SchemaError) -> Bool {
    guard let annotation = source.annotations?["schema/nullable"] else { return false }
    if !annotation.arguments.keyword.isEmpty {
      throw .wrong(
        "expected @schema/nullable annotation to not contain any keyword arguments", source.position,
        "starlark.Bool", "keyword argument in @schema/nullable (by \(annotation.position))",
        annotations: [annotation.position], hints: ["Supported kwargs are 'any'"])
    }
    return true
  }

  /// What `@schema/default` gives.
  static func defaultValue(
    _ annotation: Annotation, _ source: SchemaSource, _ type: SchemaType
  ) throws(SchemaError) -> Node {
    if source.kind == .arrayItem {
      let violation = SchemaViolation(
        kind: .schema, position: source.position, annotations: [annotation.position], found: "", expected: "",
        hints: [
          "do you mean to set a default value for the array?", "set an array's default by annotating its parent.",
        ])
      throw .report(
        SchemaReport(
          heading: "Invalid schema - @schema/default not supported on array item", violations: [violation],
          isNested: true))
    }
    let value = try only(
      annotation, source, expected: "\(type.name) (by \(type.position))",
      keywordHints: [
        "this annotation only accepts one argument: the default value.",
        "value must be in Starlark format, e.g.: {'key': 'value'}, True.",
      ])
    return try node(value)
  }

  /// What the schema says about a value to people. Examples must be of the type.
  static func documentation(
    _ source: SchemaSource, _ type: SchemaType
  ) throws(SchemaError) -> SchemaDocumentation {
    var documentation = SchemaDocumentation()
    guard let annotations = source.annotations else { return documentation }
    if let annotation = annotations["schema/desc"] { documentation.summary = try string(annotation, source) }
    if let annotation = annotations["schema/title"] { documentation.title = try string(annotation, source) }
    if let annotation = annotations["schema/examples"] {
      documentation.examples = try examples(annotation, source, type)
    }
    if let annotation = annotations["schema/deprecated"] {
      if source.kind == .document {
        throw .wrong(
          "@schema/deprecated not supported on a document", source.position, "", "",
          annotations: [annotation.position],
          hints: [
            "do you mean to deprecate the entire schema document?", "use schema/deprecated on individual keys.",
          ])
      }
      documentation.deprecation = try string(annotation, source)
    }
    return documentation
  }

  private static func examples(
    _ annotation: Annotation, _ source: SchemaSource, _ type: SchemaType
  ) throws(SchemaError) -> [(summary: ByteString, value: Node)] {
    let expected = "2-tuple containing description (string) and example value (of expected type)"
    func wrong(_ found: String) -> SchemaError {
      .syntax(annotation, source, expected: expected, found: found)
    }
    if !annotation.arguments.keyword.isEmpty { throw wrong("keyword argument in @schema/examples \(annotation.by)") }
    if annotation.arguments.positional.isEmpty { throw wrong("missing value in @schema/examples \(annotation.by)") }
    var examples: [(summary: ByteString, value: Node)] = []
    var violations: [SchemaViolation] = []
    for argument in annotation.arguments.positional {
      guard let elements = argument.tuple?.elements else {
        throw wrong("\(argument.typeName) for @schema/examples (at \(annotation.position))")
      }
      switch elements.count {
      case 0, 1: throw wrong("empty tuple in @schema/examples \(annotation.by)")
      case 2: break
      default: throw wrong("\(elements.count)-tuple argument in @schema/examples \(annotation.by)")
      }
      guard case .string(let summary) = elements[0] else {
        throw wrong("\(elements[0].typeName) value for @schema/examples (at \(annotation.position))")
      }
      var value = try node(elements[1])
      value.setPositions(source.position)
      examples.append((summary, value))
      var check = SchemaCheck()
      check.complete(&value, type, at: source.position, depth: 0)
      violations += check.violations.map { $0.led(by: annotation.position, "by") }
    }
    if !violations.isEmpty { throw .report("Invalid schema - @schema/examples has wrong type", violations) }
    return examples
  }

  private static func string(_ annotation: Annotation, _ source: SchemaSource) throws(SchemaError) -> ByteString {
    let value = try only(
      annotation, source, expected: "string",
      keywordHints: ["this annotation only accepts one argument: a string."])
    guard case .string(let text) = value else {
      throw .syntax(
        annotation, source, expected: "string", found: "Non-string value in @\(annotation.name) \(annotation.by)")
    }
    return text
  }

  /// The only argument of an annotation.
  private static func only(
    _ annotation: Annotation, _ source: SchemaSource, expected: String, keywordHints: [String]
  ) throws(SchemaError) -> Value {
    if !annotation.arguments.keyword.isEmpty {
      throw .syntax(
        annotation, source, expected: expected, found: "keyword argument in @\(annotation.name) \(annotation.by)",
        hints: keywordHints)
    }
    let values = annotation.arguments.positional
    guard values.count == 1 else {
      let count = values.isEmpty ? "missing value" : "\(values.count) values"
      throw .syntax(
        annotation, source, expected: expected, found: "\(count) in @\(annotation.name) \(annotation.by)")
    }
    return values[0]
  }

  private static func node(_ value: Value) throws(SchemaError) -> Node {
    do throws(Failure) {
      return try Conversion.node(value)
    } catch {
      throw .failure(error)
    }
  }
}

extension Annotation {
  /// Where it stands, as messages put it behind what was found.
  fileprivate var by: String { "(by \(position))" }
}

extension SchemaError {
  fileprivate static func syntax(
    _ annotation: Annotation, _ source: SchemaSource, expected: String, found: String, hints: [String] = []
  ) -> SchemaError {
    .wrong(
      "syntax error in @\(annotation.name) annotation", source.position, expected, found,
      annotations: [annotation.position], hints: hints)
  }
}
