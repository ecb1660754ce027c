import Files

extension Parser {
  /// The node of a plain scalar without a tag.
  @inline(__always)
  mutating func resolvePlain(_ text: ByteString) throws(Stop) -> Node {
    let meaning = text.withBytes { bytes in
      if bytes.count == 2 && bytes[0] == UInt8(ascii: "<") && bytes[1] == UInt8(ascii: "<") { sawMergeKey = true }
      return PlainMeaning(bytes)
    }
    if options.isStrict { try checkStrictly(text, meaning) }
    return node(meaning, text)
  }

  @inline(__always)
  private func node(_ meaning: PlainMeaning, _ text: ByteString) -> Node {
    switch meaning {
    case .null: .null
    case .bool(let value): .bool(value)
    case .int(let value): .int(value)
    case .unsigned(let value): .unsigned(value)
    case .float(let value): .float(value)
    case .timestamp, .string: .string(text)
    }
  }

  /// The node of a scalar with a tag: what the text must mean for it.
  mutating func resolve(_ text: ByteString, as tag: Tag) throws(Stop) -> Node {
    switch tag {
    case .none: return try resolvePlain(text)
    case .string, .nonSpecific, .other, .merge: return .string(text)
    case .binary:
      guard let bytes = Base64.decode(text) else { throw fail(.badBase64, at: scalarStart) }
      return .string(bytes)
    default: break
    }
    let meaning = text.withBytes { PlainMeaning($0) }
    if tag == .float, case .int(let value) = meaning { return .float(Double(value)) }
    if meaning.tag != tag { throw fail(.cannotDecode(meaning.tag, text, as: tag), at: scalarStart) }
    return node(meaning, text)
  }

  /// What `ytt --strict` refuses: text that some reader of YAML could take for something else.
  @inline(never)
  private mutating func checkStrictly(_ text: ByteString, _ meaning: PlainMeaning) throws(Stop) {
    let strict: Tag
    switch text {
    case "": strict = .null
    case "true", "false": strict = .bool
    default:
      if let number = text.withBytes({ Self.strictNumber($0) }) {
        strict = number
      } else if text.text.unicodeScalars.contains(where: { $0.properties.isWhitespace }) {
        throw fail(.ambiguous("Strings with whitespace must be explicitly quoted: '\(text)'"), at: scalarStart)
      } else if text.firstIndex(of: UInt8(ascii: ":")) != nil {
        throw fail(.ambiguous("Strings with colon must be explicitly quoted: '\(text)'"), at: scalarStart)
      } else if text.text.contains("---") {
        throw fail(.ambiguous("Strings with triple-dash must be explicitly quoted: '\(text)'"), at: scalarStart)
      } else {
        strict = .string
      }
    }
    if strict != meaning.tag {
      throw fail(
        .ambiguous("Found '\(text)' ambigious (could be \(strict.name) or \(meaning.tag.name))"), at: scalarStart)
    }
  }

  /// The type of a number as JSON writes them.
  private static func strictNumber(_ bytes: UnsafeBufferPointer<UInt8>) -> Tag? {
    var index = 0
    func digits() -> Int {
      let start = index
      while index < bytes.count && PlainMeaning.isDigit(bytes[index]) { index += 1 }
      return index - start
    }
    if index < bytes.count && bytes[index] == UInt8(ascii: "-") { index += 1 }
    let start = index
    let whole = digits()
    if whole == 0 || (whole > 1 && bytes[start] == UInt8(ascii: "0")) { return nil }
    if index == bytes.count { return .int }
    if bytes[index] == UInt8(ascii: ".") {
      index += 1
      if digits() == 0 { return nil }
    }
    if index < bytes.count && bytes[index] | 0x20 == UInt8(ascii: "e") {
      index += 1
      if index < bytes.count && (bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+")) { index += 1 }
      if digits() == 0 { return nil }
    }
    return index == bytes.count ? .float : nil
  }
}
