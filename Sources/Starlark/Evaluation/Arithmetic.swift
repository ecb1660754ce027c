import BigInt
import Files

/// Operators on values, beyond the cases that the evaluator handles on its own.
enum Arithmetic {
  static func binary(
    _ operation: BinaryOperator, _ left: Value, _ right: Value, _ thread: Thread
  ) throws(Failure) -> Value {
    if case .int(let a) = left, case .int(let b) = right {
      // What most programs compute, without a detour.
      switch operation {
      case .add:
        let (sum, overflow) = a.addingReportingOverflow(b)
        if !overflow { return .int(sum) }
      case .multiply:
        let (product, overflow) = a.multipliedReportingOverflow(by: b)
        if !overflow { return .int(product) }
      case .modulo where a >= 0 && b > 0:
        return .int(a % b)
      default: break
      }
    }
    let result: Value? =
      switch operation {
      case .add: try add(left, right, thread)
      case .subtract: subtract(left, right)
      case .multiply: try multiply(left, right, thread)
      case .divide: try divide(left, right)
      case .floorDivide: try floorDivide(left, right)
      case .modulo: try modulo(left, right, thread)
      case .isIn: try contains(left, right).map { .bool($0) }
      case .isNotIn: try contains(left, right).map { .bool(!$0) }
      case .and, .or, .exclusiveOr: bitwise(operation, left, right)
      case .shiftLeft, .shiftRight: try shift(operation, left, right, thread)
      }
    if let result { return result }
    if case .object(let object) = left, let result = try object.binary(operation, right, isLeft: true) {
      return result
    }
    if case .object(let object) = right, let result = try object.binary(operation, left, isLeft: false) {
      return result
    }
    throw .unknownOperation(left, operation, right)
  }

  private static func numbers(
    _ left: Value, _ right: Value, _ integers: (BigInt, BigInt) -> BigInt, _ floats: (Double, Double) -> Double
  ) -> Value? {
    if case .float(let a) = left, case .float(let b) = right { return .float(floats(a, b)) }
    if let left = left.bigInt, let right = right.bigInt { return Value(integers(left, right)) }
    if let left = left.double, let right = right.double { return .float(floats(left, right)) }
    return nil
  }

  private static func subtract(_ left: Value, _ right: Value) -> Value? {
    if case .int(let a) = left, case .int(let b) = right {
      let (difference, overflow) = a.subtractingReportingOverflow(b)
      if !overflow { return .int(difference) }
    }
    return numbers(left, right, { $0 - $1 }, { $0 - $1 })
  }

  private static func add(_ left: Value, _ right: Value, _ thread: Thread) throws(Failure) -> Value? {
    switch (left, right) {
    case (.int(let a), .int(let b)):
      let (sum, overflow) = a.addingReportingOverflow(b)
      if !overflow { return .int(sum) }
    case (.float(let a), .float(let b)):
      return .float(a + b)
    case (.string(let a), .string(let b)):
      if b.isEmpty { return left }
      if a.isEmpty { return right }
      try thread.checkString(a.count + b.count)
      return .string(ByteString.joining(a, b))
    case (.object(let a), .object(let b)) where a.kind == b.kind:
      if let a = left.list, let b = right.list {
        try thread.checkElements(a.elements.count + b.elements.count)
        return .object(List(a.elements + b.elements))
      }
      if let a = left.tuple, let b = right.tuple {
        try thread.checkElements(a.elements.count + b.elements.count)
        return .object(Tuple(a.elements + b.elements))
      }
    default:
      break
    }
    return numbers(left, right, { $0 + $1 }, { $0 + $1 })
  }

  private static func multiply(_ left: Value, _ right: Value, _ thread: Thread) throws(Failure) -> Value? {
    switch (left, right) {
    case (.int(let a), .int(let b)):
      let (product, overflow) = a.multipliedReportingOverflow(by: b)
      if !overflow { return .int(product) }
    case (.float(let a), .float(let b)):
      return .float(a * b)
    case (.string(let text), _) where right.isInteger:
      return .string(try repeated(text, right, thread))
    case (_, .string(let text)) where left.isInteger:
      return .string(try repeated(text, left, thread))
    default:
      break
    }
    if right.isInteger {
      if let list = left.list { return .object(List(try repeated(list.elements, right, thread))) }
      if let tuple = left.tuple { return .object(Tuple(try repeated(tuple.elements, right, thread))) }
    }
    if left.isInteger {
      if let list = right.list { return .object(List(try repeated(list.elements, left, thread))) }
      if let tuple = right.tuple { return .object(Tuple(try repeated(tuple.elements, left, thread))) }
    }
    if let a = left.bigInt, let b = right.bigInt {
      try thread.checkBits(a.bitWidth + b.bitWidth)
      return Value(a * b)
    }
    return numbers(left, right, { $0 * $1 }, { $0 * $1 })
  }

  /// How often something is repeated: never less than 0 times.
  private static func times(_ count: Value) throws(Failure) -> Int {
    guard case .int(let number) = count, let small = Int32(exactly: number) else {
      throw Failure("repeat count \(count.repr) too large")
    }
    return max(0, Int(small))
  }

  private static func repeated(_ text: ByteString, _ count: Value, _ thread: Thread) throws(Failure) -> ByteString {
    if text.isEmpty { return text }
    let count = try times(count)
    let (size, overflow) = text.count.multipliedReportingOverflow(by: count)
    if overflow || size > thread.limits.stringBytes { throw .excessiveRepeat(size, "--max-string-size") }
    if size == 0 { return .empty }
    return ByteString(capacity: size) { out in
      text.withBytes { bytes in
        var offset = 0
        while offset < size {
          for index in 0..<bytes.count { out[offset + index] = bytes[index] }
          offset += bytes.count
        }
      }
      return size
    }
  }

