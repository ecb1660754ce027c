package import Files

/// Entries that are set aside: kept as comments, from which they can be taken back to the byte.
///
///     server:
///       # Set aside by us: server.concurrentBackups
///       #~concurrentBackups: 3  # as many as there are zones
///
/// The lines of the entry get `#~` in front of what they say. Where an entry has no lines of its own (it stands between
/// braces, or behind a dash), the lines of what holds it are kept that way, and those without it follow.
extension EditableText {
  /// What the lines that are kept have in front of what they say.
  private static let mark: ByteString = "#~"

  /// Sets the entry at a path aside. With the last entry of a map, the map goes as well, for one without entries would
  /// be null.
  /// - Parameter note: what the line above says in front of the path; the same when it is taken back.
  /// - Throws: a diagnostic if that cannot be done without changing something else.
  package func settingAside(_ path: NodePath, note: ByteString) throws(Diagnostic) -> EditableText {
    guard let entries = entries(to: path), !entries.isEmpty else { throw .notSetHere(path, in: self) }
    guard NodePath(ByteString(path.description)) == path else { throw .noName(path, in: self) }
    var depth = entries.count - 1
    while depth > 0, entries[depth].count == 1, !entries[depth].isFlow, !entries[depth].isInList { depth -= 1 }
    let entry = entries[depth]
    guard entry.isFlow || !entry.isInList || entry.count > 1 else { throw .lastOfList(path, at: entry, in: self) }

    let unit: Range<Int>
    var rest: [UInt8] = []
    if !entry.isFlow, startsItsLine(entry.start) {
      unit = lines(of: entry)
    } else {
      let outer = entries[..<depth].last { !$0.isFlow && startsItsLine($0.start) }
      guard let outer, let gap = gap(of: entry) else { throw .notAside(path, at: entry, in: self) }
      unit = lines(of: outer)
      guard unit.lowerBound <= gap.lowerBound, gap.upperBound <= unit.upperBound else {
        throw .notAside(path, at: entry, in: self)
      }
      rest = contents[unit.lowerBound..<gap.lowerBound].bytes + contents[gap.upperBound..<unit.upperBound].bytes
    }
    let bytes = contents.bytes
    var kept = marker(path, note, above: unit.lowerBound) + commented(bytes[unit])
    if !rest.isEmpty, kept.last != UInt8(ascii: "\n") { kept += lineEnd }
    let new = Array(bytes[..<unit.lowerBound]) + kept + rest + Array(bytes[unit.upperBound...])
    let whole = NodePath(Array(path.steps.prefix(depth + 1)))
    guard let next = edited(new, expecting: value.replacingOrNull(whole)) else {
      throw .notAside(path, at: entry, in: self)
    }
    return next
  }

  /// What has to go so that an entry goes that has no lines of its own: the entry and the comma beside it.
  private func gap(of entry: Entry) -> Range<Int>? {
    if let next = entry.nextStart { return entry.start..<next }
    guard entry.isFlow else { return nil }
    let end = FlowText(contents).endOfEntry(from: entry.start)
    guard let previous = entry.previousStart else { return entry.start..<end }
    return FlowText(contents).endOfEntry(from: previous)..<end
  }

  private func marker(_ path: NodePath, _ note: ByteString, above offset: Int) -> [UInt8] {
    var indent = offset
    while indent < contents.count, contents[indent] == UInt8(ascii: " ") { indent += 1 }
    return contents[offset..<indent].bytes + "# \(note) \(path)".utf8 + lineEnd
  }

  private func commented(_ lines: ArraySlice<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    var isIndent = true
    for byte in lines {
      if isIndent, byte != UInt8(ascii: " ") {
        out += Self.mark.bytes
        isIndent = false
      }
      out.append(byte)
      if byte == UInt8(ascii: "\n") { isIndent = true }
    }
    return out
  }

  // MARK: Taking back

  /// An entry that is set aside in the text.
  package struct SetAside: Sendable {
    package let path: NodePath
    /// The number of the line that says so.
    package let line: Int
    /// The lines: the one that says so, and those that are kept.
    let lines: Range<Int>
  }

