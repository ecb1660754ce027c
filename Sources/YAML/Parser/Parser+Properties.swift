import Files

/// What may stand before a node: an anchor and a tag.
struct Properties {
  var anchor: Int?
  /// How many nodes there were where the anchor stood.
  var nodesBefore = 0
  var tag = Tag.none

  /// With what stood on earlier lines; nothing if both have an anchor, or both a tag.
  func merged(with outer: Properties) -> Properties? {
    if anchor != nil && outer.anchor != nil || tag != .none && outer.tag != .none { return nil }
    var both = self
    if anchor == nil {
      both.anchor = outer.anchor
      both.nodesBefore = outer.nodesBefore
    }
    if tag == .none { both.tag = outer.tag }
    return both
  }
}

/// A node that has been read, its properties not yet applied.
enum Content {
  case empty
  case plain(ByteString)
  case quoted(ByteString)
  case node(Node)
}

extension Parser {
  /// Reads the properties that begin here; in block context those on this line only. Leaves off at the next token.
  private mutating func parseProperties() throws(Stop) -> Properties {
    var properties = Properties()
    let line = lineStart
    while flowDepth > 0 || lineStart == line {
      if at(pos) == UInt8(ascii: "&") && properties.anchor == nil {
        pos += 1
        properties.anchor = anchors.begin(try scanAnchorName())
        properties.nodesBefore = nodes
      } else if at(pos) == UInt8(ascii: "!") && properties.tag == .none {
        properties.tag = try scanTag()
      } else {
        break
      }
      keyAllowed = false
      skipToToken()
    }
    return properties
  }

  /// Reads a block node that begins with properties. Those on the line of a first key are the key's; those on lines
  /// before it are the map's.
  mutating func parseBlockNodeWithProperties(_ indent: Int, _ isValue: Bool) throws(Stop) -> Node {
    var outer = Properties()
    while true {
      let start = pos
      let line = lineStart
      let mayBeKey = keyAllowed
      let inner = try parseProperties()
      let both = inner.merged(with: outer)
      if isAtDocumentBoundary() || lineStart != line {
        guard let both else { throw fail(.expectedContent, at: start) }
        if isAtDocumentBoundary() { return try finish(.empty, both) }
        if column > indent {
          outer = both
          continue
        }
        if isValue && column == indent && isAtBlockIndicator(UInt8(ascii: "-")) {
          return try finish(.node(try parseBlockSequence(indent, isFlush: true)), both)
        }
        if column == indent && isAtBlockScalar() { return try finish(.quoted(try scanBlockScalar(indent)), both) }
        return try finish(.empty, both)
      }

      let content: Content
      let isAlias = at(pos) == UInt8(ascii: "*")
      switch at(pos) {
      case UInt8(ascii: ":") where isBlankOrEnd(pos + 1) && pos > start:
        content = .empty
      case UInt8(ascii: "-") where isBlankOrEnd(pos + 1), UInt8(ascii: "?") where isBlankOrEnd(pos + 1),
        UInt8(ascii: ":") where isBlankOrEnd(pos + 1):
        guard let both else { throw fail(.expectedContent, at: start) }
        return try finish(.node(try parseBlockNode(indent)), both)
      case UInt8(ascii: "|"), UInt8(ascii: ">"):
        guard let both else { throw fail(.expectedContent, at: start) }
        return try finish(.quoted(try scanBlockScalar(indent)), both)
      default:
        content = try parseContent(indent, hasProperties: pos > start)
      }
      if mayBeKey && isAtValueIndicator(start, line) {
        let key = try finish(content, inner)
        return try finish(.node(try parseBlockMap(firstKey: key, start, line)), outer)
      }
      if case .empty = content { throw fail(.valueNotAllowed, at: pos) }
      guard let both, !isAlias else { throw fail(.expectedContent, at: start) }
      return try finish(content, both)
    }
  }

