import BigInt
package import Files

/// The ordering operators.
enum Ordering: UInt8 {
  case less, lessEqual, greater, greaterEqual

  var text: ByteString {
    switch self {
    case .less: "<"
    case .lessEqual: "<="
    case .greater: ">"
    case .greaterEqual: ">="
    }
  }

  /// The outcome of comparing with what is not a number, or with what differs in one: nothing holds.
  static let noOrder = Int.max

  /// Whether it holds for the outcome of a three-way comparison.
  func holds(_ order: Int) -> Bool {
    if order == Self.noOrder { return false }
    return switch self {
    case .less: order < 0
    case .lessEqual: order <= 0
    case .greater: order > 0
    case .greaterEqual: order >= 0
    }
  }

  func holds(_ left: Double, _ right: Double) -> Bool {
    switch self {
    case .less: left < right
    case .lessEqual: left <= right
    case .greater: left > right
    case .greaterEqual: left >= right
    }
  }
}

/// How deep values may nest inside each other and still be compared: as in the real tool, and enough to stop at values
/// that contain themselves.
private let deepestComparison = 10

extension Value {
  var isObject: Bool {
    if case .object = self { true } else { false }
  }

  /// Whether `==` holds. Lists, tuples and dictionaries are compared in depth; fails if they nest deeper than 10.
  package func isEqual(to other: Value) throws(Failure) -> Bool { try equals(other) }

  func equals(_ other: Value, depth: Int = deepestComparison) throws(Failure) -> Bool {
    switch (self, other) {
    case (.string(let left), .string(let right)): return left == right
    case (.int(let left), .int(let right)): return left == right
    case (.none, .none): return true
    case (.bool(let left), .bool(let right)): return left == right
    case (.float(let left), .float(let right)): return left == right
    case (.object(let left), .object(let right)):
      if depth < 1 { throw .tooDeepToCompare() }
      if left.kind != right.kind || (left.kind == .other && left.typeName != right.typeName) { return false }
      return try left.isEqual(to: right, depth: depth) ?? (left === right)
    case (.int(let left), .float(let right)): return Int64(exactly: right) == left
    case (.float(let left), .int(let right)): return Int64(exactly: left) == right
    case (.object(let left), .float(let right)) where left.kind == .bigInteger:
      return BigInteger(exactly: right)?.value == bigInt
    case (.float(let left), .object(let right)) where right.kind == .bigInteger:
      return BigInteger(exactly: left)?.value == other.bigInt
    default: return false
    }
  }

  /// A negative number, 0 or a positive number, as `<`, `==` or `>` holds; fails with "int < string not implemented".
  /// NaN is like every number.
  package func order(comparedTo other: Value) throws(Failure) -> Int {
    let order = try order(comparedTo: other, depth: deepestComparison, operation: "<")
    return order == Ordering.noOrder ? 0 : order
  }

  func compare(_ operation: Ordering, _ other: Value) throws(Failure) -> Bool {
    switch (self, other) {
    case (.int(let left), .int(let right)):
      return operation.holds(left < right ? -1 : left == right ? 0 : 1)
    case (.float(let left), .float(let right)): return operation.holds(left, right)
    default:
      return operation.holds(
        try order(comparedTo: other, depth: deepestComparison, operation: operation.text))
    }
  }

  func order(comparedTo other: Value, depth: Int, operation: ByteString) throws(Failure) -> Int {
    switch (self, other) {
    case (.int(let left), .int(let right)): return left < right ? -1 : left == right ? 0 : 1
    case (.string(let left), .string(let right)): return left < right ? -1 : left == right ? 0 : 1
    case (.float(let left), .float(let right)):
      return left < right ? -1 : left == right ? 0 : left > right ? 1 : Ordering.noOrder
    case (.float(let number), _) where number.isNaN && other.double != nil: return Ordering.noOrder
    case (_, .float(let number)) where number.isNaN && double != nil: return Ordering.noOrder
    case (.none, .none): return 0
    case (.bool(let left), .bool(let right)): return (left ? 1 : 0) - (right ? 1 : 0)
    case (.object(let left), .object(let right)) where left.kind != .bigInteger:
      if depth < 1 { throw .tooDeepToCompare() }
      if left.typeName == right.typeName,
        let order = try left.order(comparedTo: right, depth: depth, operation: operation)
      {
        return order
      }
    default:
      if let left = bigInt, let right = other.bigInt { return left < right ? -1 : left == right ? 0 : 1 }
      if let left = bigInt, case .float(let right) = other { return Self.order(left, right) }
      if case .float(let left) = self, let right = other.bigInt {
        // Left of an integer, ytt takes infinity for its opposite.
        return left.isInfinite ? Self.order(right, left) : -Self.order(right, left)
      }
    }
    throw Failure("\(typeName) \(operation) \(other.typeName) not implemented")
  }

