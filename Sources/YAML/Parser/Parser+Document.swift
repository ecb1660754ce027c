import Files

extension Parser {
  /// Reads the whole file.
  mutating func parseStream() throws(Stop) -> [Document] {
    var documents: [Document] = []
    if startsWithMarker {
      skipToToken()
      tagHandles = Self.standardTagHandles
      if !isDocumentMarker() { documents.append(try parseContent(at: pos, isExplicit: false)) }
    } else {
      // What ytt does: a file that does not begin with `---` is read as if it did.
      tagHandles = Self.standardTagHandles
      documents.append(try parseContent(at: 0, isExplicit: false))
    }
    while true {
      skipToToken()
      let kept = comments.count
      var sawEnd = false
      while isDocumentMarker() && at(pos) == UInt8(ascii: ".") {
        sawEnd = true
        pos += 3
        keyAllowed = false
        skipToToken()
      }
      if pos >= count {
        // ytt does not see what follows the last `...`.
        if sawEnd { comments.removeLast(comments.count - kept) }
        return documents
      }
      tagHandles = []
      let start = pos
      try parseDirectives()
      guard isDocumentMarker(), at(pos) == UInt8(ascii: "-") else { throw unexpectedToken(.expectedDocumentStart) }
      pos += 3
      keyAllowed = false
      documents.append(try parseContent(at: start, isExplicit: true))
    }
  }

  private mutating func parseContent(at start: Int, isExplicit: Bool) throws(Stop) -> Document {
    anchors.removeAll()
    skipToToken()
    var value = Node.null
    if !isAtDocumentBoundary() { value = try parseBlockNode(-1) }
    skipToToken()
    if !isAtDocumentBoundary() { throw unexpectedToken(.expectedDocumentStart) }
    return Document(value, position: position(start), isExplicit: isExplicit)
  }

  static let standardTagHandles: [(handle: ByteString, prefix: ByteString)] = [
    (handle: "!", prefix: "!"), (handle: "!!", prefix: "tag:yaml.org,2002:"),
  ]

  /// Reads `%YAML` and `%TAG` lines, up to the `---` behind them.
  private mutating func parseDirectives() throws(Stop) {
    var sawVersion = false
    while pos == lineStart && at(pos) == UInt8(ascii: "%") {
      let start = pos
      var version: (Int, Int)?
      keyAllowed = false
      pos += 1
      let name = scanName()
      if name.isEmpty { throw fail(.expectedDirectiveName, at: start) }
      if !isBlankOrEnd(pos) { throw fail(.directiveNameCharacter, at: pos) }
      if name == "YAML" {
        version = try scanVersion()
      } else if name == "TAG" {
        try parseTagDirective(start)
      } else {
        throw fail(.unknownDirective(name), at: start)
      }
      skipBlanks()
      if at(pos) == UInt8(ascii: "#") { skipToLineEnd() }
      if !isBreakOrEnd(pos) { throw fail(.expectedCommentOrBreak, at: pos) }
      if let version {
        if sawVersion { throw fail(.duplicateVersion, at: start) }
        if version != (1, 1) { throw fail(.incompatibleVersion, at: start) }
        sawVersion = true
      }
      skipToToken()
    }
    for standard in Self.standardTagHandles where !tagHandles.contains(where: { $0.handle == standard.handle }) {
      tagHandles.append(standard)
    }
  }

  private mutating func scanVersion() throws(Stop) -> (Int, Int) {
    skipBlanks()
    let major = try scanVersionNumber()
    if at(pos) != UInt8(ascii: ".") { throw fail(.expectedVersionDot, at: pos) }
    pos += 1
    return (major, try scanVersionNumber())
  }

  private mutating func scanVersionNumber() throws(Stop) -> Int {
    let start = pos
    var value = 0
    while at(pos) >= UInt8(ascii: "0") && at(pos) <= UInt8(ascii: "9") {
      if pos - start == 2 { throw fail(.longVersion, at: start) }
      value = value * 10 + Int(at(pos) - UInt8(ascii: "0"))
      pos += 1
    }
    if pos == start { throw fail(.expectedVersion, at: pos) }
    return value
  }

  private mutating func parseTagDirective(_ start: Int) throws(Stop) {
    skipBlanks()
    let handle = try scanTagHandle(isDirective: true)
    if !at(pos).isBlank { throw fail(.expectedBlank, at: pos) }
    skipBlanks()
    let prefix = try scanTagURI(head: .empty)
    if !isBlankOrEnd(pos) { throw fail(.expectedBlankOrBreak, at: pos) }
    if tagHandles.contains(where: { $0.handle == handle }) { throw fail(.duplicateTagDirective, at: start) }
    tagHandles.append((handle: handle, prefix: prefix))
  }

  mutating func skipBlanks() {
    while at(pos).isBlank { pos += 1 }
  }
}