  private static func repeated(_ elements: [Value], _ count: Value, _ thread: Thread) throws(Failure) -> [Value] {
    if elements.isEmpty { return [] }
    let count = try times(count)
    let (size, overflow) = elements.count.multipliedReportingOverflow(by: count)
    if overflow || size > thread.limits.elements { throw .excessiveRepeat(size, "--max-elements") }
    if elements.count == 1 { return Array(repeating: elements[0], count: size) }
    var result: [Value] = []
    result.reserveCapacity(size)
    for _ in 0..<count { result.append(contentsOf: elements) }
    return result
  }

  private static func divide(_ left: Value, _ right: Value) throws(Failure) -> Value? {
    guard let left = left.double, let right = right.double else { return nil }
    if right == 0 { throw Failure("real division by zero") }
    return .float(left / right)
  }

  private static func floorDivide(_ left: Value, _ right: Value) throws(Failure) -> Value? {
    if case .int(let a) = left, case .int(let b) = right {
      if b == 0 { throw Failure("floored division by zero") }
      let (quotient, overflow) = a.dividedReportingOverflow(by: b)
      if !overflow { return .int(a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient) }
    }
    if let a = left.bigInt, let b = right.bigInt {
      if b == 0 { throw Failure("floored division by zero") }
      let (quotient, remainder) = a.quotientAndRemainder(dividingBy: b)
      return Value(remainder != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient)
    }
    guard let a = left.double, let b = right.double else { return nil }
    if b == 0 { throw Failure("floored division by zero") }
    return .float((a / b).rounded(.down))
  }

  private static func modulo(_ left: Value, _ right: Value, _ thread: Thread) throws(Failure) -> Value? {
    if case .string(let format) = left { return .string(try Formatting.interpolate(format, right, thread)) }
    if case .int(let a) = left, case .int(let b) = right {
      if b == 0 { throw Failure("integer modulo by zero") }
      let (remainder, overflow) = a.remainderReportingOverflow(dividingBy: b)
      return .int(overflow ? 0 : remainder != 0 && (remainder < 0) != (b < 0) ? remainder + b : remainder)
    }
    if let a = left.bigInt, let b = right.bigInt {
      if b == 0 { throw Failure("integer modulo by zero") }
      let remainder = a % b
      return Value(remainder != 0 && (remainder < 0) != (b < 0) ? remainder + b : remainder)
    }
    guard let a = left.double, let b = right.double else { return nil }
    if b == 0 { throw Failure("float modulo by zero") }
    // The sign is that of the dividend, unlike that of integers.
    return .float(a.truncatingRemainder(dividingBy: b))
  }

  private static func contains(_ value: Value, _ container: Value) throws(Failure) -> Bool? {
    switch container {
    case .string(let text):
      guard case .string(let part) = value else {
        throw Failure("'in <string>' requires string as left operand, not \(value.typeName)")
      }
      return text.firstRange(of: part) != nil
    case .object(let object): return try object.contains(value)
    default: return nil
    }
  }

  private static func bitwise(_ operation: BinaryOperator, _ left: Value, _ right: Value) -> Value? {
    if case .int(let a) = left, case .int(let b) = right {
      return .int(operation == .and ? a & b : operation == .or ? a | b : a ^ b)
    }
    guard let a = left.bigInt, let b = right.bigInt else { return nil }
    return Value(operation == .and ? a & b : operation == .or ? a | b : a ^ b)
  }

  private static func shift(
    _ operation: BinaryOperator, _ left: Value, _ right: Value, _ thread: Thread
  ) throws(Failure) -> Value? {
    guard let number = left.bigInt else { return nil }
    let count = try right.int32()
    if count < 0 { throw Failure("negative shift count: \(count)") }
    if operation == .shiftRight { return Value(number >> count) }
    if count >= 512 { throw Failure("shift count too large: \(count)") }
    try thread.checkBits(number.bitWidth + count)
    return Value(number << count)
  }

  static func unary(_ operation: UnaryOperator, _ operand: Value) throws(Failure) -> Value {
    switch operand {
    case .int(let number):
      switch operation {
      case .plus: return operand
      case .complement: return .int(~number)
      case .minus:
        let (negated, overflow) = Int64(0).subtractingReportingOverflow(number)
        return overflow ? Value(-BigInt(number)) : .int(negated)
      }
    case .float(let number) where operation != .complement:
      return operation == .plus ? operand : .float(-number)
    case .object(let object):
      if let number = operand.bigInt {
        return operation == .plus ? operand : Value(operation == .minus ? -number : ~number)
      }
      if let result = try object.unary(operation) { return result }
    default: break
    }
    throw Failure("unknown unary op: \(operation.text) \(operand.typeName)")
  }
}

extension Value {
  var isInteger: Bool {
    switch self {
    case .int: true
    case .object(let object): object.kind == .bigInteger
    default: false
    }
  }
}

extension Failure {
  fileprivate static func unknownOperation(
    _ left: Value, _ operation: BinaryOperator, _ right: Value
  ) -> Failure {
    let hint: ByteString? =
      switch operation {
      case .or: "use 'or' instead of '|' for logical-or"
      case .and: "use 'and' instead of '&' for logical-and"
      default: nil
      }
    return Failure("unknown binary op: \(left.typeName) \(operation.text) \(right.typeName)", hint: hint)
  }

  fileprivate static func excessiveRepeat(_ size: Int, _ flag: String) -> Failure {
    Failure("excessive repeat (\(size) elements)", hint: ByteString("allow more with \(flag)"))
  }
}
