import Files
import Starlark
import YAML

/// `@ytt:assert`: failing on purpose, catching failures, and the rules that validations use, as functions.
enum AssertModule {
  static func make() -> Module {
    Module(
      "assert",
      functions: [
        ("equals", equals), ("fail", fail), ("try_to", tryTo),
        (
          "min",
          { arguments, _ throws(Failure) in
            .object(OpaqueValue.rule(.min(try arguments.wanted(1)), "assert.min"))
          }
        ),
        (
          "max",
          { arguments, _ throws(Failure) in
            .object(OpaqueValue.rule(.max(try arguments.wanted(1)), "assert.max"))
          }
        ),
        (
          "min_len",
          { arguments, _ throws(Failure) in
            .object(OpaqueValue.rule(.minLength(try arguments.wanted(1).number()), "assert.min_len"))
          }
        ),
        (
          "max_len",
          { arguments, _ throws(Failure) in
            .object(OpaqueValue.rule(.maxLength(try arguments.wanted(1).number()), "assert.max_len"))
          }
        ),
        ("not_null", notNull), ("one_not_null", oneNotNull), ("one_of", oneOf),
      ])
  }

  private static func equals(_ arguments: Arguments, _ thread: Thread) throws(Failure) -> Value {
    guard arguments.positional.count == 2 else {
      throw Failure("got \(arguments.positional.count) arguments, want 2")
    }
    for value in arguments.positional where value.isCallable {
      throw Failure("expected argument not to be a function, but was \(value.hostTypeName)")
    }
    let expected = arguments.positional[0]
    let actual = arguments.positional[1]
    let expectedText = try YAMLModule.encode(expected)
    let actualText = try YAMLModule.encode(actual)
    guard expectedText == actualText else {
      throw Failure(
        "Not equal:\n(expected type: \(expected.typeName))\n\(expectedText)\n\n"
          + "(was type: \(actual.typeName))\n\(actualText)")
    }
    return .none
  }

  private static func fail(_ arguments: Arguments, _ thread: Thread) throws(Failure) -> Value {
    throw Failure("fail: \(try arguments.wanted(1).requireString())")
  }

  /// The result and `None`, or `None` and what went wrong.
  private static func tryTo(_ arguments: Arguments, _ thread: Thread) throws(Failure) -> Value {
    let function = try arguments.wanted(1)
    guard function.isCallable else {
      throw Failure("expected argument to be a function, but was \(function.hostTypeName)")
    }
    do throws(Failure) {
      return .object(Tuple([try thread.call(function), .none]))
    } catch {
      return .object(Tuple([.none, .string(error.message)]))
    }
  }

  private static func notNull(_ arguments: Arguments, _ thread: Thread) throws(Failure) -> Value {
    guard arguments.positional.count <= 1 else {
      throw Failure("got \(arguments.positional.count) arguments, want at most 1")
    }
    guard let value = arguments.positional.first else { return .object(OpaqueValue.rule(.notNull, "assert.not_null")) }
    try Assertion.notNull.check(value)
    return .bool(true)
  }

  private static func oneNotNull(_ arguments: Arguments, _ thread: Thread) throws(Failure) -> Value {
    guard arguments.positional.count <= 1 else {
      throw Failure("got \(arguments.positional.count) arguments, want 1")
    }
    var keys: Value?
    switch arguments.positional.first {
    case nil, .bool(true)?: break
    case .bool(false)?: throw Failure("one_not_null() cannot be False")
    case let value?:
      guard value.isSizedIterable else { throw Failure("expected a sequence of keys, but was a '\(value.typeName)'") }
      keys = value
    }
    return .object(OpaqueValue.rule(.oneNotNull(keys: keys), "assert.one_not_null"))
  }

  private static func oneOf(_ arguments: Arguments, _ thread: Thread) throws(Failure) -> Value {
    guard let first = arguments.positional.first else { throw Failure("got 0 arguments, want at least 1") }
    let allowed = arguments.positional.count > 1 ? .object(Tuple(arguments.positional)) : first
    guard allowed.isSizedIterable else { throw Failure("expected a sequence, but was a '\(allowed.typeName)'") }
    return .object(OpaqueValue.rule(.oneOf(allowed), "assert.one_of"))
  }
}

extension OpaqueValue {
  /// A rule that a template made: its `check` fails for values that break the rule.
  fileprivate static func rule(_ assertion: Assertion, _ name: ByteString) -> OpaqueValue {
    OpaqueValue(
      "@ytt:assert.assertion", hint: "@ytt:assert.assertion does not encode (did you mean to call check()?)",
      members: [("check", assertion.function(name))])
  }
}

extension Arguments {
  fileprivate func wanted(_ count: Int) throws(Failure) -> Value {
    guard positional.count == count, let first = positional.first else {
      throw Failure("got \(positional.count) arguments, want \(count)")
    }
    return first
  }
}

extension Value {
  /// The value as a whole number.
  fileprivate func number() throws(Failure) -> Value {
    switch self {
    case .int: return self
    case .float(let number):
      if let whole = Int64(exactly: number.rounded(.towardZero)) { return .int(whole) }
    default:
      if bigIntegerDigits != nil { return self }
    }
    throw Failure("expected value to be an number, but was \(typeName)")
  }

  /// Whether it has a length and can be walked over.
  fileprivate var isSizedIterable: Bool {
    guard case .object(let object) = self else { return false }
    return object.isIterable && object.count != nil
  }
}
