import Files

/// Reads the bytes of one file in one pass, from the front, by recursive descent.
///
/// The language is YAML 1.1 as libyaml, and so go-yaml and ytt, understand it. It has one difficulty: whether a node
/// is a key shows only behind it, in the `:`. Nothing is looked ahead or queued for that. A node is read first, and
/// if a `:` follows on its line, where a key may stand, a map begins where the node began.
///
/// Positions within the file are byte offsets. The column of a token is its distance from `lineStart`; only blanks,
/// indicators and ASCII properties can stand before a token whose column matters, so bytes do for characters.
struct Parser: ~Copyable {
  /// The bytes of the file, to cut scalars from.
  let text: ByteString
  /// The same bytes, to look at.
  let input: Input
  let file: UInt32
  let options: ParseOptions

  /// Whether ytt would put no `---` in front of it.
  let startsWithMarker: Bool
  /// The next byte to be read.
  var pos = 0
  /// Where its line begins.
  var lineStart = 0
  /// Whether a key, or an item of a block sequence, may begin here.
  var keyAllowed = true
  /// How many `[` and `{` are open.
  var flowDepth = 0
  /// How many collections are open.
  var depth = 0
  /// How many nodes there are, those behind aliases included.
  var nodes = 0
  /// Where the last plain or tagged scalar began.
  var scalarStart = 0
  /// Whether the last scalar read was a `<<` that asks for a merge.
  var sawMergeKey = false

  var mapItems = ItemStack<MapItem>()
  var sequenceItems = ItemStack<SequenceItem>()
  var anchors = Anchors()
  /// `%TAG` handles of the document, and what they stand for.
  var tagHandles: [(handle: ByteString, prefix: ByteString)] = []

  var comments: [Comment] = []
  /// The line of the byte at `countedOffset`; for comments only.
  private var countedLine: Int32 = 1
  private var countedOffset = 0

  /// Where text is put together that does not stand in the file as it is.
  var scratch = ByteBuffer()
  var breaks = ByteBuffer(capacity: 16)

  /// The lines of the file, once somebody has asked for them.
  var lines: LineTable?

  /// What went wrong, once `Stop` has been thrown.
  var failure: Diagnostic?

  init(text: ByteString, input: Input, file: UInt32, options: ParseOptions) {
    self.text = text
    self.input = input
    self.file = file
    self.options = options
    startsWithMarker = input.beginsWithMarker()
  }
}

/// Ends the parse; what is wrong is in `Parser.failure`.
struct Stop: Error {}

extension Parser {
  @inline(__always)
  var base: UnsafePointer<UInt8> { input.base }

  @inline(__always)
  var count: Int { input.count }

  @inline(__always)
  var hasOddBreaks: Bool { input.hasOddBreaks }

  @inline(__always)
  func at(_ index: Int) -> UInt8 { input.at(index) }

  @inline(__always)
  func breakWidth(_ index: Int) -> Int { input.breakWidth(index) }

  @inline(__always)
  func isBlankOrEnd(_ index: Int) -> Bool { input.isBlankOrEnd(index) }

  @inline(__always)
  func isBreakOrEnd(_ index: Int) -> Bool { input.isBreakOrEnd(index) }

  /// The column of the next byte, from 0.
  @inline(__always)
  var column: Int { pos &- lineStart }

  @inline(__always)
  func position(_ offset: Int) -> Position { Position(file: file, offset: UInt32(truncatingIfNeeded: offset)) }

  /// Whether `---` or `...` stands at the beginning of the line that begins here.
  @inline(__always)
  func isDocumentMarker() -> Bool { pos == lineStart && input.isDocumentMarker(pos) }

  /// Whether whatever ends a document stands here: its markers, a directive, the end of the text.
  @inline(__always)
  func isAtDocumentBoundary() -> Bool {
    pos >= count || (pos == lineStart && (base[pos] == UInt8(ascii: "%") || input.isDocumentMarker(pos)))
  }

  /// Whether `indicator`, which needs a blank behind it in block context, stands here.
  @inline(__always)
  func isAtBlockIndicator(_ indicator: UInt8) -> Bool { at(pos) == indicator && isBlankOrEnd(pos + 1) }

  /// Moves over blanks, comments and line breaks, to the next token.
  @inline(__always)
  mutating func skipToToken() {
    while pos < count && base[pos] == UInt8(ascii: " ") { pos &+= 1 }
    let byte = at(pos)
    if byte > UInt8(ascii: "#") && !hasOddBreaks { return }
    skipToTokenSlowly()
  }

  private mutating func skipToTokenSlowly() {
    while true {
      while at(pos) == UInt8(ascii: " ") || (at(pos) == UInt8(ascii: "\t") && (flowDepth > 0 || !keyAllowed)) {
        pos &+= 1
      }
      if at(pos) == UInt8(ascii: "#") { readComment() }
      let width = breakWidth(pos)
      if width == 0 { return }
      pos &+= width
      lineStart = pos
      if flowDepth == 0 { keyAllowed = true }
    }
  }

  /// Reads the comment that begins here, to the end of its line.
  private mutating func readComment() {
    let start = pos
    skipToLineEnd()
    for offset in countedOffset..<start where base[offset] == UInt8(ascii: "\n") { countedLine &+= 1 }
    countedOffset = start
    var before = start
    while before > lineStart && (base[before - 1] == UInt8(ascii: " ") || base[before - 1] == UInt8(ascii: "\t")) {
      before -= 1
    }
    comments.append(
      Comment(
        text: text[start + 1..<pos], position: position(start), line: countedLine,
        isAloneOnLine: before == lineStart))
  }

  /// Moves to the line break that ends this line, or to the end of the text.
  @inline(__always)
  mutating func skipToLineEnd() {
    if hasOddBreaks {
      while !isBreakOrEnd(pos) { pos &+= 1 }
    } else {
      pos = input.lineFeed(from: pos)
    }
  }

  /// Moves over the line break here, if there is one.
  mutating func skipBreak() {
    let width = breakWidth(pos)
    guard width > 0 else { return }
    pos &+= width
    lineStart = pos
  }

  /// Moves over the line break here and appends what it means to `breaks`: LF for all but LS and PS.
  mutating func readBreak() {
    let width = breakWidth(pos)
    if width == 3 {
      breaks.append(UnsafeBufferPointer(start: base + pos, count: 3))
    } else {
      breaks.append(UInt8(ascii: "\n"))
    }
    pos &+= width
    lineStart = pos
  }

  /// Takes what is in `scratch`.
  mutating func takeScratch() -> ByteString {
    let result = scratch.withBytes { ByteString($0) }
    scratch.truncate(to: 0)
    return result
  }

  /// Enters a collection.
  @inline(__always)
  mutating func descend() throws(Stop) {
    depth &+= 1
    if depth > options.limits.depth { throw fail(.tooDeep(options.limits.depth), at: pos) }
  }

  /// Counts nodes against the limit.
  @inline(__always)
  mutating func count(_ more: Int) throws(Stop) {
    nodes = nodes.addingReportingOverflow(more).partialValue
    if nodes > options.limits.nodes { throw fail(.tooManyNodes(options.limits.nodes), at: pos) }
  }
}
