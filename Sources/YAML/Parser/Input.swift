import Files
import Glibc

/// The bytes of the file that is read, and what can stand at a place in them.
///
/// Apart from `Parser`, which is large: its methods would each be handed a copy of all of it.
struct Input {
  let base: UnsafePointer<UInt8>
  let count: Int
  /// Whether the file has line breaks other than LF: CR, NEL, LS or PS.
  let hasOddBreaks: Bool

  /// The byte at `index`; 0 behind the last. No other byte of the text is 0.
  @inline(__always)
  func at(_ index: Int) -> UInt8 { index < count ? base[index] : 0 }

  /// How many bytes the line break at `index` has; 0 where there is none.
  @inline(__always)
  func breakWidth(_ index: Int) -> Int {
    let byte = at(index)
    if byte == UInt8(ascii: "\n") { return 1 }
    return hasOddBreaks && (byte == 0x0D || byte == 0xC2 || byte == 0xE2) ? oddBreakWidth(index) : 0
  }

  @inline(never)
  private func oddBreakWidth(_ index: Int) -> Int {
    switch at(index) {
    case 0x0D: return at(index + 1) == 0x0A ? 2 : 1
    case 0xC2: return at(index + 1) == 0x85 ? 2 : 0
    default: return at(index + 1) == 0x80 && (at(index + 2) == 0xA8 || at(index + 2) == 0xA9) ? 3 : 0
    }
  }

  /// Whether a blank, a line break or the end of the text stands at `index`.
  @inline(__always)
  func isBlankOrEnd(_ index: Int) -> Bool {
    let byte = at(index)
    return byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") || byte == 0 || byte == UInt8(ascii: "\t")
      || (hasOddBreaks && breakWidth(index) > 0)
  }

  /// Whether a line break or the end of the text stands at `index`.
  @inline(__always)
  func isBreakOrEnd(_ index: Int) -> Bool { at(index) == 0 || breakWidth(index) > 0 }

  /// Whether `---` or `...` stands at `index`, where a line begins.
  @inline(never)
  func isDocumentMarker(_ index: Int) -> Bool {
    let byte = at(index)
    return (byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")) && at(index + 1) == byte && at(index + 2) == byte
      && isBlankOrEnd(index + 3)
  }

  /// Whether nothing but blanks stands before a first `---` that something blank follows: ytt's own test.
  func beginsWithMarker() -> Bool {
    var index = 0
    while at(index).isSpace { index += 1 }
    return at(index) == UInt8(ascii: "-") && at(index + 1) == UInt8(ascii: "-") && at(index + 2) == UInt8(ascii: "-")
      && at(index + 3).isSpace
  }

  /// The line feed at or after `start`, or the end of the text.
  @inline(__always)
  func lineFeed(from start: Int) -> Int {
    guard start < count, let hit = memchr(base + start, Int32(UInt8(ascii: "\n")), count &- start) else { return count }
    return UnsafeRawPointer(hit) - UnsafeRawPointer(base)
  }

  /// How many characters of UTF-8 there are.
  @inline(never)
  func characters(_ start: Int, _ end: Int) -> Int {
    var number = 0
    for index in start..<end where base[index] & 0xC0 != 0x80 { number += 1 }
    return number
  }

  /// The line of a byte, from 1.
  func line(_ offset: Int) -> Int {
    var line = 1
    for index in 0..<min(offset, count) where base[index] == UInt8(ascii: "\n") { line += 1 }
    return line
  }
}

extension UInt8 {
  /// Whether it is a blank or a tab.
  @inline(__always)
  var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }

  /// Whether it is white space of ASCII, vertical tab left out.
  var isSpace: Bool { self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0C || self == 0x0D }

  /// Whether it may stand in the name of an anchor, a directive or a tag's handle.
  var isNameByte: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default:
      false
    }
  }

  /// Whether it may stand in a tag, `%` apart.
  var isURIByte: Bool {
    switch self {
    case UInt8(ascii: ";"), UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: ":"), UInt8(ascii: "@"),
      UInt8(ascii: "&"), UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "$"), UInt8(ascii: ","),
      UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "~"), UInt8(ascii: "*"), UInt8(ascii: "'"),
      UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "["), UInt8(ascii: "]"):
      true
    default:
      isNameByte
    }
  }

  /// Its value as a hexadecimal digit.
  var hexDigit: UInt32? {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(self - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(self - UInt8(ascii: "a")) + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(self - UInt8(ascii: "A")) + 10
    default: nil
    }
  }
}
