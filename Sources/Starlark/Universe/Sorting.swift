import Files

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

  /// The numbers of the keys in their order; equal ones stay in the order given. A merge sort from the bottom up: each
  /// failing comparison ends it.
  private static func order(of keys: [Value], isReversed: Bool) throws(Failure) -> [Int32] {
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
          let takesRight = isReversed ? try a.isLess(than: b) : try b.isLess(than: a)
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

extension Value {
  @inline(__always)
  fileprivate func isLess(than other: Value) throws(Failure) -> Bool {
    switch (self, other) {
    case (.int(let a), .int(let b)): a < b
    case (.string(let a), .string(let b)): a < b
    default: try compare(.less, other)
    }
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
