import BigInt
import Files

/// `"…" % values` and `"…".format(…)`.
enum Formatting {
  /// The value of `format % operand`.
  static func interpolate(_ format: ByteString, _ operand: Value, _ thread: Thread) throws(Failure) -> ByteString {
    try thread.writing { out throws(Failure) in try interpolate(format, operand, thread, into: &out) }
  }

  private static func interpolate(
    _ format: ByteString, _ operand: Value, _ thread: Thread, into out: inout Output
  ) throws(Failure) {
    let tuple = operand.tuple?.elements
    let count = tuple?.count ?? 1
    var next = 0
    var index = 0
    while let percent = format.firstIndex(of: UInt8(ascii: "%"), from: index) {
      out.append(format, index..<percent)
      index = percent + 1
      if index < format.count, format[index] == UInt8(ascii: "%") {
        out.append("%")
        index += 1
        continue
      }
      let value: Value
      if index < format.count, format[index] == UInt8(ascii: "(") {
        guard let close = format.firstIndex(of: UInt8(ascii: ")"), from: index) else {
          throw Failure("incomplete format key")
        }
        value = try lookUp(format[index + 1..<close], in: operand)
        index = close + 1
      } else {
        guard next < count else { throw Failure("not enough arguments for format string") }
        value = tuple?[next] ?? operand
      }
      guard index < format.count else { throw Failure("incomplete format") }
      try convert(value, format[index], into: &out)
      index += 1
      next += 1
      try thread.checkString(out.count)
    }
    if next < count { throw Failure("too many arguments for format string") }
    out.append(format, index..<format.count)
    try thread.checkString(out.count)
  }

  private static func lookUp(_ key: ByteString, in operand: Value) throws(Failure) -> Value {
    guard case .object(let object) = operand, try object.items() != nil else {
      throw Failure("format requires a mapping")
    }
    guard try object.contains(.string(key)) == true, let value = try object.element(at: .string(key)) else {
      throw Failure("key not found: \(key)")
    }
    return value
  }

  private static func convert(_ value: Value, _ conversion: UInt8, into out: inout Output) throws(Failure) {
    let letter = Unicode.Scalar(conversion)
    switch letter {
    case "s": value.writeStr(into: &out)
    case "r": value.writeRepr(into: &out)
    case "d", "i", "o", "x", "X":
      if case .int(let number) = value, letter == "d" || letter == "i" {
        out.append(decimal: number)
        return
      }
      let number: BigInt
      do throws(Failure) { number = try Conversions.truncated(value) } catch {
        throw error.prefixed("%\(String(letter)) format requires integer: ")
      }
      let radix = letter == "o" ? 8 : letter == "x" || letter == "X" ? 16 : 10
      out.append(text: String(number, radix: radix, uppercase: letter == "X"))
    case "e", "f", "g", "E", "F", "G":
      guard let number = value.double else {
        throw Failure("%\(String(letter)) format requires float, not \(value.typeName)")
      }
      if letter == "g" || letter == "G" {
        FloatText.write(number, upperCase: letter == "G", into: &out)
      } else {
        FloatText.write(number, conversion: conversion, into: &out)
      }
    case "c":
      try convertCharacter(value, into: &out)
    default:
      throw Failure("unknown conversion %\(String(letter))")
    }
  }

  private static func convertCharacter(_ value: Value, into out: inout Output) throws(Failure) {
    switch value {
    case .int(let number):
      guard let code = UInt32(exactly: number), code <= 0x10FFFF else {
        throw Failure("%c format requires a valid Unicode code point, got \(number)")
      }
      out.append(scalar: Unicode.Scalar(code) ?? "\u{FFFD}")
    case .string(let text):
      var count = 0
      text.forEachScalar { _, _ in
        count += 1
        return count < 2
      }
      guard count == 1 else { throw Failure("%c format requires a single-character string") }
      out.append(text)
    case .object(let object) where object.kind == .bigInteger:
      throw Failure("%c format requires a valid Unicode code point, got \(value.repr)")
    default:
      throw Failure("%c format requires int or single-character string, not \(value.typeName)")
    }
  }

  /// The value of `text.format(arguments)`.
  static func format(_ text: ByteString, _ arguments: Arguments, _ thread: Thread) throws(Failure) -> ByteString {
    try thread.writing { out throws(Failure) in try format(text, arguments, thread, into: &out) }
  }

