import Files

/// How a string is printed.
enum ScalarStyle {
  case plain, singleQuoted, doubleQuoted, literal
  /// Not UTF-8: in base 64.
  case binary
}

/// What a string is made of, as far as it matters for printing it.
struct ScalarTraits {
  /// How it is printed as a value.
  let style: ScalarStyle
  /// Whether it has line breaks of any kind; such a key cannot stand on one line.
  let isMultiline: Bool

  /// The rules are libyaml's, with go-yaml's choice of a style: a literal block if there is an LF, nothing if the
  /// text reads back as a string, otherwise double quotes; each only if it can hold the text.
  @inline(__always)
  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    (style, isMultiline) = Self.judge(bytes)
  }

  @inline(__always)
  private static func judge(_ bytes: UnsafeBufferPointer<UInt8>) -> (ScalarStyle, Bool) {
    guard let base = bytes.baseAddress, bytes.count > 0 else { return (.doubleQuoted, false) }
    let count = bytes.count
    let first = base[0]
    var hasIndicators = isLeadingIndicator(bytes, first)
    var index = 0
    while index < count {
      let byte = base[index]
      if byte > UInt8(ascii: " ") && byte < 0x7F {
        if byte == UInt8(ascii: ":") {
          if index &+ 1 == count || base[index &+ 1] == UInt8(ascii: " ") { hasIndicators = true }
        } else if byte == UInt8(ascii: "#") {
          if index > 0 && base[index &- 1] == UInt8(ascii: " ") { hasIndicators = true }
        }
      } else if byte != UInt8(ascii: " ") {
        return judgeSlowly(bytes)
      }
      index &+= 1
    }
    // Printable ASCII on one line.
    if PlainMeaning(bytes) != .string || isBase60(bytes) { return (.doubleQuoted, false) }
    let isQuoted = hasIndicators || first == UInt8(ascii: " ") || base[count &- 1] == UInt8(ascii: " ")
    return (isQuoted ? .singleQuoted : .plain, false)
  }

  @inline(__always)
  private static func isLeadingIndicator(_ bytes: UnsafeBufferPointer<UInt8>, _ first: UInt8) -> Bool {
    if first >= UInt8(ascii: "a") && first <= UInt8(ascii: "z") { return false }
    switch first {
    case UInt8(ascii: "#"), UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"),
      UInt8(ascii: "}"), UInt8(ascii: "&"), UInt8(ascii: "*"), UInt8(ascii: "!"), UInt8(ascii: "|"),
      UInt8(ascii: ">"), UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "%"), UInt8(ascii: "@"),
      UInt8(ascii: "`"):
      return true
    case UInt8(ascii: "?"), UInt8(ascii: ":"), UInt8(ascii: "-"), UInt8(ascii: "."):
      if first != UInt8(ascii: ".") && (bytes.count == 1 || bytes[1] == UInt8(ascii: " ") || bytes[1] == 0x09) {
        return true
      }
      // What begins like the marker of a document.
      return first != UInt8(ascii: "?") && first != UInt8(ascii: ":") && bytes.count >= 3 && bytes[1] == first
        && bytes[2] == first
    default:
      return false
    }
  }

  /// Any text.
  @inline(never)
  private static func judgeSlowly(_ bytes: UnsafeBufferPointer<UInt8>) -> (ScalarStyle, Bool) {
    let count = bytes.count
    var hasIndicators = isLeadingIndicator(bytes, bytes[0])
    var isSpecial = false
    var hasBreaks = false
    var hasLineFeed = false
    var spaceBeforeBreak = false
    var spaceAfterBreak = false
    var previous = Previous.none
    var index = 0
    while index < count {
      let byte = bytes[index]
      var width = 1
      var isBreak = false
      switch byte {
      case UInt8(ascii: " "):
        if previous == .lineBreak { spaceAfterBreak = true }
        previous = .space
        index += 1
        continue
      case UInt8(ascii: "\n"):
        isBreak = true
        hasLineFeed = true
      case 0x0D:
        isBreak = true
        isSpecial = true
      case UInt8(ascii: ":"):
        let next = index + 1 < count ? bytes[index + 1] : UInt8(ascii: " ")
        if next == UInt8(ascii: " ") || next == 0x09 { hasIndicators = true }
      case UInt8(ascii: "#"):
        if previous != .other && previous != .none { hasIndicators = true }
      case 0x00..<0x20, 0x7F:
        isSpecial = true
      case 0x20..<0x7F:
        break
      default:
        width = characterWidth(bytes, index)
        if width == 0 {
          return (.binary, count > 51)
        }
        isBreak = isWideBreak(bytes, index)
        if !isPrintable(bytes, index) { isSpecial = true }
      }
      if isBreak {
        hasBreaks = true
        if previous == .space { spaceBeforeBreak = true }
        previous = .lineBreak
      } else {
        previous = byte == 0x09 ? .tab : .other
      }
      index += width
    }
    let endsInSpace = bytes[count - 1] == UInt8(ascii: " ")
    let fitsQuotes = !(isSpecial || spaceBeforeBreak || spaceAfterBreak)
    let fitsBlock = !(isSpecial || spaceBeforeBreak || endsInSpace)
    if hasLineFeed { return (fitsBlock ? .literal : .doubleQuoted, true) }
    if PlainMeaning(bytes) != .string || isBase60(bytes) { return (.doubleQuoted, hasBreaks) }
    let fitsPlain = fitsQuotes && !hasBreaks && !hasIndicators && !endsInSpace && bytes[0] != UInt8(ascii: " ")
    return (fitsPlain ? .plain : fitsQuotes ? .singleQuoted : .doubleQuoted, hasBreaks)
  }

  private enum Previous {
    case none, space, tab, lineBreak, other
  }
}

