// What lives here: regular expressions in Go's syntax (RE2), for templates that ask for them and for the patterns of
// schemas. May import: Files. Start reading here.
package import Files

/// A regular expression with RE2's syntax and meaning: leftmost match, first choice first, time in proportion to the
/// length of the text.
package struct Regexp: Sendable {
  private enum Instruction: Sendable {
    case set(CharacterSet)
    /// Goes on at both; the first one is preferred.
    case split(Int, Int)
    case jump(Int)
    case save(Int)
    case assertion(RegexpAssertion)
    case match
  }

  private var program: [Instruction] = []
  /// The names of the groups; the whole match is the first one.
  package let groups: [String]
  /// The most instructions of an expression: counted repetitions multiply them.
  private static let maximumSize = 50_000

  /// Compiles `pattern`.
  /// - Throws: why it cannot be read, in the words of Go's `regexp`.
  package init(_ pattern: ByteString) throws(RegexpProblem) {
    var parser = RegexpParser(pattern)
    let node = try parser.parse()
    groups = parser.groups
    program.append(.save(0))
    do throws(TooLarge) {
      try emit(node)
    } catch {
      throw RegexpProblem("expression too large", pattern.text)
    }
    program += [.save(1), .match]
  }

  // MARK: Compiling

  private struct TooLarge: Error {}

  private mutating func emit(_ node: RegexpNode) throws(TooLarge) {
    guard program.count < Self.maximumSize else { throw TooLarge() }
    switch node {
    case .empty: break
    case .set(let set): program.append(.set(set))
    case .assertion(let assertion): program.append(.assertion(assertion))
    case .group(let number, let inner):
      program.append(.save(2 * number))
      try emit(inner)
      program.append(.save(2 * number + 1))
    case .sequence(let items):
      for item in items { try emit(item) }
    case .choice(let options):
      var jumps: [Int] = []
      for option in options.dropLast() {
        let split = program.count
        program.append(.split(split + 1, 0))
        try emit(option)
        jumps.append(program.count)
        program.append(.jump(0))
        program[split] = .split(split + 1, program.count)
      }
      if let last = options.last { try emit(last) }
      for jump in jumps { program[jump] = .jump(program.count) }
    case .repetition(let inner, let minimum, let maximum, let isGreedy):
      try emitRepetition(inner, minimum, maximum, isGreedy)
    }
  }

  private mutating func emitRepetition(
    _ inner: RegexpNode, _ minimum: Int, _ maximum: Int?, _ isGreedy: Bool
  ) throws(TooLarge) {
    for _ in 0..<minimum {
      guard program.count < Self.maximumSize else { throw TooLarge() }
      try emit(inner)
    }
    guard let maximum else {
      let split = program.count
      program.append(.jump(0))
      try emit(inner)
      program.append(.jump(split))
      program[split] = Self.split(split + 1, program.count, isGreedy)
      return
    }
    var splits: [Int] = []
    for _ in minimum..<max(minimum, maximum) {
      guard program.count < Self.maximumSize else { throw TooLarge() }
      splits.append(program.count)
      program.append(.jump(0))
      try emit(inner)
    }
    for split in splits { program[split] = Self.split(split + 1, program.count, isGreedy) }
  }

  private static func split(_ inside: Int, _ outside: Int, _ isGreedy: Bool) -> Instruction {
    isGreedy ? .split(inside, outside) : .split(outside, inside)
  }

  // MARK: Matching

  /// Places in the program that are under way, in the order of preference, with the groups found on the way there.
  private struct Threads {
    var list: [(instruction: Int, groups: [Int])] = []
    /// For each instruction, the step at which it was added last.
    var marks: [Int]

    init(size: Int) { marks = Array(repeating: -1, count: size) }
  }

  /// The leftmost match at or behind `start`: the offsets of each group, -1 where it took no part. Nothing if there is
  /// none.
  package func match(_ text: ByteString, from start: Int = 0) -> [Int]? {
    text.withBytes { match($0, from: start) }
  }

  private func match(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> [Int]? {
    var current = Threads(size: program.count)
    var next = Threads(size: program.count)
    var found: [Int]?
    var position = start
    let none = Array(repeating: -1, count: 2 * groups.count)
    while true {
      if found == nil { add(0, none, at: position, in: bytes, to: &current) }
      if current.list.isEmpty && found != nil { break }
      let (value, length) = Self.decode(bytes, at: position)
      next.list.removeAll(keepingCapacity: true)
      for (instruction, groups) in current.list {
        switch program[instruction] {
        case .set(let set):
          if length > 0, set.contains(value) {
            add(instruction + 1, groups, at: position + length, in: bytes, to: &next)
          }
          continue
        case .match: found = groups
        default: continue
        }
        // What comes behind a match is less preferred.
        break
      }
      if length == 0 { break }
      position += length
      swap(&current, &next)
    }
    return found
  }

  /// Follows the program from `instruction` to those that need a character.
  private func add(
    _ instruction: Int, _ groups: [Int], at position: Int, in bytes: UnsafeBufferPointer<UInt8>,
    to threads: inout Threads
  ) {
    var pending: [(instruction: Int, groups: [Int])] = [(instruction, groups)]
    while var (instruction, groups) = pending.popLast() {
      while threads.marks[instruction] != position {
        threads.marks[instruction] = position
        switch program[instruction] {
        case .jump(let target): instruction = target
        case .split(let first, let second):
          pending.append((second, groups))
          instruction = first
        case .save(let index):
          groups[index] = position
          instruction += 1
        case .assertion(let assertion):
          guard Self.holds(assertion, at: position, in: bytes) else { continue }
          instruction += 1
        case .set, .match:
          threads.list.append((instruction, groups))
        }
      }
    }
  }

  private static func holds(
    _ assertion: RegexpAssertion, at position: Int, in bytes: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    switch assertion {
    case .textStart: return position == 0
    case .textEnd: return position == bytes.count
    case .lineStart: return position == 0 || bytes[position - 1] == UInt8(ascii: "\n")
    case .lineEnd: return position == bytes.count || bytes[position] == UInt8(ascii: "\n")
    case .wordBoundary, .noWordBoundary:
      let before = position > 0 && Unicode.Scalar(bytes[position - 1]).isWordCharacter
      let after = position < bytes.count && Unicode.Scalar(bytes[position]).isWordCharacter
      return (before != after) == (assertion == .wordBoundary)
    }
  }

  /// The character at `position` and its length, 0 at the end. A byte that is not UTF-8 is U+FFFD.
  private static func decode(_ bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> (UInt32, Int) {
    guard position < bytes.count else { return (0, 0) }
    let first = bytes[position]
    if first < 0x80 { return (UInt32(first), 1) }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 1
    guard length > 1, position + length <= bytes.count else { return (0xFFFD, 1) }
    let scalars = String(decoding: UnsafeBufferPointer(rebasing: bytes[position..<position + length]), as: UTF8.self)
      .unicodeScalars
    guard scalars.count == 1, let scalar = scalars.first, UTF8.width(scalar) == length else { return (0xFFFD, 1) }
    return (scalar.value, length)
  }

  // MARK: Replacing

  /// The text with every match replaced by what `replacement` gives for the offsets of its groups.
  package func replacingAll<E: Error>(
    in text: ByteString, by replacement: ([Int]) throws(E) -> ByteString
  ) throws(E) -> ByteString {
    var out = ByteBuffer()
    var searched = 0
    var copied = 0
    while searched <= text.count, let found = match(text, from: searched) {
      let (start, end) = (found[0], found[1])
      out.append(text[copied..<start])
      // An empty match right behind another one counts for nothing.
      if end > copied || start == 0 { out.append(try replacement(found)) }
      copied = end
      let width = text.withBytes { Self.decode($0, at: searched).1 }
      if searched + width > end {
        searched += width
      } else {
        searched = searched + 1 > end ? searched + 1 : end
      }
    }
    out.append(text[copied..<text.count])
    return out.finish()
  }

  /// `template` with `$1`, `${1}`, `${name}` replaced by groups, and `$$` by a dollar sign.
  package func expand(_ template: ByteString, _ found: [Int], in text: ByteString) -> ByteString {
    var out = ByteBuffer()
    var index = 0
    while let dollar = template.firstIndex(of: UInt8(ascii: "$"), from: index) {
      out.append(template[index..<dollar])
      index = dollar + 1
      if index < template.count, template[index] == UInt8(ascii: "$") {
        out.append(UInt8(ascii: "$"))
        index += 1
        continue
      }
      guard let (name, end) = Self.name(template, at: index) else {
        out.append(UInt8(ascii: "$"))
        continue
      }
      index = end
      let group = Int(name) ?? groups.dropFirst().firstIndex(of: name)
      if let group, group < groups.count, found[2 * group] >= 0 {
        out.append(text[found[2 * group]..<found[2 * group + 1]])
      }
    }
    out.append(template[index..<template.count])
    return out.finish()
  }

  /// The name behind a dollar sign, and where it ends.
  private static func name(_ template: ByteString, at start: Int) -> (String, Int)? {
    let isBraced = start < template.count && template[start] == UInt8(ascii: "{")
    let first = isBraced ? start + 1 : start
    var end = first
    while end < template.count, Unicode.Scalar(template[end]).isWordCharacter { end += 1 }
    guard end > first else { return nil }
    let name = template[first..<end].text
    guard isBraced else { return (name, end) }
    guard end < template.count, template[end] == UInt8(ascii: "}") else { return nil }
    return (name, end + 1)
  }
}
