import Files

extension Markers {
  /// A rule in the Common Expression Language.
  struct Validation: Marker {
    static let definitions = MarkerDefinition.validation(
      "XValidation", since: .v0(9),
      taking: [
        MarkerArgument("rule", .string),
        MarkerArgument("message", .string, isOptional: true),
        MarkerArgument("messageExpression", .string, isOptional: true, since: .v0(15)),
        MarkerArgument("reason", .string, isOptional: true, since: .v0(16)),
        MarkerArgument("fieldPath", .string, isOptional: true, since: .v0(16)),
        MarkerArgument("optionalOldSelf", .bool, isOptional: true, since: .v0(17, 3)),
      ], "a rule in CEL that values must obey")
    let rule: ValidationRule
    init(_ arguments: MarkerArguments) {
      var rule = ValidationRule(rule: arguments.string("rule"), message: arguments.string("message"))
      rule.messageExpression = arguments.string("messageExpression")
      rule.reason = arguments.string("reason")
      rule.fieldPath = arguments.string("fieldPath")
      rule.optionalOldSelf = arguments.bool("optionalOldSelf")
      self.rule = rule
    }
    func apply(to schema: inout Schema, in context: MarkerContext) throws(MarkerMistake) {
      if !rule.reason.isEmpty && !Self.reasons.contains(rule.reason) {
        throw MarkerMistake(
          "\"\(rule.reason)\" is not a reason",
          hint: "use one of " + Self.reasons.map(\.text).joined(separator: ", "))
      }
      schema.append(rule)
    }

    private static let reasons: [ByteString] = [
      "FieldValueRequired", "FieldValueInvalid", "FieldValueForbidden", "FieldValueDuplicate",
    ]
  }

  /// A value that never changes.
  struct Immutable: Marker {
    static let definitions = [
      MarkerDefinition("k8s:immutable", on: .field, since: .v0(21), "never lets the value change once it is set")
    ]
    init(_ arguments: MarkerArguments) {}
    func apply(to schema: inout Schema, in context: MarkerContext) throws(MarkerMistake) {
      schema.append(ValidationRule(rule: "self == oldSelf", message: "field is immutable"))
    }
  }

  /// At most one of some fields.
  struct AtMostOneOf: FieldChoice {
    static let definitions = choice("AtMostOneOf", since: .v0(19), "lets at most one of the named fields be set")
    static let priority = MarkerPriority.last
    static let comparison = "<= 1"
    static func message(_ fields: String) -> String { "at most one of the fields in \(fields) may be set" }
    let fields: [ByteString]
    init(_ arguments: MarkerArguments) { fields = arguments.strings() }
  }

  /// Exactly one of some fields.
  struct ExactlyOneOf: FieldChoice {
    static let definitions = choice("ExactlyOneOf", since: .v0(19), "requires exactly one of the named fields")
    static let priority = MarkerPriority.last + 1
    static let comparison = "== 1"
    static func message(_ fields: String) -> String { "exactly one of the fields in \(fields) must be set" }
    let fields: [ByteString]
    init(_ arguments: MarkerArguments) { fields = arguments.strings() }
  }

  /// At least one of some fields.
  struct AtLeastOneOf: FieldChoice {
    static let definitions = choice("AtLeastOneOf", since: .v0(20), "requires at least one of the named fields")
    static let priority = MarkerPriority.last + 2
    static let comparison = ">= 1"
    static func message(_ fields: String) -> String { "at least one of the fields in \(fields) must be set" }
    let fields: [ByteString]
    init(_ arguments: MarkerArguments) { fields = arguments.strings() }
  }
}

/// A marker that says how many of some fields may be set.
protocol FieldChoice: Marker {
  var fields: [ByteString] { get }
  static var comparison: String { get }
  static func message(_ fields: String) -> String
}

extension FieldChoice {
  static func choice(_ name: String, since: ControllerGenVersion, _ summary: String) -> [MarkerDefinition] {
    [
      MarkerDefinition(
        ByteString("kubebuilder:validation:" + name), on: .type, since: since, taking: [.unnamed(.list(.string))],
        summary)
    ]
  }

  package func apply(to schema: inout Schema, in context: MarkerContext) throws(MarkerMistake) {
    if fields.isEmpty { return }
    let isSet = fields.map { "has(self.\($0))" }.joined(separator: ",")
    let list = "[" + fields.map(\.text).joined(separator: " ") + "]"
    schema.append(
      ValidationRule(
        rule: ByteString("[\(isSet)].filter(x,x==true).size() \(Self.comparison)"),
        message: ByteString(Self.message(list))))
  }
}
