package import Files

enum StringMethods {
  static func call(
    _ method: Method, _ text: ByteString, _ arguments: Arguments, _ thread: Thread
  ) throws(Failure) -> Value {
    switch method {
    case .format:
      return .string(try Formatting.format(text, arguments, thread))
    case .join:
      return .string(try join(text, arguments, thread))
    case .split, .rsplit:
      return try split(method, text, arguments)
    case .startswith, .endswith:
      return .bool(try hasAffix(method, text, arguments))
    case .replace:
      return .string(try replace(text, arguments, thread))
    case .count:
      return .int(Int64(try count(text, arguments)))
    case .find, .rfind, .index, .rindex:
      return .int(Int64(try find(method, text, arguments)))
    case .partition, .rpartition:
      return try partition(method, text, arguments)
    case .strip, .lstrip, .rstrip:
      try arguments.check(method.name, atLeast: 0, atMost: 1)
      return .string(
        strip(
          text, try arguments.string(method.name, 0) ?? .empty, left: method != .rstrip, right: method != .lstrip))
    case .splitlines:
      return try splitLines(text, arguments)
    default:
      try arguments.check(method.name, exactly: 0)
    }
    switch method {
    case .lower: return .string(Casing.lower(text))
    case .upper: return .string(Casing.upper(text))
    case .capitalize: return .string(Casing.capitalize(text))
    case .title: return .string(Casing.title(text))
    case .isalnum: return .bool(all(text) { isLetter($0) || $0.properties.generalCategory == .decimalNumber })
    case .isalpha: return .bool(all(text, isLetter))
    case .isdigit: return .bool(all(text) { $0.properties.generalCategory == .decimalNumber })
    case .isspace: return .bool(all(text, isSpace))
    case .islower: return .bool(Casing.isCased(text) && text == Casing.lower(text))
    case .isupper: return .bool(Casing.isCased(text) && text == Casing.upper(text))
    case .istitle: return .bool(Casing.isTitle(text))
    case .elems, .elem_ords, .codepoints, .codepoint_ords:
      return .object(StringElements(text, method))
    default:
      throw Failure("string has no .\(method.name) field or method")
    }
  }

  private static func all(_ text: ByteString, _ condition: (Unicode.Scalar) -> Bool) -> Bool {
    var holds = !text.isEmpty
    text.forEachScalar { scalar, _ in
      holds = holds && condition(scalar)
      return holds
    }
    return holds
  }

