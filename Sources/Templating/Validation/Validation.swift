package import Files
package import Starlark

/// What `@schema/validation` or `@assert/validate` demands of a value.
package struct Validation {
  /// One thing that a value must be.
  enum Rule {
    /// A function of the value, with the words that say what it is about.
    case custom(requirement: String, function: Value)
    case assertion(Assertion)

    /// What a value must be, in words that follow "must be: ".
    var requirement: String {
      switch self {
      case .custom(let requirement, _): requirement
      case .assertion(let assertion): assertion.requirement
      }
    }

    /// Whether a value that breaks this rule is not worth checking against the others.
    var isCritical: Bool {
      if case .assertion(.notNull) = self { true } else { false }
    }
  }

  /// The rules in the order in which they are checked.
  let rules: [Rule]
  /// When to check at all: a function of the value, or of the value and its surroundings.
  let when: Value?
  /// Whether null is a value to check; elsewhere it is left alone.
  let checksNull: Bool
  /// Where the annotation stands.
  package let position: Position
  /// Values that are known to be as demanded.
  let keptValues = KeptValues()

  /// Reads an annotation; fails with "Invalid @… annotation - …" where it makes no sense.
  package init(_ annotation: Annotation) throws(Failure) {
    var parser = ValidationParser(position: annotation.position)
    do throws(Failure) {
      try parser.parse(annotation.arguments)
    } catch {
      throw error.prefixed("Invalid @\(annotation.name) annotation - ")
    }
    rules = parser.rules
    when = parser.when
    checksNull = parser.checksNull
    position = annotation.position
  }
}

/// Turns the arguments of an annotation into rules.
private struct ValidationParser {
  let position: Position
  var custom: [Validation.Rule] = []
  var when: Value?
  var minLength: Value?
  var maxLength: Value?
  var min: Value?
  var max: Value?
  var checksNull = false
  var oneNotNull: Assertion?
  var oneOf: Value?

  init(position: Position) { self.position = position }

  /// In the order in which they are checked: null first, then what was written out, then the named ones as ytt
  /// orders them.
  var rules: [Validation.Rule] {
    var rules: [Validation.Rule] = checksNull ? [.assertion(.notNull)] : []
    rules += custom
    if let minLength { rules.append(.assertion(.minLength(minLength))) }
    if let maxLength { rules.append(.assertion(.maxLength(maxLength))) }
    if let min { rules.append(.assertion(.min(min))) }
    if let max { rules.append(.assertion(.max(max))) }
    if let oneNotNull { rules.append(.assertion(oneNotNull)) }
    if let oneOf { rules.append(.assertion(.oneOf(oneOf))) }
    return rules
  }

  mutating func parse(_ arguments: Arguments) throws(Failure) {
    if arguments.positional.isEmpty && arguments.keyword.isEmpty {
      throw Failure("expected annotation to have 2-tuple as argument(s), but found no arguments (by \(position))")
    }
    for argument in arguments.positional { custom.append(try rule(argument)) }
    for argument in arguments.keyword { try take(argument.name, argument.value) }
  }

  private func rule(_ argument: Value) throws(Failure) -> Validation.Rule {
    guard let tuple = argument.tuple else {
      throw Failure(
        "expected annotation to have 2-tuple as argument(s), but found: \(argument.repr) (by \(position))")
    }
    guard tuple.elements.count == 2 else {
      throw Failure("expected 2-tuple, but found tuple with length \(tuple.elements.count) (by \(position))")
    }
    guard case .string(let requirement) = tuple.elements[0] else {
      throw Failure(
        "expected first item in the 2-tuple to be a string describing a valid value, "
          + "but was \(tuple.elements[0].typeName) (at \(position))")
    }
    return .custom(requirement: requirement.text, function: try function(tuple.elements[1]))
  }

  /// A function, or the `check` of an assertion.
  private func function(_ value: Value) throws(Failure) -> Value {
    if value.isCallable { return value }
    guard value.hasAttributes else {
      throw Failure(
        "expected second item in the 2-tuple to be an assertion function, but was \(value.typeName) (at \(position))")
    }
    guard case .object(let object) = value, let check = try object.attribute("check") else {
      throw Failure(
        "expected second item in tuple to be an assertion function or assertion object, "
          + "but was a \(value.typeName) (at \(position))")
    }
    guard check.isCallable else {
      throw Failure("expected struct with attribute check(), but was \(check.typeName) (at \(position))")
    }
    return check
  }

  private mutating func take(_ name: ByteString, _ value: Value) throws(Failure) {
    switch name {
    case "when":
      guard value.isCallable else { throw wrongType(name, "a function", value) }
      when = value
    case "min_len": minLength = try number(name, value)
    case "max_len": maxLength = try number(name, value)
    case "min": min = value
    case "max": max = value
    case "not_null":
      guard case .bool(let flag) = value else { throw wrongType(name, "a boolean", value) }
      checksNull = flag
    case "one_not_null":
      if case .bool(let flag) = value {
        guard flag else { throw Failure("one_not_null= cannot be False") }
        oneNotNull = .oneNotNull(keys: nil)
      } else {
        guard value.isSequence else {
          throw Failure("expected True or a sequence of keys, but was a '\(value.typeName)'")
        }
        oneNotNull = .oneNotNull(keys: value)
      }
    case "one_of":
      guard value.isSequence else {
        throw Failure("expected keyword argument one_of to be a sequence, but was \(value.typeName)")
      }
      oneOf = value
    default:
      throw Failure("unknown keyword argument \"\(name)\" (at \(position))")
    }
  }

  /// A number without its fraction: lengths have none.
  private func number(_ name: ByteString, _ value: Value) throws(Failure) -> Value {
    if case .int = value { return value }
    if case .float(let number) = value, let whole = Int64(exactly: number.rounded(.towardZero)) { return .int(whole) }
    if value.bigIntegerDigits != nil { return value }
    throw wrongType(name, "a number", value)
  }

  private func wrongType(_ name: ByteString, _ wanted: String, _ value: Value) -> Failure {
    Failure("expected keyword argument \"\(name)\" to be \(wanted), but was \(value.typeName) (at \(position))")
  }
}

extension Value {
  /// Whether values of its type have attributes or methods at all.
  fileprivate var hasAttributes: Bool {
    switch self {
    case .none, .bool, .int, .float: false
    case .string: true
    case .object: bigIntegerDigits == nil && tuple == nil
    }
  }

  /// Whether it has elements that can be counted and walked over; strings have none.
  package var isSequence: Bool {
    if case .object(let object) = self { object.isIterable && object.count != nil } else { false }
  }
}
