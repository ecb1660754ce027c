import Files

extension EditableText {
  /// An entry of a map or a list, as it stands in the text.
  struct Entry {
    /// Where it begins: at its key, or its dash; in a flow list at its value.
    let start: Int
    /// Where its value begins, behind anchor and tag; its start where it has none.
    let valueStart: Int
    /// Whether it stands between `{ }` or `[ ]`.
    let isFlow: Bool
    /// Which entry of how many it is.
    let index: Int
    let count: Int
    /// Where the next entry of the same map or list begins.
    let nextStart: Int?
    /// Where the one before begins.
    let previousStart: Int?
    let isInList: Bool
  }

  /// The entries on the way to a path, the outermost first; nothing where the way does not stand in the text: a key is
  /// missing, or an alias stands for what is below it.
  func entries(to path: NodePath) -> [Entry]? {
    var entries: [Entry] = []
    var node = value
    for step in path.steps {
      var isFlow = isFlow
      if let last = entries.last {
        let first = last.valueStart < contents.count ? contents[last.valueStart] : 0
        if first == UInt8(ascii: "*") { return nil }
        isFlow = last.isFlow || first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
      }
      switch (step, node) {
      case (.key(let key), .map(let items)):
        guard let index = items.firstIndex(where: { $0.key.isText(key) }) else { return nil }
        entries.append(entry(items, index, isFlow: isFlow))
        node = items[index].value
      case (.index(let index), .sequence(let items)) where index < items.count:
        entries.append(entry(items, index, isFlow: isFlow))
        node = items[index].value
      default: return nil
      }
    }
    return entries
  }

  func entry(at path: NodePath) -> Entry? { entries(to: path)?.last }

  /// The line on which an entry stands; nothing where it does not stand in the text.
  package func line(of path: NodePath) -> Int? { entry(at: path).map { source.line($0.start) } }

  private func entry(_ items: [MapItem], _ index: Int, isFlow: Bool) -> Entry {
    let starts = items.map { Int($0.position.offset) }
    let item = items[index]
    let valueStart = Int(item.valuePosition.offset)
    return Entry(
      start: starts[index], valueStart: valueStart == starts[index] ? valueStart : skipProperties(valueStart),
      isFlow: isFlow, index: index, count: items.count,
      nextStart: index + 1 < starts.count ? starts[index + 1] : nil,
      previousStart: index > 0 ? starts[index - 1] : nil, isInList: false)
  }

  private func entry(_ items: [SequenceItem], _ index: Int, isFlow: Bool) -> Entry {
    let starts = items.map { item in
      let at = Int(item.position.offset)
      return isFlow ? skipBlanks(at + 1) : at
    }
    let value = isFlow ? starts[index] : skipBlanks(starts[index] + 1)
    return Entry(
      start: starts[index], valueStart: skipProperties(value), isFlow: isFlow, index: index, count: items.count,
      nextStart: index + 1 < starts.count ? starts[index + 1] : nil,
      previousStart: index > 0 ? starts[index - 1] : nil, isInList: true)
  }

  /// Whether all that the document holds stands between `{ }` or `[ ]`.
  private var isFlow: Bool {
    switch value {
    case .map(let items):
      var at = items.first.map { Int($0.position.offset) } ?? 0
      while at > 0, contents[at - 1].isPadding || contents[at - 1] == UInt8(ascii: "\n") { at -= 1 }
      return at > 0 && contents[at - 1] == UInt8(ascii: "{")
    case .sequence(let items):
      guard let at = items.first.map({ Int($0.position.offset) }), at < contents.count else { return false }
      return contents[at] == UInt8(ascii: "[")
    default: return false
    }
  }

  /// Moves over blanks, line ends and comments.
  private func skipBlanks(_ start: Int) -> Int {
    var at = start
    while at < contents.count {
      if contents[at] == UInt8(ascii: "#") {
        at = nextLine(at)
      } else if contents[at].isPadding || contents[at] == UInt8(ascii: "\n") {
        at += 1
      } else {
        break
      }
    }
    return at
  }

  /// Moves over an anchor and a tag.
  private func skipProperties(_ start: Int) -> Int {
    var at = start
    while at < contents.count, contents[at] == UInt8(ascii: "&") || contents[at] == UInt8(ascii: "!") {
      while at < contents.count, !contents[at].isPadding, contents[at] != UInt8(ascii: "\n") { at += 1 }
      at = skipBlanks(at)
    }
    return at
  }

  /// Whether nothing but blanks stands before a place on its line.
  func startsItsLine(_ offset: Int) -> Bool {
    contents[lineStart(offset)..<offset].withBytes { $0.allSatisfy { $0 == UInt8(ascii: " ") } }
  }

  /// The lines of an entry that starts its line, up to the last one that belongs to it: blank lines and comments behind
  /// it belong to what follows.
  func lines(of entry: Entry) -> Range<Int> {
    let first = lineStart(entry.start)
    let column = entry.start - first
    var end = nextLine(first)
    var at = end
    while at < contents.count {
      let next = nextLine(at)
      var content = at
      while content < next, contents[content] == UInt8(ascii: " ") { content += 1 }
      let isBlank = content == next || contents[content] == UInt8(ascii: "\n") || contents[content].isPadding
      if isBlank || isComment(content) {
        at = next
        continue
      }
      let indent = content - at
      let isDash =
        contents[content] == UInt8(ascii: "-") && (content + 1 == contents.count || contents[content + 1] <= 0x20)
      // A list may stand in the column of its key.
      guard indent > column || (indent == column && isDash && !entry.isInList) || isClosing(content, entry) else {
        break
      }
      at = next
      end = next
    }
    return first..<end
  }

  /// Whether a line only ends what `{` or `[` began in the entry's own column.
  private func isClosing(_ offset: Int, _ entry: Entry) -> Bool {
    contents[offset] == UInt8(ascii: "}") || contents[offset] == UInt8(ascii: "]")
  }

  private func isComment(_ offset: Int) -> Bool {
    guard offset < contents.count, contents[offset] == UInt8(ascii: "#") else { return false }
    return comments.contains { Int($0.position.offset) == offset }
  }
}