  static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case " ", "\t", "\n", "\r", "\u{B}", "\u{C}": true
    default: scalar.value >= 0x80 && scalar.properties.isWhitespace
    }
  }

  private static func join(
    _ separator: ByteString, _ arguments: Arguments, _ thread: Thread
  ) throws(Failure) -> ByteString {
    try arguments.check("join", exactly: 1)
    let elements = try arguments.iterable("join", 0) ?? []
    var size = separator.count * max(0, elements.count - 1)
    for element in elements {
      guard case .string(let part) = element else {
        throw Failure("join: in list, want string, got \(element.typeName)")
      }
      size += part.count
    }
    try thread.checkString(size)
    return ByteString(capacity: size) { out in
      var offset = 0
      for (index, element) in elements.enumerated() {
        if index > 0 { offset = separator.copy(to: out, at: offset) }
        if case .string(let part) = element { offset = part.copy(to: out, at: offset) }
      }
      return offset
    }
  }

  private static func hasAffix(
    _ method: Method, _ text: ByteString, _ arguments: Arguments
  ) throws(Failure) -> Bool {
    try arguments.check(method.name, atLeast: 1, atMost: 3)
    var text = text
    if arguments.positional.count > 1 {
      text = text[try bounds(method, text, arguments)]
    }
    func matches(_ affix: ByteString) -> Bool {
      method == .startswith ? text.hasPrefix(affix) : text.hasSuffix(affix)
    }
    let wanted = arguments.positional[0]
    if case .string(let affix) = wanted { return matches(affix) }
    guard let tuple = wanted.tuple else {
      throw Failure("\(method.name): got \(wanted.typeName), want string or tuple of string")
    }
    for (index, element) in tuple.elements.enumerated() {
      guard case .string(let affix) = element else {
        throw Failure("\(method.name): want string, got \(element.typeName), for element \(index)")
      }
      if matches(affix) { return true }
    }
    return false
  }

  /// The part of the text that the second and third argument of a search mean.
  private static func bounds(
    _ method: Method, _ text: ByteString, _ arguments: Arguments
  ) throws(Failure) -> Range<Int> {
    do throws(Failure) {
      return try Slice.bounds(arguments.value(1), arguments.value(2), count: text.count)
    } catch { throw error.prefixed("\(method.name): ") }
  }

  private static func find(_ method: Method, _ text: ByteString, _ arguments: Arguments) throws(Failure) -> Int {
    try arguments.check(method.name, atLeast: 1, atMost: 3)
    let part = try arguments.string(method.name, 0) ?? .empty
    let range = try bounds(method, text, arguments)
    let isLast = method == .rfind || method == .rindex
    if let place = isLast ? text.lastRange(of: part, in: range) : text.firstRange(of: part, in: range) {
      return place
    }
    if method == .find || method == .rfind { return -1 }
    throw Failure("\(method.name): substring not found")
  }

  private static func count(_ text: ByteString, _ arguments: Arguments) throws(Failure) -> Int {
    try arguments.check("count", atLeast: 1, atMost: 3)
    let part = try arguments.string("count", 0) ?? .empty
    var range = try bounds(.count, text, arguments)
    if part.isEmpty {
      var scalars = 1
      text[range].forEachScalar { _, _ in
        scalars += 1
        return true
      }
      return scalars
    }
    var count = 0
    while let place = text.firstRange(of: part, in: range) {
      count += 1
      range = place + part.count..<range.upperBound
    }
    return count
  }

  private static func replace(
    _ text: ByteString, _ arguments: Arguments, _ thread: Thread
  ) throws(Failure) -> ByteString {
    try arguments.check("replace", atLeast: 2, atMost: 3)
    let old = try arguments.string("replace", 0) ?? .empty
    let new = try arguments.string("replace", 1) ?? .empty
    var left = try arguments.int("replace", 2) ?? -1
    if left < 0 { left = .max }
    var out = Output()
    if old.isEmpty {
      // Before each character, and at the end.
      text.forEachScalar { _, range in
        if left > 0 {
          left -= 1
          out.append(new)
        }
        out.append(text, range)
        return out.count <= thread.limits.stringBytes
      }
      if left > 0 { out.append(new) }
      try thread.checkString(out.count)
      return out.string
    }
    // Searching twice is cheaper than remembering where: most texts hold few.
    var matches = 0
    var rest = 0..<text.count
    while matches < left, let place = text.firstRange(of: old, in: rest) {
      matches += 1
      rest = place + old.count..<text.count
    }
    if matches == 0 { return text }
    let kept = text.count - matches * old.count
    let (added, overflow) = matches.multipliedReportingOverflow(by: new.count)
    try thread.checkString(overflow ? .max : kept + added)
    return ByteString(capacity: kept + added) { out in
      var offset = 0
      var start = 0
      for _ in 0..<matches {
        guard let place = text.firstRange(of: old, in: start..<text.count) else { break }
        offset = text.copy(start..<place, to: out, at: offset)
        offset = new.copy(to: out, at: offset)
        start = place + old.count
      }
      return text.copy(start..<text.count, to: out, at: offset)
    }
  }

  private static func partition(
    _ method: Method, _ text: ByteString, _ arguments: Arguments
  ) throws(Failure) -> Value {
    try arguments.check(method.name, exactly: 1)
    let separator = try arguments.string(method.name, 0) ?? .empty
    if separator.isEmpty { throw Failure("\(method.name): empty separator") }
    let isFirst = method == .partition
    let place =
      isFirst ? text.firstRange(of: separator) : text.lastRange(of: separator, in: 0..<text.count)
    guard let place else {
      let nothing = Value.string(.empty)
      return .object(Tuple(isFirst ? [.string(text), nothing, nothing] : [nothing, nothing, .string(text)]))
    }
    let rest = text[place + separator.count..<text.count]
    return .object(Tuple([.string(text[0..<place]), .string(separator), .string(rest)]))
  }

  /// Removes white space, or the characters in `set` if there are any.
  static func strip(_ text: ByteString, _ set: ByteString, left: Bool, right: Bool) -> ByteString {
    var members: [Unicode.Scalar] = []
    set.forEachScalar { scalar, _ in
      members.append(scalar)
      return true
    }
    func isStripped(_ scalar: Unicode.Scalar) -> Bool {
      members.isEmpty ? isSpace(scalar) : members.contains(scalar)
    }
    var first: Int?
    var last = 0
    text.forEachScalar { scalar, range in
      if !isStripped(scalar) {
        if first == nil { first = range.lowerBound }
        last = range.upperBound
      }
      return true
    }
    guard let first else { return .empty }
    return text[(left ? first : 0)..<(right ? last : text.count)]
  }

  private static func splitLines(_ text: ByteString, _ arguments: Arguments) throws(Failure) -> Value {
    try arguments.check("splitlines", atLeast: 0, atMost: 1)
    var keepsEnds = false
    if let value = arguments.value(0) {
      guard case .bool(let flag) = value else {
        throw Failure("splitlines: for parameter 1: got \(value.typeName), want bool")
      }
      keepsEnds = flag
    }
    var lines: [Value] = []
    var start = 0
    while start < text.count {
      let end = text.firstIndex(of: UInt8(ascii: "\n"), from: start)
      lines.append(.string(text[start..<(end.map { keepsEnds ? $0 + 1 : $0 } ?? text.count)]))
      start = (end ?? text.count) + 1
    }
    return .object(List(lines))
  }
}

/// What `elems()`, `codepoints()` and their like give: something to iterate over.
package final class StringElements: Object {
  private let text: ByteString
  private let method: Method

  init(_ text: ByteString, _ method: Method) {
    self.text = text
    self.method = method
    super.init()
  }

  private var isByCodepoint: Bool { method == .codepoints || method == .codepoint_ords }

  package override var typeName: ByteString { isByCodepoint ? "codepoints" : "elems" }
  package override var isIterable: Bool { true }

  package override func writeRepr(into out: inout Output) {
    Quoting.write(text, into: &out)
    out.append(".")
    out.append(method.name)
    out.append("()")
  }

  package override func makeIterator() throws(Failure) -> ValueIterator? {
    var elements: [Value] = []
    if isByCodepoint {
      text.forEachScalar { scalar, range in
        elements.append(method == .codepoints ? .string(text[range]) : .int(Int64(scalar.value)))
        return true
      }
    } else {
      for index in 0..<text.count {
        elements.append(method == .elems ? .string(text[index..<index + 1]) : .int(Int64(text[index])))
      }
    }
    return ArrayIterator(elements)
  }

  package override func hashValue() throws(Failure) -> Int { throw Failure("unhashable: \(typeName)") }
}
