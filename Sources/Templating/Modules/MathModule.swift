import Files
import Glibc
import Starlark

/// `@ytt:math`: functions on floats. Their last digits may differ between machines, so the first use warns.
enum MathModule {
  static func make(for run: TemplateLoader.Run) -> Module {
    let rendering = run.loader.rendering
    func warned(_ name: ByteString, _ body: @escaping Builtin.Body) -> (name: ByteString, value: Value) {
      (
        name,
        .function(name) { [unowned rendering] arguments, thread throws(Failure) in
          rendering.warn(
            "\nWarning: @ytt:math is used; its results may differ in the last digits between kinds of processors.")
          return try body(arguments, thread)
        }
      )
    }
    var members = unary.map { name, function in
      warned(name) { arguments, _ throws(Failure) in .float(function(try arguments.only().requireFloat())) }
    }
    members += binary.map { name, function in
      warned(name) { arguments, _ throws(Failure) in
        guard arguments.positional.count == 2 else { throw Failure("expected exactly two arguments") }
        return .float(
          function(try arguments.positional[0].requireFloat(), try arguments.positional[1].requireFloat()))
      }
    }
    members.append(warned("ceil") { arguments, _ throws(Failure) in try whole(arguments, "ceil", .up) })
    members.append(warned("floor") { arguments, _ throws(Failure) in try whole(arguments, "floor", .down) })
    members.append(warned("log", logarithm))
    members.append(("e", .float(M_E)))
    members.append(("pi", .float(.pi)))
    return Module("math", members)
  }

  private static let unary: [(ByteString, @Sendable (Double) -> Double)] = [
    ("fabs", { Swift.abs($0) }), ("round", { $0.rounded(.toNearestOrAwayFromZero) }), ("exp", { Glibc.exp($0) }),
    ("sqrt", { $0.squareRoot() }), ("acos", { Glibc.acos($0) }), ("asin", { Glibc.asin($0) }),
    ("atan", { Glibc.atan($0) }), ("cos", { Glibc.cos($0) }), ("sin", { Glibc.sin($0) }), ("tan", { Glibc.tan($0) }),
    ("degrees", { 360 * $0 / (2 * Double.pi) }), ("radians", { 2 * Double.pi * $0 / 360 }),
    ("acosh", { Glibc.acosh($0) }), ("asinh", { Glibc.asinh($0) }), ("atanh", { Glibc.atanh($0) }),
    ("cosh", { Glibc.cosh($0) }), ("sinh", { Glibc.sinh($0) }), ("tanh", { Glibc.tanh($0) }),
    ("gamma", { Glibc.tgamma($0) }),
  ]

  private static let binary: [(ByteString, @Sendable (Double, Double) -> Double)] = [
    ("copysign", { Glibc.copysign($0, $1) }), ("mod", { Glibc.fmod($0, $1) }), ("pow", { Glibc.pow($0, $1) }),
    ("remainder", { Glibc.remainder($0, $1) }), ("atan2", { Glibc.atan2($0, $1) }),
    ("hypot", { Glibc.hypot($0, $1) }),
  ]

  /// The next integer in a direction; integers stay as they are.
  private static func whole(
    _ arguments: Arguments, _ name: ByteString, _ direction: FloatingPointRoundingRule
  ) throws(Failure) -> Value {
    try arguments.check(name, exactly: 1)
    let value = arguments.positional[0]
    switch value {
    case .int: return value
    case .float(let number):
      let rounded = number.rounded(direction)
      if let exact = Int64(exactly: rounded) { return .int(exact) }
      guard rounded.isFinite else { throw Failure("cannot convert float \(value.str) to integer") }
      return try Self.bigInteger(rounded)
    default:
      if value.bigIntegerDigits != nil { return value }
      throw Failure("expected float value, but was \(value.hostTypeName)")
    }
  }

  /// A whole number beyond 64 bits: its significant bits times a power of two.
  private static func bigInteger(_ number: Double) throws(Failure) -> Value {
    var digits: [UInt8] = [0]
    for byte in String(UInt64(number.significand * 0x1p52)).utf8.map({ $0 - 48 }) {
      multiply(&digits, by: 10, adding: byte)
    }
    for _ in 0..<max(0, Int(number.exponent) - 52) { multiply(&digits, by: 2, adding: 0) }
    let text = (number < 0 ? "-" : "") + String(decoding: digits.reversed().map { $0 + 48 }, as: UTF8.self)
    guard let value = Value.integer(decimal: ByteString(text)) else { throw Failure("integer too large") }
    return value
  }

  private static func multiply(_ digits: inout [UInt8], by factor: UInt8, adding carry: UInt8) {
    var carry = carry
    for index in digits.indices {
      let product = digits[index] * factor + carry
      digits[index] = product % 10
      carry = product / 10
    }
    if carry > 0 { digits.append(carry) }
  }

  private static func logarithm(_ arguments: Arguments, _ thread: Thread) throws(Failure) -> Value {
    try arguments.check("log", atLeast: 1, atMost: 2)
    let number = try arguments.positional[0].requireFloat()
    let base = arguments.positional.count > 1 ? try arguments.positional[1].requireFloat() : M_E
    return .float(Glibc.log(number) / Glibc.log(base))
  }
}

extension Value {
  /// The number as a float; fails with what it was instead.
  fileprivate func requireFloat() throws(Failure) -> Double {
    switch self {
    case .float(let number): return number
    case .int(let number): return Double(number)
    default:
      if let digits = bigIntegerDigits, let number = Double(digits.text) { return number }
      throw Failure("expected float value, but was \(hostTypeName)")
    }
  }
}