  /// Reads a key of a block map, which may have properties.
  @inline(__always)
  mutating func parseKey(_ indent: Int) throws(Stop) -> Node {
    if at(pos) == UInt8(ascii: "&") || at(pos) == UInt8(ascii: "!") { return try parseKeyWithProperties(indent) }
    return try parseInlineNode(indent)
  }

  private mutating func parseKeyWithProperties(_ indent: Int) throws(Stop) -> Node {
    let start = pos
    let line = lineStart
    let properties = try parseProperties()
    if lineStart != line || pos >= count { throw missingColon(start) }
    if isAtBlockIndicator(UInt8(ascii: ":")) { return try finish(.empty, properties) }
    return try finish(try parseContent(indent, hasProperties: true), properties)
  }

  /// Reads a node of a flow collection that begins with properties.
  mutating func parseFlowNodeWithProperties(_ indent: Int) throws(Stop) -> Node {
    let properties = try parseProperties()
    switch at(pos) {
    case UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: ":"), UInt8(ascii: "?"):
      return try finish(.empty, properties)
    default:
      if isAtDocumentBoundary() { return try finish(.empty, properties) }
      return try finish(try parseContent(indent, hasProperties: true), properties)
    }
  }

  /// Reads a scalar, a flow collection or an alias, and leaves what it means to the tag in front of it.
  private mutating func parseContent(_ indent: Int, hasProperties: Bool) throws(Stop) -> Content {
    scalarStart = pos
    switch at(pos) {
    case UInt8(ascii: "\""): return .quoted(try scanDoubleQuoted())
    case UInt8(ascii: "'"): return .quoted(try scanSingleQuoted())
    case UInt8(ascii: "*") where hasProperties: throw fail(flowDepth > 0 ? .expectedContent : .expectedKey, at: pos)
    case UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "*"): return .node(try parseInlineNode(indent))
    default:
      if !canStartPlain() { throw unexpectedToken(.expectedContent) }
      return .plain(try scanPlain(indent))
    }
  }

  /// The node that `content` is with `properties` applied.
  private mutating func finish(_ content: Content, _ properties: Properties) throws(Stop) -> Node {
    let node: Node
    switch content {
    case .empty:
      scalarStart = pos
      node = properties.tag == .none ? .null : try resolve(.empty, as: properties.tag)
    case .plain(let text):
      node = properties.tag == .none ? try resolvePlain(text) : try resolve(text, as: properties.tag)
      sawMergeKey = properties.tag.isMerge(implicitly: true) && text == "<<"
    case .quoted(let text):
      node = properties.tag == .none ? .string(text) : try resolve(text, as: properties.tag)
      sawMergeKey = properties.tag.isMerge(implicitly: false) && text == "<<"
    case .node(let inner):
      node = inner
    }
    if let anchor = properties.anchor {
      anchors.finish(anchor, node, nodes: nodes - properties.nodesBefore + 1)
    }
    return node
  }

  /// Reads an alias: the node that its anchor stands for.
  mutating func parseAlias() throws(Stop) -> Node {
    let start = pos
    pos += 1
    let name = try scanAnchorName()
    keyAllowed = false
    guard let anchor = anchors[name] else { throw fail(.unknownAnchor(name), at: start) }
    guard let node = anchor.node else { throw fail(.anchorContainsItself(name), at: start) }
    try count(anchor.nodes)
    return node
  }

  mutating func scanAnchorName() throws(Stop) -> ByteString {
    let name = scanName()
    switch at(pos) {
    case UInt8(ascii: "?"), UInt8(ascii: ":"), UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"),
      UInt8(ascii: "%"), UInt8(ascii: "@"), UInt8(ascii: "`"):
      break
    default:
      if !isBlankOrEnd(pos) { throw fail(.expectedAnchorName, at: pos) }
    }
    if name.isEmpty { throw fail(.expectedAnchorName, at: pos) }
    return name
  }

  /// Moves over ASCII letters, digits, `_` and `-`.
  mutating func scanName() -> ByteString {
    let start = pos
    while at(pos).isNameByte { pos += 1 }
    return text[start..<pos]
  }
}
