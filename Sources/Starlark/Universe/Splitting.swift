import Files

extension StringMethods {
  static func split(_ method: Method, _ text: ByteString, _ arguments: Arguments) throws(Failure) -> Value {
    try arguments.check(method.name, atLeast: 0, atMost: 2)
    let limit = try arguments.int(method.name, 1) ?? -1
    let most = limit < 0 ? Int.max : limit
    let isFromRight = method == .rsplit
    let parts: [Value]
    switch arguments.value(0) {
    case nil, Value.none?:
      parts = isFromRight ? wordsFromRight(text, most) : words(text, most)
    case .string(let separator)?:
      if separator.isEmpty { throw Failure("split: empty separator") }
      parts = isFromRight ? fieldsFromRight(text, separator, most) : fields(text, separator, most)
    case let other?:
      throw Failure("split: got \(other.typeName) for separator, want string")
    }
    return .object(List(parts))
  }

  private static func fields(_ text: ByteString, _ separator: ByteString, _ most: Int) -> [Value] {
    var parts: [Value] = []
    parts.reserveCapacity(4)
    var rest = 0..<text.count
    while parts.count < most, let place = text.firstRange(of: separator, in: rest) {
      parts.append(.string(text[rest.lowerBound..<place]))
      rest = place + separator.count..<text.count
    }
    parts.append(.string(text[rest]))
    return parts
  }

  private static func fieldsFromRight(_ text: ByteString, _ separator: ByteString, _ most: Int) -> [Value] {
    let parts = fields(text, separator, .max)
    let joined = parts.count - most
    guard most < parts.count, joined > 1 else { return parts }
    let length = parts.prefix(joined).reduce(0) { $0 + ($1.count ?? 0) } + separator.count * (joined - 1)
    return [.string(text[0..<length])] + parts.dropFirst(joined)
  }

  /// Where the runs between white space are.
  private static func wordRanges(_ text: ByteString) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start: Int?
    text.forEachScalar { scalar, range in
      if isSpace(scalar) {
        if let from = start { ranges.append(from..<range.lowerBound) }
        start = nil
      } else if start == nil {
        start = range.lowerBound
      }
      return true
    }
    if let start { ranges.append(start..<text.count) }
    return ranges
  }

  private static func words(_ text: ByteString, _ most: Int) -> [Value] {
    let ranges = wordRanges(text)
    guard most < ranges.count else { return ranges.map { .string(text[$0]) } }
    // The rest keeps the white space at its end.
    return ranges.prefix(most).map { .string(text[$0]) } + [.string(text[ranges[most].lowerBound..<text.count])]
  }

  private static func wordsFromRight(_ text: ByteString, _ most: Int) -> [Value] {
    let ranges = wordRanges(text)
    guard most < ranges.count else { return ranges.map { .string(text[$0]) } }
    let first = Value.string(text[0..<ranges[ranges.count - most - 1].upperBound])
    return [first] + ranges.suffix(most).map { .string(text[$0]) }
  }
}
