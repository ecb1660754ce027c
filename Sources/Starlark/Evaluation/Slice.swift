import Files

extension Thread {
  func evaluateSlice(
    _ node: UnsafeMutablePointer<TreeNode>, _ f: UnsafeMutablePointer<CallFrame>
  ) throws(Failure) -> Value {
    let parts = f.pointee.lists + Int(node.pointee.b)
    let value = try evaluate(node.pointee.a, f)
    let start = parts[0] < 0 ? nil : try evaluate(parts[0], f)
    let end = parts[1] < 0 ? nil : try evaluate(parts[1], f)
    let step = parts[2] < 0 ? nil : try evaluate(parts[2], f)
    f.pointee.position = node.pointee.position
    return try Slice.of(value, start, end, step)
  }
}

/// Parts of sequences.
enum Slice {
  static func of(_ value: Value, _ start: Value?, _ end: Value?, _ step: Value?) throws(Failure) -> Value {
    switch value {
    case .string(let text):
      let indices = try Indices(text.count, start, end, step)
      if indices.step == 1 { return .string(text[indices.start..<indices.end]) }
      return .string(ByteString(indices.map { text[$0] }))
    case .object(let object):
      switch object.kind {
      case .list:
        let elements = unsafeDowncast(object, to: List.self).elements
        return .object(List(pick(elements, try Indices(elements.count, start, end, step))))
      case .tuple:
        let elements = unsafeDowncast(object, to: Tuple.self).elements
        return .object(Tuple(pick(elements, try Indices(elements.count, start, end, step))))
      case .range:
        let range = unsafeDowncast(object, to: IntegerRange.self)
        let indices = try Indices(range.length, start, end, step)
        return .object(
          IntegerRange(
            start: range.start + range.step * indices.start, stop: range.start + range.step * indices.end,
            step: range.step * indices.step))
      default: break
      }
    default: break
    }
    throw Failure("invalid slice operand \(value.typeName)")
  }

  private static func pick(_ elements: [Value], _ indices: Indices) -> [Value] {
    if indices.step == 1 { return Array(elements[indices.start..<indices.end]) }
    return indices.map { elements[$0] }
  }

  /// The first and last index that `start` and `end` mean for something of that length: within it, and not crossed.
  static func bounds(_ start: Value?, _ end: Value?, count: Int) throws(Failure) -> Range<Int> {
    let first = Swift.min(max(try index(start, count, "start") ?? 0, 0), count)
    let last = min(max(try index(end, count, "end") ?? count, 0), count)
    return first..<max(first, last)
  }

  fileprivate static func index(_ value: Value?, _ count: Int, _ name: StaticString) throws(Failure) -> Int? {
    guard let value, !value.isNone else { return nil }
    do throws(Failure) {
      let number = try value.int32()
      return number < 0 ? number + count : number
    } catch {
      throw Failure("invalid \(name) index: got \(value.typeName), want int")
    }
  }
}

/// The indices that a slice picks.
private struct Indices: Sequence, IteratorProtocol {
  let start: Int
  let end: Int
  let step: Int
  private var current: Int

  init(_ count: Int, _ start: Value?, _ end: Value?, _ step: Value?) throws(Failure) {
    var stride = 1
    if let step, !step.isNone {
      do throws(Failure) { stride = try step.int32() } catch {
        throw Failure("got \(step.typeName) for slice step, want int")
      }
      if stride == 0 { throw Failure("zero is not a valid slice step") }
    }
    self.step = stride
    if stride > 0 {
      let bounds = try Slice.bounds(start, end, count: count)
      self.start = bounds.lowerBound
      self.end = bounds.upperBound
    } else {
      let first = Swift.min(try Slice.index(start, count, "start") ?? count - 1, count - 1)
      let last = Swift.max(try Slice.index(end, count, "end") ?? -1, -1)
      self.start = Swift.max(first, last)
      self.end = last
    }
    current = self.start
  }

  mutating func next() -> Int? {
    guard step > 0 ? current < end : current > end else { return nil }
    defer { current += step }
    return current
  }
}