  private static func format(
    _ text: ByteString, _ arguments: Arguments, _ thread: Thread, into out: inout Output
  ) throws(Failure) {
    var index = 0
    var next = 0
    var isAutomatic = false
    var isManual = false
    while index < text.count {
      let open = text.firstIndex(of: UInt8(ascii: "{"), from: index) ?? text.count
      try appendLiteral(text, index..<open, into: &out)
      if open == text.count { break }
      if open + 1 < text.count, text[open + 1] == UInt8(ascii: "{") {
        out.append("{")
        index = open + 2
        continue
      }
      guard let close = text.firstIndex(of: UInt8(ascii: "}"), from: open + 1) else {
        throw Failure("format: unmatched '{' in format")
      }
      index = close + 1
      if close == open + 1, !isManual, next < arguments.positional.count {
        // "{}", by far the most frequent.
        isAutomatic = true
        arguments.positional[next].writeStr(into: &out)
        next += 1
        try thread.checkString(out.count)
        continue
      }
      let field = Field(text[open + 1..<close])
      let value: Value
      if field.name.isEmpty {
        if isManual {
          throw Failure(
            "format: cannot switch from manual field specification to automatic field numbering")
        }
        isAutomatic = true
        guard next < arguments.positional.count else { throw Failure("format: tuple index out of range") }
        value = arguments.positional[next]
        next += 1
      } else if let number = decimal(field.name) {
        if isAutomatic {
          throw Failure(
            "format: cannot switch from automatic field numbering to manual field specification")
        }
        isManual = true
        guard number < arguments.positional.count else { throw Failure("format: tuple index out of range") }
        value = arguments.positional[number]
      } else {
        value = try named(field.name, arguments)
      }
      if !field.specification.isEmpty {
        throw Failure("format spec features not supported in replacement fields: \(field.specification)")
      }
      switch field.conversion {
      case "s": value.writeStr(into: &out)
      case "r": value.writeRepr(into: &out)
      default: throw Failure("format: unknown conversion \(Value.string(field.conversion).repr)")
      }
      try thread.checkString(out.count)
    }
  }

  /// Appends what stands outside fields, where `}}` is one bracket and `}` an error.
  private static func appendLiteral(
    _ text: ByteString, _ range: Range<Int>, into out: inout Output
  ) throws(Failure) {
    var index = range.lowerBound
    while let brace = text.firstIndex(of: UInt8(ascii: "}"), from: index), brace < range.upperBound {
      guard brace + 1 < range.upperBound, text[brace + 1] == UInt8(ascii: "}") else {
        throw Failure("format: single '}' in format")
      }
      out.append(text, index..<brace + 1)
      index = brace + 2
    }
    out.append(text, index..<range.upperBound)
  }

  /// `name!conversion:specification`
  private struct Field {
    var name: ByteString
    var conversion: ByteString = "s"
    var specification: ByteString = .empty

    init(_ field: ByteString) {
      var rest = field
      if let bang = field.firstIndex(of: UInt8(ascii: "!")) {
        name = field[0..<bang]
        rest = field[bang + 1..<field.count]
        conversion = rest
        if let colon = rest.firstIndex(of: UInt8(ascii: ":")) {
          conversion = rest[0..<colon]
          specification = rest[colon + 1..<rest.count]
        }
      } else {
        name = field
        if let colon = field.firstIndex(of: UInt8(ascii: ":")) {
          name = field[0..<colon]
          specification = field[colon + 1..<field.count]
        }
      }
    }
  }

  private static func decimal(_ text: ByteString) -> Int? {
    var number = 0
    for index in 0..<text.count {
      guard isDigit(text[index]), number < 1 << 40 else { return nil }
      number = number * 10 + Int(text[index] - UInt8(ascii: "0"))
    }
    return number
  }

  private static func named(_ name: ByteString, _ arguments: Arguments) throws(Failure) -> Value {
    if let value = arguments.named(name) { return value }
    if name.firstIndex(of: UInt8(ascii: ".")) != nil {
      throw Failure("format: attribute syntax x.y is not supported in replacement fields: \(name)")
    }
    if name.firstIndex(of: UInt8(ascii: "[")) != nil {
      throw Failure("format: element syntax a[i] is not supported in replacement fields: \(name)")
    }
    if name.firstIndex(of: UInt8(ascii: "{")) != nil {
      throw Failure("format: nested replacement fields not supported")
    }
    throw Failure("format: keyword \(name) not found")
  }
}
