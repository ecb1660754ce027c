import Files

extension Parser {
  /// Reads the node that begins here, in a column beyond `indent`, that of the block collection around it (-1 at the
  /// top). It may turn out to be a map whose first key begins here. `isValue` if it is the value of a map item, whose
  /// properties a sequence may follow in the map's column.
  mutating func parseBlockNode(_ indent: Int, isValue: Bool = false) throws(Stop) -> Node {
    let start = pos
    switch at(pos) {
    case UInt8(ascii: "-") where isBlankOrEnd(pos + 1):
      if !keyAllowed { throw fail(.sequenceNotAllowed, at: pos) }
      return try parseBlockSequence(column)
    case UInt8(ascii: "?") where isBlankOrEnd(pos + 1):
      if !keyAllowed { throw fail(.keyNotAllowed, at: pos) }
      try descend()
      return try parseBlockMapItems(column, mapItems.count)
    case UInt8(ascii: ":") where isBlankOrEnd(pos + 1):
      throw keyAllowed ? fail(.expectedKey, at: pos) : fail(.valueNotAllowed, at: pos)
    case UInt8(ascii: "|"), UInt8(ascii: ">"):
      return .string(try scanBlockScalar(indent))
    case UInt8(ascii: "&"), UInt8(ascii: "!"):
      return try parseBlockNodeWithProperties(indent, isValue)
    default:
      let mayBeKey = keyAllowed
      let line = lineStart
      sawMergeKey = false
      let node = try parseInlineNode(indent)
      if mayBeKey && isAtValueIndicator(start, line) { return try parseBlockMap(firstKey: node, start, line) }
      return node
    }
  }

  /// Whether what began at `start`, on the line that begins at `line`, is a key: a `:` follows it on its line, no
  /// more than 1024 characters on.
  @inline(__always)
  mutating func isAtValueIndicator(_ start: Int, _ line: Int) -> Bool {
    if lineStart != line { return false }
    while at(pos).isBlank { pos &+= 1 }
    guard at(pos) == UInt8(ascii: ":"), flowDepth > 0 || isBlankOrEnd(pos + 1) else { return false }
    return pos &- start <= 1024 || input.characters(start, pos) <= 1024
  }

  /// Reads the rest of a map whose first key has been read, up to its `:`.
  mutating func parseBlockMap(firstKey key: consuming Node, _ start: Int, _ line: Int) throws(Stop) -> Node {
    try descend()
    let bottom = mapItems.count
    let column = start &- line
    let merges = sawMergeKey
    sawMergeKey = false
    pos &+= 1
    keyAllowed = false
    try parseMapItem(key, start, column, merges)
    return try parseBlockMapItems(column, bottom)
  }

