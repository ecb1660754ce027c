import Files
import Glibc

/// `sorted`.
enum Sorting {
  static var sorted: Builtin {
    Builtin("sorted") { arguments, thread throws(Failure) in
      let bound = try arguments.bind("sorted", ["iterable", "key?", "reverse?"])
      guard let iterable = bound[0] else { return .none }
      guard iterable.isIterable else { throw bound.mismatch(0, iterable, "iterable") }
      let key = try bound.callable(1)
      let isReversed = try bound.bool(2) ?? false
      let values = try iterable.collectElements()
      guard let key else { return .object(List(try sort(values, isReversed: isReversed))) }
      var keys: [Value] = []
      keys.reserveCapacity(values.count)
      for value in values { keys.append(try thread.call(key, Arguments([value]))) }
      let order = try order(of: keys, isReversed: isReversed)
      return .object(List(order.map { values[Int($0)] }))
    }
  }

  private static func sort(_ values: [Value], isReversed: Bool) throws(Failure) -> [Value] {
    try order(of: values, isReversed: isReversed).map { values[Int($0)] }
  }

  /// The numbers of the keys in their order; equal ones stay in the order given.
  private static func order(of keys: [Value], isReversed: Bool) throws(Failure) -> [Int32] {
    if let numbers = integers(keys) {
      return mergeSort(numbers, isReversed: isReversed) { $0 < $1 }
    }
    if keys.allSatisfy({ $0.string != nil }) {
      let texts = keys.map { StringKey($0.string ?? .empty) }
      // The strings are kept alive by `keys` while their bytes are compared.
      return withExtendedLifetime(keys) { mergeSort(texts, isReversed: isReversed) { $0.isLess(than: $1) } }
    }
    return try mergeSort(keys, isReversed: isReversed) { left, right throws(Failure) in
      try left.compare(.less, right)
    }
  }

  private static func integers(_ keys: [Value]) -> [Int64]? {
    var numbers: [Int64] = []
    numbers.reserveCapacity(keys.count)
    for key in keys {
      guard case .int(let number) = key else { return nil }
      numbers.append(number)
    }
    return numbers
  }

  /// A string that something else keeps alive: comparing such keys counts no references.
  private struct StringKey {
    let prefix: UInt64
    let bytes: UnsafeBufferPointer<UInt8>

    init(_ text: ByteString) {
      bytes = text.withBytes { $0 }
      var prefix: UInt64 = 0
      for index in 0..<8 { prefix = prefix << 8 | (index < bytes.count ? UInt64(bytes[index]) : 0) }
      self.prefix = prefix
    }

    @inline(__always)
    func isLess(than other: StringKey) -> Bool {
      if prefix != other.prefix { return prefix < other.prefix }
      let common = min(bytes.count, other.bytes.count)
      guard common > 0, let left = bytes.baseAddress, let right = other.bytes.baseAddress else {
        return bytes.count < other.bytes.count
      }
      let order = memcmp(left, right, common)
      return order == 0 ? bytes.count < other.bytes.count : order < 0
    }
  }

  /// Merges ever longer runs; each failing comparison ends it.
  @inline(__always)
  private static func mergeSort<Key, E: Error>(
    _ keys: [Key], isReversed: Bool, _ isLess: (Key, Key) throws(E) -> Bool
  ) throws(E) -> [Int32] {
    var order = (0..<Int32(clamping: keys.count)).map { $0 }
    var merged = order
    var width = 1
    while width < order.count {
      var start = 0
      while start < order.count {
        let middle = min(start + width, order.count)
        let end = min(start + 2 * width, order.count)
        var left = start
        var right = middle
        var next = start
        while left < middle && right < end {
          let a = keys[Int(order[left])]
          let b = keys[Int(order[right])]
          let takesRight = isReversed ? try isLess(a, b) : try isLess(b, a)
          if takesRight {
            merged[next] = order[right]
            right += 1
          } else {
            merged[next] = order[left]
            left += 1
          }
          next += 1
        }
        while left < middle {
          merged[next] = order[left]
          left += 1
          next += 1
        }
        while right < end {
          merged[next] = order[right]
          right += 1
          next += 1
        }
        start = end
      }
      swap(&order, &merged)
      width *= 2
    }
    return order
  }
}

/// `min` and `max`.
enum Extremes {
  static var min: Builtin { function("min", .less) }
  static var max: Builtin { function("max", .greater) }

  private static func function(_ name: ByteString, _ operation: Ordering) -> Builtin {
    Builtin(name) { arguments, thread throws(Failure) in
      if arguments.positional.isEmpty { throw Failure("\(name) requires at least one positional argument") }
      let key = try Arguments([], keyword: arguments.keyword).bind(name, ["key?"]).callable(0)
      var values = arguments.positional
      if values.count == 1 {
        guard values[0].isIterable else {
          throw Failure("\(name): \(values[0].typeName) value is not iterable")
        }
        values = try values[0].collectElements()
      }
      guard var best = values.first else { throw Failure("\(name): argument is an empty sequence") }
      var bestKey = try key.map { key throws(Failure) in try thread.call(key, Arguments([best])) } ?? best
      for value in values.dropFirst() {
        let valueKey = try key.map { key throws(Failure) in try thread.call(key, Arguments([value])) } ?? value
        do throws(Failure) {
          if try valueKey.compare(operation, bestKey) {
            best = value
            bestKey = valueKey
          }
        } catch { throw error.prefixed("\(name): ") }
      }
      return best
    }
  }
}
