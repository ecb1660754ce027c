package import Files

/// The shortest decimal digits that read back as a double, and where the point stands: 0.digits × 10^exponent.
package struct ShortestDigits {
  package private(set) var digits: [UInt8] = []
  package private(set) var exponent = 0

  /// `value` must be finite; its sign is left out.
  package init(_ value: Double) {
    // Swift prints the shortest digits, in one of the forms 12.5, 1e+20, 1.5e-07.
    var point: Int?
    var written = 0
    var power = 0
    var rest = Substring(value.magnitude.description).utf8
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: ".") {
        point = written
      } else if byte == UInt8(ascii: "e") {
        power = Int(String(Substring(rest))) ?? 0
        break
      } else {
        digits.append(byte)
        written += 1
      }
    }
    exponent = (point ?? written) + power
    let leading = digits.prefix { $0 == UInt8(ascii: "0") }.count
    digits.removeFirst(leading)
    exponent -= leading
    while digits.last == UInt8(ascii: "0") { digits.removeLast() }
    if digits.isEmpty { (digits, exponent) = ([UInt8(ascii: "0")], 1) }
  }
}

extension ByteBuffer {
  /// Appends a finite double with its shortest digits, in positional form if its decimal exponent is within `range`,
  /// otherwise with an exponent of at least `exponentDigits` digits.
  package mutating func append(
    float value: Double, positional range: ClosedRange<Int>, exponentDigits: Int = 2
  ) {
    if value.sign == .minus { append(UInt8(ascii: "-")) }
    let shortest = ShortestDigits(value)
    let digits = shortest.digits
    let exponent = shortest.exponent - 1
    if value == 0 || range.contains(exponent) {
      if shortest.exponent <= 0 {
        append(literal: "0.")
        append(repeating: UInt8(ascii: "0"), count: -shortest.exponent)
        append(digits)
      } else if digits.count <= shortest.exponent {
        append(digits)
        append(repeating: UInt8(ascii: "0"), count: shortest.exponent - digits.count)
      } else {
        append(digits[..<shortest.exponent])
        append(UInt8(ascii: "."))
        append(digits[shortest.exponent...])
      }
      return
    }
    append(digits[0])
    if digits.count > 1 {
      append(UInt8(ascii: "."))
      append(digits[1...])
    }
    append(UInt8(ascii: "e"))
    append(exponent < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
    if exponent.magnitude < 10 && exponentDigits == 2 { append(UInt8(ascii: "0")) }
    append(decimal: exponent.magnitude)
  }

  /// Appends a double as Go's `%g` with the shortest digits does and ytt's YAML shows it: `1e+06`, `.inf`.
  package mutating func append(yamlFloat value: Double) {
    if value.isNaN {
      append(literal: ".nan")
    } else if value.isInfinite {
      append(value < 0 ? ByteString("-.inf") : ByteString(".inf"))
    } else {
      append(float: value, positional: -4...5)
    }
  }

  private mutating func append(_ digits: some Collection<UInt8>) {
    for digit in digits { append(digit) }
  }
}
