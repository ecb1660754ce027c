import BigInt
import Files

/// The functions that make values of a type: `int`, `float`, `list`, `tuple`, `set`, `dict`.
enum Conversions {
  static var dict: Builtin {
    Builtin("dict") { arguments, thread throws(Failure) in
      if arguments.positional.count > 1 {
        throw Failure("dict: got \(arguments.positional.count) arguments, want at most 1")
      }
      let dict = Dict()
      do throws(Failure) { try DictMethods.update(dict, arguments, thread) } catch {
        throw error.prefixed("dict: ")
      }
      return .object(dict)
    }
  }

  static var list: Builtin {
    Builtin("list") { arguments, _ throws(Failure) in
      try arguments.check("list", atLeast: 0, atMost: 1)
      return .object(List(try arguments.iterable("list", 0) ?? []))
    }
  }

  static var tuple: Builtin {
    Builtin("tuple") { arguments, _ throws(Failure) in
      try arguments.check("tuple", atLeast: 0, atMost: 1)
      return .object(Tuple(try arguments.iterable("tuple", 0) ?? []))
    }
  }

  static var set: Builtin {
    Builtin("set") { arguments, _ throws(Failure) in
      try arguments.check("set", atLeast: 0, atMost: 1)
      let set = ValueSet()
      for element in try arguments.iterable("set", 0) ?? [] {
        do throws(Failure) { try set.insert(element) } catch { throw error.prefixed("set: ") }
      }
      return .object(set)
    }
  }

  static var float: Builtin {
    Builtin("float") { arguments, _ throws(Failure) in
      if !arguments.keyword.isEmpty { throw Failure("float does not accept keyword arguments") }
      if arguments.positional.isEmpty { return .float(0) }
      if arguments.positional.count > 1 {
        throw Failure("float got \(arguments.positional.count) arguments, wants 1")
      }
      switch arguments.positional[0] {
      case .bool(let flag): return .float(flag ? 1 : 0)
      case .string(let text): return .float(try parseFloat(text))
      case let value:
        guard let number = value.double else {
          throw Failure("float got \(value.typeName), want number or string")
        }
        return .float(number)
      }
    }
  }

  private static func parseFloat(_ text: ByteString) throws(Failure) -> Double {
    let complaint = "float: strconv.ParseFloat: parsing \(Value.string(text).repr)"
    guard let number = FloatSyntax.number(text) else { throw Failure("\(complaint): invalid syntax") }
    if number.isInfinite && !FloatSyntax.saysInfinity(text) { throw Failure("\(complaint): value out of range") }
    return number
  }

  static var int: Builtin {
    Builtin("int") { arguments, thread throws(Failure) in
      let bound = try arguments.bind("int", ["x", "base?"])
      let value = bound[0] ?? .int(0)
      if case .string(let text) = value { return try parseInt(text, base: bound[1], thread) }
      if bound[1] != nil { throw Failure("int: can't convert non-string with explicit base") }
      if case .bool(let flag) = value { return .int(flag ? 1 : 0) }
      do throws(Failure) { return Value(try truncated(value)) } catch { throw error.prefixed("int: ") }
    }
  }

  /// A number without its fraction.
  static func truncated(_ value: Value) throws(Failure) -> BigInt {
    if let number = value.bigInt { return number }
    guard case .float(let number) = value else { throw Failure("cannot convert \(value.typeName) to int") }
    if number.isNaN { throw Failure("cannot convert float NaN to integer") }
    if number.isInfinite { throw Failure("cannot convert float infinity to integer") }
    return BigInt(number.rounded(.towardZero))
  }

  private static func parseInt(_ text: ByteString, base: Value?, _ thread: Thread) throws(Failure) -> Value {
    var radix = 10
    if let base {
      guard case .int(let number) = base, number == 0 || (2...36).contains(number) else {
        throw Failure("int: base must be an integer >= 2 && <= 36")
      }
      radix = Int(number)
    }
    func invalid() -> Failure { Failure("int: invalid literal with base \(radix): \(text)") }
    try thread.checkBits(text.count * 4)
    var digits = text
    var isNegative = false
    if !digits.isEmpty, digits[0] == UInt8(ascii: "-") || digits[0] == UInt8(ascii: "+") {
      isNegative = digits[0] == UInt8(ascii: "-")
      digits = digits[1..<digits.count]
    }
    var prefixRadix = 0
    if digits.count > 2, digits[0] == UInt8(ascii: "0") {
      switch digits[1] | 0x20 {
      case UInt8(ascii: "o"): prefixRadix = 8
      case UInt8(ascii: "x"): prefixRadix = 16
      case UInt8(ascii: "b"): prefixRadix = 2
      default: break
      }
      // In a larger base these letters may be digits.
      if prefixRadix != 0 {
        if radix != 0 && radix != prefixRadix { throw invalid() }
        digits = digits[2..<digits.count]
      }
    }
    if radix == 0 {
      if prefixRadix == 0, digits.count > 1, digits[0] == UInt8(ascii: "0"),
        !digits.bytes.allSatisfy({ $0 == UInt8(ascii: "0") })
      {
        throw invalid()
      }
      radix = prefixRadix == 0 ? 10 : prefixRadix
    }
    guard let value = Value.integer(digits, radix: radix) else { throw invalid() }
    return isNegative ? try Arithmetic.unary(.minus, value) : value
  }
}