  private static func order(_ left: BigInt, _ right: Double) -> Int {
    if !right.isFinite { return right < 0 ? 1 : -1 }
    let whole = BigInt(right.rounded(.down))
    if left != whole { return left < whole ? -1 : 1 }
    return right == right.rounded(.down) ? 0 : -1
  }

  /// The place of an element of something with `count` of them; negative numbers count from the end.
  func position(in count: Int, of type: StaticString, prefix: StaticString) throws(Failure) -> Int {
    let number: Int
    do throws(Failure) { number = try int32() } catch { throw error.prefixed("\(prefix)") }
    let position = number < 0 ? number + count : number
    if position >= 0 && position < count { return position }
    if count == 0 { throw Failure("index \(number) out of range: empty \(type)") }
    throw Failure("\(type) index \(number) out of range [\(-count):\(count - 1)]")
  }

  /// An integer that counts or points at something; fails with "got string, want int" or "9999999999 out of range".
  func int32() throws(Failure) -> Int {
    switch self {
    case .int(let number):
      if let small = Int32(exactly: number) { return Int(small) }
      throw Failure("\(number) out of range")
    case .object(let object) where object.kind == .bigInteger:
      throw Failure("\(repr) out of range")
    default:
      throw Failure("got \(typeName), want int")
    }
  }

  /// Whether a `for` loop can walk over it.
  package var isIterable: Bool {
    if case .object(let object) = self { object.isIterable } else { false }
  }

  /// An iterator over the elements; fails with "int value is not iterable". Call `finish()` on it at the end.
  package func makeIterator() throws(Failure) -> ValueIterator {
    if case .object(let object) = self, let iterator = try object.makeIterator() { return iterator }
    throw Failure("\(typeName) value is not iterable")
  }

  /// All elements of an iterable value; fails as `makeIterator` does.
  package func collectElements() throws(Failure) -> [Value] {
    if case .object(let object) = self {
      switch object.kind {
      case .list: return unsafeDowncast(object, to: List.self).elements
      case .tuple: return unsafeDowncast(object, to: Tuple.self).elements
      case .dict: return unsafeDowncast(object, to: Dict.self).table.keys
      case .set: return unsafeDowncast(object, to: ValueSet.self).table.keys
      default: break
      }
    }
    let iterator = try makeIterator()
    defer { iterator.finish() }
    var elements: [Value] = []
    while let element = try iterator.next() { elements.append(element) }
    return elements
  }

  /// What `len()` gives, if it gives anything.
  package var count: Int? {
    switch self {
    case .string(let text): text.count
    case .object(let object): object.count
    default: nil
    }
  }

  /// The value of `self.name`; nothing if there is no such field or method.
  package func attribute(_ name: ByteString) throws(Failure) -> Value? {
    switch self {
    case .string:
      Method.named(name).flatMap { $0.isStringMethod ? BoundMethod.value(self, $0) : nil }
    case .object(let object): try object.attribute(name)
    default: nil
    }
  }

  /// The names of its fields and methods, sorted.
  package var attributeNames: [ByteString] {
    switch self {
    case .string: Method.stringMethods.map(\.name).sorted()
    case .object(let object): object.attributeNames.sorted()
    default: []
    }
  }

  /// The value of `self.name`; fails with "string has no .nme field or method (did you mean .name?)".
  func requiredAttribute(_ name: ByteString) throws(Failure) -> Value {
    if let value = try attribute(name) { return value }
    var message = "\(typeName) has no .\(name) field or method"
    if let guess = Spelling.nearest(to: name, among: attributeNames) { message += " (did you mean .\(guess)?)" }
    throw Failure(message)
  }
}

extension Failure {
  fileprivate static func tooDeepToCompare() -> Failure {
    Failure("comparison exceeded maximum recursion depth")
  }
}
