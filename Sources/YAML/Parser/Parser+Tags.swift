import Files

/// What a tag asks of a scalar. Tags of collections mean nothing to go-yaml, and so to ytt.
enum Tag: Equatable {
  case none
  case string, bool, int, float, null, timestamp, binary, merge
  /// `!`, which says "not what it looks like", and every tag that YAML 1.1 does not define: the text stays.
  case nonSpecific, other

  /// Whether a `<<` with this tag asks for a merge, `implicitly` if it is plain.
  func isMerge(implicitly: Bool) -> Bool {
    self == .merge || self == .nonSpecific || (implicitly && self == .none)
  }

  /// The short form, as messages name it.
  var name: String {
    switch self {
    case .none, .nonSpecific, .other: "!"
    case .string: "!!str"
    case .bool: "!!bool"
    case .int: "!!int"
    case .float: "!!float"
    case .null: "!!null"
    case .timestamp: "!!timestamp"
    case .binary: "!!binary"
    case .merge: "!!merge"
    }
  }

  fileprivate init(_ tag: ByteString) {
    switch tag {
    case "!": self = .nonSpecific
    case "tag:yaml.org,2002:str": self = .string
    case "tag:yaml.org,2002:bool": self = .bool
    case "tag:yaml.org,2002:int": self = .int
    case "tag:yaml.org,2002:float": self = .float
    case "tag:yaml.org,2002:null": self = .null
    case "tag:yaml.org,2002:timestamp": self = .timestamp
    case "tag:yaml.org,2002:binary": self = .binary
    case "tag:yaml.org,2002:merge": self = .merge
    default: self = .other
    }
  }
}

extension Parser {
  /// Reads a tag: `!`, `!suffix`, `!handle!suffix` or `!<uri>`.
  mutating func scanTag() throws(Stop) -> Tag {
    let start = pos
    var handle = ByteString.empty
    var suffix: ByteString
    if at(pos + 1) == UInt8(ascii: "<") {
      pos += 2
      suffix = try scanTagURI(head: .empty)
      if at(pos) != UInt8(ascii: ">") { throw fail(.expectedTagEnd, at: pos) }
      pos += 1
    } else {
      handle = try scanTagHandle(isDirective: false)
      if handle.count > 1 && handle.hasSuffix("!") {
        suffix = try scanTagURI(head: .empty)
      } else {
        suffix = try scanTagURI(head: handle)
        if suffix.isEmpty { (handle, suffix) = (.empty, "!") } else { handle = "!" }
      }
    }
    if !isBlankOrEnd(pos) { throw fail(.expectedBlankOrBreak, at: pos) }
    if handle.isEmpty { return Tag(suffix) }
    guard let known = tagHandles.first(where: { $0.handle == handle }) else {
      throw fail(.undefinedTagHandle(handle), at: start)
    }
    return Tag(known.prefix.appending(suffix))
  }

  /// Reads `!`, `!name!` or, outside directives, as much of a tag as looks like it.
  mutating func scanTagHandle(isDirective: Bool) throws(Stop) -> ByteString {
    let start = pos
    if at(pos) != UInt8(ascii: "!") { throw fail(.expectedExclamationMark, at: pos) }
    pos += 1
    _ = scanName()
    if at(pos) == UInt8(ascii: "!") {
      pos += 1
    } else if isDirective && pos != start + 1 {
      throw fail(.expectedExclamationMark, at: pos)
    }
    return text[start..<pos]
  }

  /// Reads the rest of a tag, `%` escapes decoded, behind `head` without its `!`.
  mutating func scanTagURI(head: ByteString) throws(Stop) -> ByteString {
    let start = pos
    scratch.truncate(to: 0)
    if head.count > 1 { scratch.append(head[1..<head.count]) }
    while true {
      let byte = at(pos)
      if byte == UInt8(ascii: "%") {
        try scanURIEscape()
      } else if byte.isURIByte {
        scratch.append(byte)
        pos += 1
      } else {
        break
      }
    }
    if pos == start && head.isEmpty { throw fail(.expectedTagURI, at: pos) }
    return takeScratch()
  }

  /// Reads the escapes of one character.
  private mutating func scanURIEscape() throws(Stop) {
    var left = 0
    repeat {
      guard at(pos) == UInt8(ascii: "%"), let high = at(pos + 1).hexDigit, let low = at(pos + 2).hexDigit else {
        throw fail(.expectedURIEscape, at: pos)
      }
      let byte = UInt8(high << 4 | low)
      if left == 0 {
        switch byte {
        case 0x00...0x7F: left = 1
        case 0xC0...0xDF: left = 2
        case 0xE0...0xEF: left = 3
        case 0xF0...0xF7: left = 4
        default: throw fail(.badURIEscape, at: pos)
        }
      } else if byte & 0xC0 != 0x80 {
        throw fail(.badURIEscape, at: pos)
      }
      scratch.append(byte)
      pos += 3
      left -= 1
    } while left > 0
  }
}
