import Files
import Glibc

/// Floating-point numbers as Go prints them.
package enum FloatText {
  /// Appends the number as `%g` does: in the shortest form that reads back, or rounded to `digits` significant digits;
  /// with an exponent below 1e-4, and from 1e6 on in the shortest form. Seen on Go's strconv.
  package static func write(_ number: Double, digits: Int? = nil, upperCase: Bool = false, into out: inout Output) {
    if writeSpecial(number, into: &out) { return }
    let (significand, exponent) = digits.map { rounded(number, $0) } ?? shortest(number)
    if number.sign == .minus { out.append("-") }
    // `exponent` is that of the first digit: 1 for 12.3.
    if exponent < -4 || exponent >= digits ?? 6 {
      writeExponent(significand, exponent, upperCase: upperCase, into: &out)
    } else if exponent < 0 {
      out.append("0.")
      out.append(repeatElement(UInt8(ascii: "0"), count: -exponent - 1))
      out.append(significand)
    } else if significand.count <= exponent + 1 {
      out.append(significand)
      out.append(repeatElement(UInt8(ascii: "0"), count: exponent + 1 - significand.count))
    } else {
      out.append(significand[0...exponent])
      out.append(".")
      out.append(significand[(exponent + 1)...])
    }
  }

  /// Appends the number as C's `%e` or `%f` does, with six digits behind the point.
  static func write(_ number: Double, conversion: UInt8, into out: inout Output) {
    if writeSpecial(number, into: &out) { return }
    out.append(print(number, "%.6" + String(Unicode.Scalar(conversion))))
  }

  private static func writeSpecial(_ number: Double, into out: inout Output) -> Bool {
    if number.isNaN {
      out.append("NaN")
    } else if number.isInfinite {
      out.append(number < 0 ? "-Inf" : "+Inf")
    } else {
      return false
    }
    return true
  }

  private static func writeExponent(
    _ significand: [UInt8], _ exponent: Int, upperCase: Bool, into out: inout Output
  ) {
    out.append(byte: significand[0])
    if significand.count > 1 {
      out.append(".")
      out.append(significand.dropFirst())
    }
    out.append(upperCase ? "E" : "e")
    out.append(exponent < 0 ? "-" : "+")
    if abs(exponent) < 10 { out.append("0") }
    out.append(text: String(abs(exponent)))
  }

  /// The fewest decimal digits that read back as the number, and the exponent of the first.
  private static func shortest(_ number: Double) -> ([UInt8], Int) { parse(Array(number.magnitude.description.utf8)) }

  /// The number rounded to that many decimal digits, trailing zeros removed, and the exponent of the first.
  private static func rounded(_ number: Double, _ digits: Int) -> ([UInt8], Int) {
    parse(print(number.magnitude, "%.\(digits - 1)e"))
  }

  /// Digits and exponent of a decimal number such as `120.5` or `1.5e-07`.
  private static func parse(_ text: [UInt8]) -> ([UInt8], Int) {
    var digits: [UInt8] = []
    var exponent = 0
    var point: Int?
    var index = 0
    while index < text.count {
      let byte = text[index]
      if byte == UInt8(ascii: ".") {
        point = digits.count
      } else if byte | 0x20 == UInt8(ascii: "e") {
        exponent = Int(String(decoding: text[(index + 1)...], as: UTF8.self)) ?? 0
        break
      } else {
        digits.append(byte)
      }
      index += 1
    }
    exponent += (point ?? digits.count) - 1
    while digits.count > 1, digits[0] == UInt8(ascii: "0") {
      digits.removeFirst()
      exponent -= 1
    }
    while digits.count > 1, digits.last == UInt8(ascii: "0") { digits.removeLast() }
    if digits == [UInt8(ascii: "0")] { exponent = 0 }
    return (digits, exponent)
  }

  private static func print(_ number: Double, _ format: String) -> [UInt8] {
    withVaList([number]) { arguments in
      // The longest `%f` of a Double has 309 digits before the point.
      withUnsafeTemporaryAllocation(of: CChar.self, capacity: 400) { buffer in
        let count = vsnprintf(buffer.baseAddress, buffer.count, format, arguments)
        return buffer.prefix(max(0, min(Int(count), buffer.count - 1))).map { UInt8(bitPattern: $0) }
      }
    }
  }
}