  /// What is set aside with a note, in the order of the text.
  package func setAside(note: ByteString) -> [SetAside] {
    let prefix = ByteString(" \(note) ")
    var found: [SetAside] = []
    for comment in comments where comment.isAloneOnLine && comment.text.hasPrefix(prefix) {
      var text = comment.text[prefix.count..<comment.text.count]
      if text.hasSuffix("\r") { text = text[0..<text.count - 1] }
      guard let path = NodePath(text) else { continue }
      let start = lineStart(Int(comment.position.offset))
      var end = nextLine(start)
      while end < contents.count, let content = markedContent(end), content < contents.count { end = nextLine(end) }
      found.append(SetAside(path: path, line: source.line(start), lines: start..<end))
    }
    return found
  }

  /// Where a line says what it says behind the mark; nothing for a line without one.
  private func markedContent(_ lineStart: Int) -> Int? {
    var at = lineStart
    while at < contents.count, contents[at] == UInt8(ascii: " ") { at += 1 }
    guard contents[at..<min(at + Self.mark.count, contents.count)] == Self.mark else { return nil }
    return at + Self.mark.count
  }

  /// Takes back what is set aside; nothing where that would not be exactly what was set aside, because somebody has
  /// changed the lines or what stands around them since.
  package func takingBack(_ aside: SetAside, note: ByteString) -> EditableText? {
    let bytes = contents.bytes
    var original: [UInt8] = []
    var at = nextLine(aside.lines.lowerBound)
    while at < aside.lines.upperBound, let content = markedContent(at) {
      let next = nextLine(at)
      original += bytes[at..<content - Self.mark.count] + bytes[content..<next]
      at = next
    }
    var ends = [aside.lines.upperBound]
    if let following = blockEntry(startingAt: aside.lines.upperBound) { ends.append(lines(of: following).upperBound) }
    for end in ends {
      // What was the end of the file has no line end there.
      for original in end == bytes.count ? [original, original.withoutLineEnd] : [original] {
        let candidate = Array(bytes[..<aside.lines.lowerBound]) + original + Array(bytes[end...])
        guard let text = try? EditableText(name: name, contents: ByteString(candidate)),
          let again = try? text.settingAside(aside.path, note: note), again.contents == contents
        else { continue }
        return text
      }
    }
    return nil
  }

  /// The entry whose first line begins at a place.
  private func blockEntry(startingAt offset: Int) -> Entry? {
    var open = [(NodePath(), value)]
    while let (path, node) = open.popLast() {
      let steps: [(NodePath.Step, Node)] =
        switch node {
        case .map(let items):
          items.compactMap { item in
            if case .string(let key) = item.key { (.key(key), item.value) } else { nil }
          }
        case .sequence(let items): items.enumerated().map { (.index($0), $1.value) }
        default: []
        }
      for (step, inner) in steps {
        let path = path.appending(step)
        guard let entry = entry(at: path) else { continue }
        if !entry.isFlow, startsItsLine(entry.start), lineStart(entry.start) == offset { return entry }
        open.append((path, inner))
      }
    }
    return nil
  }
}

extension [UInt8] {
  fileprivate var withoutLineEnd: [UInt8] {
    var bytes = self
    if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
    if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
    return bytes
  }
}

extension Node {
  /// Without what stands at a path; null where nothing is left of a map at the top.
  fileprivate func replacingOrNull(_ path: NodePath) -> Node {
    let rest = replacing(path.steps[...], with: nil)
    if path.steps.count == 1, case .map(let items) = rest, items.isEmpty { return .null }
    return rest
  }
}

extension Diagnostic {
  fileprivate static func notSetHere(_ path: NodePath, in text: EditableText) -> Diagnostic {
    Diagnostic(
      "'\(path)' cannot be set aside: \(text.name) does not say it in a place of its own",
      hint: "write it out, without an alias")
  }

  fileprivate static func noName(_ path: NodePath, in text: EditableText) -> Diagnostic {
    Diagnostic(
      "'\(path)' cannot be set aside: a key in it has a dot or a bracket, so that nobody could take it back",
      at: text.source.position(text.start), hint: "take it out by hand")
  }

  fileprivate static func notAside(_ path: NodePath, at entry: EditableText.Entry, in text: EditableText) -> Diagnostic
  {
    Diagnostic(
      "'\(path)' cannot be set aside without changing something else", at: text.source.position(entry.start),
      hint: "write it on a line of its own, without an anchor that is used elsewhere")
  }

  fileprivate static func lastOfList(_ path: NodePath, at entry: EditableText.Entry, in text: EditableText)
    -> Diagnostic
  {
    Diagnostic(
      "'\(path)' cannot be set aside: it is all that its list has", at: text.source.position(entry.start),
      hint: "take it out by hand, and write [] if the list is to stay without entries")
  }
}
