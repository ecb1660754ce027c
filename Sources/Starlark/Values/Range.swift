package import Files

/// What `range()` gives: integers at equal distances.
package final class IntegerRange: Object {
  let start: Int
  let stop: Int
  let step: Int
  /// How many numbers there are.
  let length: Int

  /// `step` must not be 0. The three must be small enough that no number of the range overflows.
  init(start: Int, stop: Int, step: Int) {
    self.start = start
    self.stop = stop
    self.step = step
    length =
      step > 0
      ? (stop > start ? (stop - 1 - start) / step + 1 : 0) : (start > stop ? (start - 1 - stop) / -step + 1 : 0)
    super.init(kind: .range)
  }

  func number(_ index: Int) -> Value { .int(Int64(start + index * step)) }

  package override var typeName: ByteString { "range" }
  package override var truth: Bool { length > 0 }
  package override var count: Int? { length }
  package override var isIterable: Bool { true }

  package override func element(at index: Value) throws(Failure) -> Value? {
    number(try index.position(in: length, of: "range", prefix: "range index: "))
  }

  package override func makeIterator() throws(Failure) -> ValueIterator? { RangeIterator(self) }

  package override func contains(_ value: Value) throws(Failure) -> Bool? {
    let number: Int
    switch value {
    case .int(let integer): number = Int(integer)
    case .float(let float) where float.isFinite:
      guard let integer = Int(exactly: float.rounded(.towardZero)) else { return false }
      number = integer
    case .object(let object) where object.kind == .bigInteger: return false
    default: throw Failure("'in <range>' requires integer as left operand, not \(value.typeName)")
    }
    let (distance, overflow) = number.subtractingReportingOverflow(start)
    if overflow { return false }
    let (quotient, remainder) = distance.quotientAndRemainder(dividingBy: step)
    return remainder == 0 && quotient >= 0 && quotient < length
  }

  package override func isEqual(to other: Object, depth: Int) throws(Failure) -> Bool? {
    guard let other = other as? IntegerRange, length == other.length else { return false }
    return length == 0 || (start == other.start && (length == 1 || step == other.step))
  }

  package override func hashValue() throws(Failure) -> Int { throw Failure("unhashable: range") }

  package override func writeRepr(into out: inout Output) {
    if step != 1 {
      out.append(text: "range(\(start), \(stop), \(step))")
    } else if start != 0 {
      out.append(text: "range(\(start), \(stop))")
    } else {
      out.append(text: "range(\(stop))")
    }
  }
}

private final class RangeIterator: ValueIterator {
  private let range: IntegerRange
  private var cursor = 0

  init(_ range: IntegerRange) { self.range = range }

  override func next() throws(Failure) -> Value? {
    guard cursor < range.length else { return nil }
    cursor += 1
    return range.number(cursor - 1)
  }
}
