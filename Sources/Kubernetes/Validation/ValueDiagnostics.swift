import Files
import YAML

// What a value can have wrong with it, in words.

extension StructuralSchema {
  /// Whether a value is of a type that the schema has; without a type every one is.
  func accepts(_ value: Node) -> Bool {
    let types = valueTypes
    switch value {
    case .null: return isNullable
    case .bool: return types.contains(.boolean)
    case .int, .unsigned: return types.contains(.integer)
    // JSON does not tell 1.0 from 1.
    case .float(let number): return types.contains(number.isWholeInJSON ? .integer : .fraction)
    case .string: return types.contains(.string)
    case .sequence: return types.contains(.array)
    case .map: return types.contains(.object)
    }
  }

  /// What a value must be, as a sentence goes on.
  var expectation: String {
    if isIntOrString { return "an integer or a string" }
    switch type?.text {
    case "boolean": return "true or false"
    case "integer": return "an integer"
    case "number": return "a number"
    case "string": return "a string"
    case "array": return "a list"
    case "object": return "a map"
    default: return "a value"
    }
  }
}

extension Double {
  /// Whether it is an integer that no programming language loses digits of, which the API server asks for.
  var isWholeInJSON: Bool { rounded() == self && abs(self) < 9_007_199_254_740_992 }
}

extension Node {
  /// Whether it is a number, and a multiple of `factor`, which must be above 0.
  func isMultiple(of factor: Double) -> Bool {
    if case .int(let value) = self, let factor = Int64(exactly: factor) { return value % factor == 0 }
    return numberValue.map { ($0 / factor).isWholeInJSON } ?? false
  }
}

extension MapItem {
  /// The key as JSON has it, where every key is text; nothing for a key that cannot be one.
  var keyText: ByteString? {
    switch key {
    case .string(let text): text
    case .int, .unsigned, .bool, .float: ByteString(FieldValue.text(key))
    case .null, .map, .sequence: nil
    }
  }
}

extension Diagnostic {
  /// Something wrong with the value at `path`.
  static func wrong(
    _ path: FieldPath, _ message: String, at position: Position, hint: String? = nil
  ) -> Diagnostic {
    let subject = path.steps.isEmpty ? "the value" : "'\(path)'"
    var diagnostic = Diagnostic("\(subject) \(message)", at: position, hint: hint)
    diagnostic.field = path.description
    return diagnostic
  }

  static func notInEnum(
    _ path: FieldPath, _ value: Node, _ allowed: [SequenceItem], at position: Position
  ) -> Diagnostic {
    let list = allowed.map { FieldValue.text($0.value) }.joined(separator: ", ")
    var diagnostic = Diagnostic.wrong(
      path, "must be one of \(list), not \(FieldValue.text(value))", at: position)
    if case .string(let text) = value,
      let near = Spelling.nearest(to: text, among: allowed.compactMap(\.value.stringValue)), !near.isEmpty
    {
      diagnostic.hint = "did you mean '\(near)'?"
    }
    return diagnostic
  }

  static func missing(
    _ name: ByteString, in path: FieldPath, _ schema: StructuralSchema, at position: Position
  ) -> Diagnostic {
    let whole = path.appending(.key(name))
    let summary = schema.property(name)?.summary
    var diagnostic = Diagnostic(
      "'\(whole)' is required", at: position, hint: "add '\(name)'\(summary.map { ": \($0)" } ?? "")")
    diagnostic.field = whole.description
    return diagnostic
  }

  /// A field that the API server would drop without an error.
  static func unknownField(
    _ name: ByteString, in path: FieldPath, _ known: [ByteString], at position: Position
  ) -> Diagnostic {
    let whole = path.appending(.key(name))
    let near = Spelling.nearest(to: name, among: known)
    var diagnostic = Diagnostic(
      "'\(whole)' is no field of this kind and would be dropped",
      at: SourceRange(start: position, length: UInt32(clamping: name.count)),
      hint: near.map { "did you mean '\($0)'?" }
        ?? "remove it, or check its place and the release that the definitions are of",
      severity: .warning)
    diagnostic.field = whole.description
    return diagnostic
  }

  static func nullIsDropped(_ path: FieldPath, at position: Position) -> Diagnostic {
    var diagnostic = Diagnostic(
      "'\(path)' is null, which is taken as if it were not there", at: SourceRange(position),
      hint: "remove the line, or give the field a value", severity: .warning)
    diagnostic.field = path.description
    return diagnostic
  }

  static func noneHolds(
    _ key: String, _ failures: [Diagnostics], _ path: FieldPath, at position: Position
  ) -> Diagnostic {
    var diagnostic = Diagnostic.wrong(
      path, "must fulfil \(key == "oneOf" ? "exactly one" : "one") of \(failures.count) conditions, and fulfils none",
      at: position)
    diagnostic.notes = failures.enumerated().compactMap { index, failure in
      failure.list.first.map { Diagnostic.Note("condition \(index + 1): \($0.message)") }
    }
    return diagnostic
  }
}

extension StructuralSchema {
  /// How to mend a value of the wrong type, where that is clear.
  func hint(for value: Node) -> String? {
    switch (type?.text, value) {
    case ("string", .int), ("string", .unsigned), ("string", .float), ("string", .bool):
      "put it in quotes: \(FieldValue.text(.string(ByteString(FieldValue.text(value)))))"
    case ("integer", .string(let text)) where Int64(text.text) != nil: "remove the quotes: \(text)"
    case ("number", .string(let text)) where Double(text.text) != nil: "remove the quotes: \(text)"
    case ("boolean", .string(let text)) where text == "true" || text == "false": "remove the quotes: \(text)"
    case ("array", .string), ("array", .int), ("array", .bool), ("array", .map): "begin each item with '- '"
    default: nil
    }
  }
}