  /// Reads items of a block map from here on, up to a lesser column; those from `bottom` on are its own.
  private mutating func parseBlockMapItems(_ indent: Int, _ bottom: Int) throws(Stop) -> Node {
    while true {
      skipToToken()
      if pos >= count || column < indent { break }
      let start = pos
      // A value that ends on this line may end in the keys' column: what follows it is no key all the same.
      if column > indent || !keyAllowed { throw unexpectedToken(.expectedKey) }
      switch base[pos] {
      case UInt8(ascii: "?") where isBlankOrEnd(pos + 1):
        try parseExplicitItem(indent)
        continue
      case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "%"):
        if isAtDocumentBoundary() { return try finishMap(bottom) }
        if isAtBlockIndicator(UInt8(ascii: "-")) { throw fail(.expectedKey, at: pos) }
      case UInt8(ascii: ":") where isBlankOrEnd(pos + 1):
        throw fail(.expectedKey, at: pos)
      case UInt8(ascii: "|"), UInt8(ascii: ">"):
        _ = try scanBlockScalar(indent)
        throw fail(.expectedKey, at: start)
      default:
        break
      }
      let line = lineStart
      sawMergeKey = false
      let key = try parseKey(indent)
      guard isAtValueIndicator(start, line) else { throw missingColon(start) }
      let merges = sawMergeKey
      sawMergeKey = false
      pos &+= 1
      keyAllowed = false
      try parseMapItem(key, start, indent, merges)
    }
    return try finishMap(bottom)
  }

  private mutating func finishMap(_ bottom: Int) throws(Stop) -> Node {
    depth &-= 1
    try count(mapItems.count &- bottom &+ 1)
    try resolveDuplicates(bottom)
    return .map(mapItems.pop(from: bottom))
  }

  /// Reads the value behind the `:` of a key in column `indent`, and adds the item.
  @inline(__always)
  private mutating func parseMapItem(
    _ key: consuming Node, _ start: Int, _ indent: Int, _ merges: Bool
  ) throws(Stop) {
    skipToToken()
    let valueStart = pos
    let value = try parseBlockValue(indent)
    try addItem(key, start, value, valueStart, merges: merges)
  }

  /// Reads what stands here as the value of a map item in column `indent`; null if nothing does.
  @inline(__always)
  private mutating func parseBlockValue(_ indent: Int) throws(Stop) -> Node {
    if pos >= count { return .null }
    if column > indent { return try parseBlockNode(indent, isValue: true) }
    // The items of a sequence may stand in the column of the map's keys.
    if column == indent {
      if isAtBlockIndicator(UInt8(ascii: "-")) { return try parseBlockSequence(indent, isFlush: true) }
      if isAtBlockScalar() { return try parseBlockNode(indent) }
    }
    return .null
  }

  /// Whether a block scalar begins here, which is never a key and so may stand even in the column of keys and dashes.
  @inline(__always)
  func isAtBlockScalar() -> Bool { at(pos) == UInt8(ascii: "|") || at(pos) == UInt8(ascii: ">") }

  /// Reads `? key` and, if there is one, `: value`.
  private mutating func parseExplicitItem(_ indent: Int) throws(Stop) {
    if !keyAllowed { throw fail(.keyNotAllowed, at: pos) }
    var start = pos
    pos += 1
    keyAllowed = true
    skipToToken()
    sawMergeKey = false
    let keyStart = pos
    let key = try parseBlockValue(indent)
    // A key that is not there stands at its indicator.
    if pos > keyStart { start = keyStart }
    let merges = sawMergeKey
    sawMergeKey = false
    skipToToken()
    var value = Node.null
    var valueStart = pos
    if column == indent && isAtBlockIndicator(UInt8(ascii: ":")) {
      pos += 1
      keyAllowed = true
      skipToToken()
      valueStart = pos
      value = try parseBlockValue(indent)
    }
    try addItem(key, start, value, valueStart, merges: merges)
  }

  /// Reads the items of a block sequence whose dashes stand in column `indent`; `isFlush` if that is the column of the
  /// map around it.
  mutating func parseBlockSequence(_ indent: Int, isFlush: Bool = false) throws(Stop) -> Node {
    try descend()
    let bottom = sequenceItems.count
    while true {
      let dash = pos
      pos &+= 1
      keyAllowed = true
      skipToToken()
      var value = Node.null
      if pos < count {
        if column > indent || (column == indent && isAtBlockScalar()) {
          value = try parseBlockNode(indent)
        } else if column == indent && !isFlush && !isAtBlockIndicator(UInt8(ascii: "-")) && !isAtDocumentBoundary() {
          try parseMisplacedNode(indent, .expectedContent)
        }
      }
      sequenceItems.push(SequenceItem(consume value, position: position(dash)))
      skipToToken()
      if pos >= count || column < indent || isAtDocumentBoundary() { break }
      if column == indent && isAtBlockIndicator(UInt8(ascii: "-")) { continue }
      if isFlush { break }
      if column == indent { try parseMisplacedNode(indent, .expectedDash) }
      throw unexpectedToken(.expectedDash)
    }
    depth &-= 1
    try count(sequenceItems.count &- bottom &+ 1)
    return .sequence(sequenceItems.pop(from: bottom))
  }

  /// What stands in the column of the dashes and is none: read it, to say what is wrong with it.
  private mutating func parseMisplacedNode(_ indent: Int, _ problem: ParseProblem) throws(Stop) {
    let start = pos
    let line = lineStart
    let isIndicator = isAtBlockIndicator(UInt8(ascii: ":")) || isAtBlockIndicator(UInt8(ascii: "?"))
    if isIndicator || !keyAllowed { throw unexpectedToken(problem) }
    _ = try parseKey(indent)
    if isAtValueIndicator(start, line) { throw fail(problem, at: start) }
    throw missingColon(start)
  }

  /// Adds an item to the innermost map: its own, or those that a `<<` brings in.
  @inline(__always)
  mutating func addItem(
    _ key: consuming Node, _ start: Int, _ value: consuming Node, _ valueStart: Int, merges: Bool
  ) throws(Stop) {
    if merges || key.isCollection { return try addRareItem(key, start, value, valueStart, merges: merges) }
    let position = position(start)
    mapItems.push(MapItem(key: key, value: value, position: position))
  }

  @inline(never)
  private mutating func addRareItem(
    _ key: Node, _ start: Int, _ value: Node, _ valueStart: Int, merges: Bool
  ) throws(Stop) {
    if merges && options.mergesKeys { return try merge(value, valueStart) }
    let key = key.isCollection ? collectionAsKey(key) : key
    mapItems.push(MapItem(key: key, value: value, position: position(start)))
  }

  private mutating func merge(_ value: Node, _ start: Int) throws(Stop) {
    switch value {
    case .map(let items):
      for item in items { mapItems.push(item) }
    case .sequence(let items) where items.isEmpty && at(start) != UInt8(ascii: "*"):
      break
    default:
      // Also for a sequence of maps, which go-yaml promises to take: ytt's notes on the items' lines get in its way.
      throw fail(.cannotMerge, at: start)
    }
  }

  /// A map or sequence that is a key, as ytt prints it: it shows the notes that it keeps on a sequence's items, the
  /// value and the line. Nothing in Kubernetes has such keys.
  private mutating func collectionAsKey(_ key: Node) -> Node {
    if lines == nil { lines = Position(file: file, offset: 0).source?.lineTable }
    switch key {
    case .map(let items):
      return .map(
        items.map { item in
          MapItem(key: item.key, value: collectionAsKey(item.value), position: item.position)
        })
    case .sequence(let items):
      return .sequence(
        items.map { item in
          let line = (lines?.line(Int(item.position.offset)) ?? 1) - (startsWithMarker ? 1 : 0)
          let value = MapItem(key: .string("value"), value: collectionAsKey(item.value), position: item.position)
          let place = MapItem(key: .string("line"), value: .int(Int64(line)), position: item.position)
          return SequenceItem(.map([value, place]), position: item.position)
        })
    default:
      return key
    }
  }
}

extension Node {
  /// Whether it is a map or a sequence.
  package var isCollection: Bool {
    switch self {
    case .map, .sequence: true
    default: false
    }
  }
}
