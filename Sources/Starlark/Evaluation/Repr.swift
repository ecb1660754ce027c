package import Files

extension Value {
  /// What `str()` gives: the string itself, `repr` for everything else.
  package var str: ByteString {
    switch self {
    case .string(let text): text
    case .int(let number): Self.decimal(number)
    default: repr
    }
  }

  /// The digits of a number, written in place.
  private static func decimal(_ number: Int64) -> ByteString {
    var count = number < 0 ? 2 : 1
    var rest = number.magnitude
    while rest >= 10 {
      rest /= 10
      count += 1
    }
    return ByteString(capacity: count) { out in
      var rest = number.magnitude
      var index = count
      repeat {
        index -= 1
        out[index] = UInt8(ascii: "0") + UInt8(rest % 10)
        rest /= 10
      } while rest > 0
      if number < 0 { out[0] = UInt8(ascii: "-") }
      return count
    }
  }

  /// What `repr()` gives.
  package var repr: ByteString {
    var out = Output()
    writeRepr(into: &out)
    return out.string
  }

  /// Appends what `str()` gives.
  package func writeStr(into out: inout Output) {
    if case .string(let text) = self { out.append(text) } else { writeRepr(into: &out) }
  }

  /// Appends what `repr()` gives. A value that contains itself shows `...` there.
  package func writeRepr(into out: inout Output) {
    switch self {
    case .none: out.append("None")
    case .bool(let flag): out.append(flag ? "True" : "False")
    case .int(let number): out.append(decimal: number)
    case .float(let number): FloatText.write(number, digits: 6, into: &out)
    case .string(let text): Quoting.write(text, into: &out)
    case .object(let object): object.writeRepr(into: &out)
    }
  }
}

extension Output {
  /// Runs `body` unless that object is being written already, or too much is; then `...` stands for it.
  mutating func nested(_ object: Object, _ body: (inout Output) -> Void) {
    if path.contains(where: { $0 === object }) || path.count >= Self.deepest || count > Self.longest {
      append("...")
      return
    }
    path.append(object)
    body(&self)
    path.removeLast()
  }

  mutating func append(elements: [Value]) {
    for (index, element) in elements.enumerated() {
      if count > Self.longest { return append("...") }
      if index > 0 { append(", ") }
      element.writeRepr(into: &self)
    }
  }
}

/// Strings as source text.
enum Quoting {
  /// Appends the string in double quotes, with escapes as Go's `%q` writes them: printable characters stay, bytes that
  /// are not UTF-8 become `\x..`.
  static func write(_ text: ByteString, into out: inout Output) {
    out.append("\"")
    text.forEachScalar { scalar, range in
      switch scalar {
      case "\"": out.append("\\\"")
      case "\\": out.append("\\\\")
      case "\u{7}": out.append("\\a")
      case "\u{8}": out.append("\\b")
      case "\u{C}": out.append("\\f")
      case "\n": out.append("\\n")
      case "\r": out.append("\\r")
      case "\t": out.append("\\t")
      case "\u{B}": out.append("\\v")
      case "\u{20}"..."\u{7E}": out.append(byte: UInt8(truncatingIfNeeded: scalar.value))
      case "\u{FFFD}" where range.count == 1: writeHex(UInt32(text[range.lowerBound]), "\\x", 2, into: &out)
      case _ where scalar.value < 0x20 || scalar.value == 0x7F: writeHex(scalar.value, "\\x", 2, into: &out)
      case _ where isPrintable(scalar): out.append(text, range)
      case _ where scalar.value < 0x10000: writeHex(scalar.value, "\\u", 4, into: &out)
      default: writeHex(scalar.value, "\\U", 8, into: &out)
      }
      return true
    }
    out.append("\"")
  }

  private static func writeHex(_ value: UInt32, _ prefix: StaticString, _ width: Int, into out: inout Output) {
    let digits = String(value, radix: 16)
    out.append(prefix)
    out.append(text: String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits)
  }

  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator,
      .spaceSeparator:
      false
    default: true
    }
  }
}
