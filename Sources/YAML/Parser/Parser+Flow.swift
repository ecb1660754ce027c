import Files

extension Parser {
  /// Reads a scalar, an alias or a flow collection without properties.
  @inline(never)
  mutating func parseInlineNode(_ indent: Int) throws(Stop) -> Node {
    switch at(pos) {
    case UInt8(ascii: "\""):
      return .string(try scanDoubleQuoted())
    case UInt8(ascii: "'"):
      return .string(try scanSingleQuoted())
    case UInt8(ascii: "["):
      return try parseFlowSequence(indent)
    case UInt8(ascii: "{"):
      return try parseFlowMap(indent)
    case UInt8(ascii: "*"):
      return try parseAlias()
    default:
      if !canStartPlain() { throw unexpectedToken(.expectedContent) }
      return try parsePlain(indent)
    }
  }

  /// Whether a plain scalar may begin here.
  @inline(__always)
  func canStartPlain() -> Bool {
    let byte = at(pos)
    // Letters and digits, `(`, `/`, `.`, `<` and the like, and everything that is not ASCII.
    if byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") { return true }
    switch byte {
    case UInt8(ascii: "-"):
      return !at(pos + 1).isBlank
    case UInt8(ascii: "?"), UInt8(ascii: ":"):
      return flowDepth == 0 && !isBlankOrEnd(pos + 1)
    case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"),
      UInt8(ascii: "#"), UInt8(ascii: "&"), UInt8(ascii: "*"), UInt8(ascii: "!"), UInt8(ascii: "|"),
      UInt8(ascii: ">"), UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "%"), UInt8(ascii: "@"),
      UInt8(ascii: "`"):
      return false
    default:
      return !isBlankOrEnd(pos)
    }
  }

  /// Reads a node within `[ ]` or `{ }`.
  private mutating func parseFlowNode(_ indent: Int) throws(Stop) -> Node {
    switch at(pos) {
    case UInt8(ascii: "&"), UInt8(ascii: "!"):
      return try parseFlowNodeWithProperties(indent)
    case UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: ":"), UInt8(ascii: "?"):
      throw fail(.expectedContent, at: pos)
    case UInt8(ascii: "-") where isBlankOrEnd(pos + 1):
      throw fail(.expectedContent, at: pos)
    default:
      if isAtDocumentBoundary() { throw fail(.expectedContent, at: pos) }
      let node = try parseInlineNode(indent)
      keyAllowed = false
      return node
    }
  }

  /// Reads from one bracket to the other, with commas between items. `parseItem` gets the place of the bracket or comma
  /// in front of the item.
  @inline(__always)
  private mutating func parseFlowItems(
    until end: UInt8, orElse problem: ParseProblem, _ parseItem: (inout Parser, Int) throws(Stop) -> Void
  ) throws(Stop) {
    try descend()
    flowDepth &+= 1
    let opening = pos
    var before = pos
    skipFlowIndicator()
    while at(pos) != end {
      try parseItem(&self, before)
      skipToToken()
      if at(pos) == end { break }
      if at(pos) != UInt8(ascii: ",") { throw unexpectedToken(problem, opening: opening) }
      before = pos
      skipFlowIndicator()
    }
    pos &+= 1
    flowDepth &-= 1
    keyAllowed = false
    sawMergeKey = false
    depth &-= 1
  }

  /// Moves behind a bracket or a comma, to the next token.
  private mutating func skipFlowIndicator() {
    pos &+= 1
    keyAllowed = true
    skipToToken()
  }

  /// Reads `[ … ]`.
  private mutating func parseFlowSequence(_ indent: Int) throws(Stop) -> Node {
    let bottom = sequenceItems.count
    try parseFlowItems(until: UInt8(ascii: "]"), orElse: .expectedInSequence) { parser, before throws(Stop) in
      let value = try parser.parseFlowEntry(indent)
      parser.sequenceItems.push(SequenceItem(value, position: parser.position(before)))
    }
    try count(sequenceItems.count &- bottom &+ 1)
    return .sequence(sequenceItems.pop(from: bottom))
  }

  /// Reads an item of a flow sequence: a node, or a pair that makes a map of one item.
  private mutating func parseFlowEntry(_ indent: Int) throws(Stop) -> Node {
    let bottom = mapItems.count
    let start = pos
    let line = lineStart
    sawMergeKey = false
    if at(pos) == UInt8(ascii: "?") {
      pos &+= 1
      keyAllowed = false
      skipToToken()
      if at(pos) == UInt8(ascii: ":") || at(pos) == UInt8(ascii: ",") || at(pos) == UInt8(ascii: "]") {
        throw fail(.expectedInSequence, at: pos)
      }
      let keyStart = pos
      let key = try parseFlowNode(indent)
      try parseFlowValue(key, keyStart, indent, UInt8(ascii: "]"))
    } else {
      let mayBeKey = keyAllowed
      let node = try parseFlowNode(indent)
      guard mayBeKey, isAtValueIndicator(start, line) else { return node }
      try parseFlowValue(node, start, indent, UInt8(ascii: "]"))
    }
    try count(2)
    return .map(mapItems.pop(from: bottom))
  }

  /// Reads `{ … }`.
  private mutating func parseFlowMap(_ indent: Int) throws(Stop) -> Node {
    let bottom = mapItems.count
    try parseFlowItems(until: UInt8(ascii: "}"), orElse: .expectedInMap) { parser, _ throws(Stop) in
      try parser.parseFlowItem(indent)
    }
    try count(mapItems.count &- bottom &+ 1)
    try resolveDuplicates(bottom)
    return .map(mapItems.pop(from: bottom))
  }

  private mutating func parseFlowItem(_ indent: Int) throws(Stop) {
    sawMergeKey = false
    if at(pos) == UInt8(ascii: "?") {
      pos &+= 1
      keyAllowed = false
      skipToToken()
      let start = pos
      let byte = at(pos)
      let isEmpty = byte == UInt8(ascii: ":") || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}")
      let key = isEmpty ? Node.null : try parseFlowNode(indent)
      return try parseFlowValue(key, start, indent, UInt8(ascii: "}"))
    }
    let start = pos
    let line = lineStart
    let mayBeKey = keyAllowed
    let key = try parseFlowNode(indent)
    if mayBeKey && isAtValueIndicator(start, line) {
      try parseFlowValue(key, start, indent, UInt8(ascii: "}"))
    } else {
      try addItem(key, start, .null, pos, merges: sawMergeKey)
    }
  }

  /// Reads `: value`, where either may be missing, and adds the item.
  private mutating func parseFlowValue(
    _ key: Node, _ start: Int, _ indent: Int, _ end: UInt8
  ) throws(Stop) {
    let merges = sawMergeKey
    sawMergeKey = false
    skipToToken()
    var value = Node.null
    var valueStart = pos
    if at(pos) == UInt8(ascii: ":") {
      pos &+= 1
      keyAllowed = false
      skipToToken()
      valueStart = pos
      if at(pos) != UInt8(ascii: ",") && at(pos) != end { value = try parseFlowNode(indent) }
    }
    try addItem(key, start, value, valueStart, merges: merges)
  }
}
