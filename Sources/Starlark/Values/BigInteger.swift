import BigInt
package import Files

/// An integer that does not fit 64 bits. One that does is always `Value.int`.
package final class BigInteger: Object {
  let value: BigInt

  init(_ value: BigInt) {
    self.value = value
    super.init(kind: .bigInteger)
  }

  convenience init?(exactly number: Double) {
    guard number.isFinite, number.rounded(.towardZero) == number else { return nil }
    self.init(BigInt(number))
  }

  var hash: Int {
    var hash = value.sign == .minus ? 1 : 2
    for word in value.magnitude.words { hash = Hashing.mix(hash, Int(bitPattern: word)) }
    return hash
  }

  package override var typeName: ByteString { "int" }
  package override var truth: Bool { true }

  package override func writeRepr(into out: inout Output) { out.append(text: String(value)) }

  package override func isEqual(to other: Object, depth: Int) throws(Failure) -> Bool? {
    (other as? BigInteger)?.value == value
  }

  package override func hashValue() throws(Failure) -> Int { hash }
}

extension Value {
  /// The integer in its shortest form.
  init(_ value: BigInt) {
    self = if let small = Int64(exactly: value) { .int(small) } else { .object(BigInteger(value)) }
  }

  /// An unsigned integer.
  package init(_ number: UInt64) {
    self = if let small = Int64(exactly: number) { .int(small) } else { .object(BigInteger(BigInt(number))) }
  }

  /// The integer, of any size, if it is one.
  var bigInt: BigInt? {
    switch self {
    case .int(let number): BigInt(number)
    case .object(let object) where object.kind == .bigInteger:
      unsafeDowncast(object, to: BigInteger.self).value
    default: nil
    }
  }

  /// An integer of any size from its digits, without sign or prefix; nothing if there is anything else, or nothing.
  static func integer(_ text: ByteString, radix: Int) -> Value? {
    guard !text.isEmpty, radix >= 2, radix <= 36 else { return nil }
    var small: Int64 = 0
    var fits = true
    for index in 0..<text.count {
      guard let digit = digitValue(text[index]), digit < radix else { return nil }
      if fits {
        let (product, overflowed) = small.multipliedReportingOverflow(by: Int64(radix))
        let (sum, overflowedAgain) = product.addingReportingOverflow(Int64(digit))
        fits = !overflowed && !overflowedAgain
        small = sum
      }
    }
    if fits { return .int(small) }
    return BigInt(text.text, radix: radix).map { Value($0) }
  }

  /// An integer of any size from decimal digits with or without a sign; nothing if it is not one.
  package static func integer(decimal text: ByteString) -> Value? {
    guard !text.isEmpty else { return nil }
    let isNegative = text[0] == UInt8(ascii: "-")
    let digits = isNegative || text[0] == UInt8(ascii: "+") ? text[1..<text.count] : text
    guard let value = integer(digits, radix: 10) else { return nil }
    return isNegative ? value.bigInt.map { Value(-$0) } : value
  }

  /// An integer beyond `Int64` as its decimal digits; nothing for every other value.
  package var bigIntegerDigits: ByteString? {
    guard case .object(let object) = self, object.kind == .bigInteger else { return nil }
    return repr
  }

  /// The number as a `Double`, the nearest for a large integer; nothing if it is no number.
  package var double: Double? {
    switch self {
    case .float(let number): number
    case .int(let number): Double(number)
    case .object(let object) where object.kind == .bigInteger:
      unsafeDowncast(object, to: BigInteger.self).double
    default: nil
    }
  }
}

extension BigInteger {
  /// The nearest number with a fraction. The library forgets the sign of those that are infinite.
  fileprivate var double: Double { value.sign == .minus ? -Double(value.magnitude) : Double(value.magnitude) }
}