/// How many bytes the UTF-8 character at `index` has; 0 if there is none.
func characterWidth(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int {
  let first = bytes[index]
  let left = bytes.count - index
  func isTail(_ offset: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
    range.contains(bytes[index + offset])
  }
  switch first {
  case 0x00...0x7F: return 1
  case 0xC2...0xDF: return left >= 2 && isTail(1) ? 2 : 0
  case 0xE0: return left >= 3 && isTail(1, 0xA0...0xBF) && isTail(2) ? 3 : 0
  case 0xED: return left >= 3 && isTail(1, 0x80...0x9F) && isTail(2) ? 3 : 0
  case 0xE1...0xEF: return left >= 3 && isTail(1) && isTail(2) ? 3 : 0
  case 0xF0: return left >= 4 && isTail(1, 0x90...0xBF) && isTail(2) && isTail(3) ? 4 : 0
  case 0xF1...0xF3: return left >= 4 && isTail(1) && isTail(2) && isTail(3) ? 4 : 0
  case 0xF4: return left >= 4 && isTail(1, 0x80...0x8F) && isTail(2) && isTail(3) ? 4 : 0
  default: return 0
  }
}

/// Whether NEL, LS or PS stands at `index`.
func isWideBreak(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
  if bytes[index] == 0xC2 { return bytes[index + 1] == 0x85 }
  return bytes[index] == 0xE2 && bytes[index + 1] == 0x80 && (bytes[index + 2] == 0xA8 || bytes[index + 2] == 0xA9)
}

/// Whether libyaml prints the character at `index`, which is not ASCII, as it is: none beyond FFFF, no byte order
/// mark, no C1 control.
func isPrintable(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
  switch bytes[index] {
  case 0xC2: return bytes[index + 1] >= 0xA0
  case 0xC3...0xEE: return true
  case 0xEF:
    let (second, third) = (bytes[index + 1], bytes[index + 2])
    return !(second == 0xBB && third == 0xBF) && !(second == 0xBF && (third == 0xBE || third == 0xBF))
  default: return false
  }
}

/// Whether the text looks like a number in base 60, `1:30`, which YAML 1.1 knows: printed in quotes for readers that
/// do as well.
func isBase60(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
  guard let first = bytes.first else { return false }
  var index = first == UInt8(ascii: "+") || first == UInt8(ascii: "-") ? 1 : 0
  guard index < bytes.count, PlainMeaning.isDigit(bytes[index]) else { return false }
  while index < bytes.count && (PlainMeaning.isDigit(bytes[index]) || bytes[index] == UInt8(ascii: "_")) { index += 1 }
  var groups = 0
  while index < bytes.count && bytes[index] == UInt8(ascii: ":") {
    let start = index + 1
    index = start
    while index < bytes.count && PlainMeaning.isDigit(bytes[index]) { index += 1 }
    if index == start || index > start + 2 || (index == start + 2 && bytes[start] > UInt8(ascii: "5")) { return false }
    groups += 1
  }
  if groups == 0 { return false }
  if index < bytes.count && bytes[index] == UInt8(ascii: ".") {
    index += 1
    while index < bytes.count && (PlainMeaning.isDigit(bytes[index]) || bytes[index] == UInt8(ascii: "_")) {
      index += 1
    }
  }
  return index == bytes.count
}
