import Files

/// A text template cut into literal text and code: `before (@ code @) after`.
struct TextParts {
  enum Part {
    case text(ByteString)
    /// A statement, or lines of them.
    case code(Range<Int>)
    /// `(@= … @)`: an expression whose value goes into the text.
    case print(Range<Int>)
  }

  /// Why a text is no template; `offset` is the byte of the text where that shows.
  struct Problem: Error {
    let message: String
    let offset: Int
  }

  /// In order; ranges count the bytes of the text. Literal text has lost the white space that a `-` inside the
  /// neighbouring brackets takes away.
  private(set) var parts: [Part] = []

  /// Whether there is anything but literal text in it.
  static func isTemplate(_ text: ByteString) -> Bool {
    text.withBytes { bytes in
      for index in 1..<max(bytes.count, 1) {
        let before = bytes[index - 1]
        if before == UInt8(ascii: "(") && bytes[index] == UInt8(ascii: "@") { return true }
        if before == UInt8(ascii: "@") && bytes[index] == UInt8(ascii: ")") { return true }
      }
      return false
    }
  }

  init(_ text: ByteString) throws(Problem) {
    var start = 0
    var isInCode = false
    var trimsNext = false
    for index in 1..<max(text.count, 1) {
      if text[index - 1] == UInt8(ascii: "("), text[index] == UInt8(ascii: "@") {
        if isInCode { throw Problem(message: "Unexpected code opening '(@'", offset: index) }
        append(text[start..<index - 1], trimmingStart: trimsNext)
        start = index + 1
        isInCode = true
      } else if text[index - 1] == UInt8(ascii: "@"), text[index] == UInt8(ascii: ")") {
        guard isInCode, index - 1 >= start else {
          throw Problem(message: "Unexpected code closing '@)'", offset: index)
        }
        trimsNext = append(code: start..<index - 1, of: text)
        start = index + 1
        isInCode = false
      }
    }
    if isInCode { throw Problem(message: "Missing code closing '@)'", offset: text.count) }
    append(text[min(start, text.count)..<text.count], trimmingStart: trimsNext)
  }

  private mutating func append(_ text: ByteString, trimmingStart: Bool) {
    parts.append(.text(trimmingStart ? text.trimmingSpace(start: true, end: false) : text))
  }

  /// Adds code; true if the text behind it loses its leading white space.
  private mutating func append(code: Range<Int>, of text: ByteString) -> Bool {
    let content = text[code]
    var range = code
    let prints = content.hasPrefix("=") || content.hasPrefix("-=")
    if content.hasPrefix("-"), case .text(let before)? = parts.last {
      parts[parts.count - 1] = .text(before.trimmingSpace(start: false, end: true))
    }
    if content.hasPrefix("-=") {
      range = range.lowerBound + 2..<range.upperBound
    } else if content.hasPrefix("=") || content.hasPrefix("-") {
      range = range.lowerBound + 1..<range.upperBound
    }
    if range.upperBound > range.lowerBound, text[range.upperBound - 1] == UInt8(ascii: "-") {
      range = range.lowerBound..<range.upperBound - 1
    }
    parts.append(prints ? .print(range) : .code(range))
    return content.hasSuffix("-")
  }
}

extension ByteString {
  /// The string without white space, as Unicode has it, at its start, its end or both.
  func trimmingSpace(start: Bool, end: Bool) -> ByteString {
    withBytes { bytes in
      var low = 0
      var high = bytes.count
      while start, low < high, let length = bytes.spaceLength(at: low, before: high) { low += length }
      while end, low < high, let length = bytes.spaceLength(endingAt: high, after: low) { high -= length }
      return self[low..<high]
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// How many bytes the white space at `index` takes; nothing if there is none.
  fileprivate func spaceLength(at index: Int, before end: Int) -> Int? {
    switch self[index] {
    case 0x09...0x0D, 0x20: return 1
    case 0x00...0x7F: return nil
    default:
      for length in 2...3 where index + length <= end && isSpace(index..<index + length) { return length }
      return nil
    }
  }

  fileprivate func spaceLength(endingAt end: Int, after start: Int) -> Int? {
    switch self[end - 1] {
    case 0x09...0x0D, 0x20: return 1
    case 0x00...0x7F: return nil
    default:
      for length in 2...3 where end - length >= start && isSpace(end - length..<end) { return length }
      return nil
    }
  }

  private func isSpace(_ range: Range<Int>) -> Bool {
    let scalars = String(decoding: UnsafeBufferPointer(rebasing: self[range]), as: UTF8.self).unicodeScalars
    guard scalars.count == 1, let scalar = scalars.first else { return false }
    return scalar.properties.isWhitespace
  }
}
