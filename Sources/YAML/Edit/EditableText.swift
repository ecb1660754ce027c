package import Files

/// The text of a file of YAML in which values can be changed while every other byte stays as it is: comments, order,
/// quotes, indentation.
///
/// Edits are made in the text, at places that the parser knows. What comes of one is parsed again, and must hold what
/// was there before but for what was asked for; where it does not (an anchor that is used elsewhere, a scalar that goes
/// on over several lines), the edit is refused and nothing is changed.
package struct EditableText: Sendable {
  /// The file's name, for messages.
  package let name: String
  package private(set) var contents: ByteString
  /// What the text holds; null where it is empty.
  package private(set) var value: Node
  /// The numbered file that positions in `value` refer to.
  package private(set) var source: SourceFile
  let comments: [Comment]
  /// Where the only document with something in it begins.
  let start: Int

  /// Reads a file with one document, or none.
  /// - Throws: what is wrong with it; keys that stand twice, and a second document.
  package init(name: String, contents: ByteString) throws(Diagnostics) {
    try self.init(SourceFile.register(path: name, contents: contents))
  }

  /// Reads a file that has a number already.
  package init(_ source: SourceFile) throws(Diagnostics) {
    var options = ParseOptions(duplicateKeys: .error)
    // What `<<` brings in does not stand here.
    options.mergesKeys = false
    let file = try ParsedFile.parse(source, options: options)
    let filled = file.documents.filter { if case .null = $0.value { false } else { true } }
    if filled.count > 1 {
      throw Diagnostics(
        Diagnostic(
          "\(source.path) holds more than one document", at: filled[1].position,
          hint: "put the documents together, so that it is clear which is to be changed"))
    }
    name = source.path
    contents = source.contents
    self.source = source
    comments = file.comments
    value = filled.first?.value ?? .null
    start = Int((filled.first ?? file.documents[0]).position.offset)
  }

  /// The same with other bytes, if they hold what is expected.
  func edited(_ bytes: [UInt8], expecting expected: Node) -> EditableText? {
    guard let next = try? EditableText(name: name, contents: ByteString(bytes)), next.value.isIdentical(to: expected)
    else { return nil }
    return next
  }

  // MARK: Scalars

  /// Puts another scalar in the place of one, in the quotes that it has.
  /// - Throws: a diagnostic if no scalar stands there in a form that can be replaced.
  package func replacing(_ path: NodePath, with text: ByteString) throws(Diagnostic) -> EditableText {
    guard let entry = entry(at: path) else { throw .notThere(path, in: self) }
    guard let scalar = scalarRange(from: entry.valueStart, in: entry) else {
      throw .noScalar(path, at: entry, in: self)
    }
    var bytes = contents.bytes
    var written = text.bytes
    if let quote = bytes[scalar].first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      written = [quote] + written + [quote]
    }
    bytes.replaceSubrange(scalar, with: written)
    guard let next = edited(bytes, expecting: value.replacing(path.steps[...], with: .string(text))) else {
      throw .noScalar(path, at: entry, in: self)
    }
    return next
  }

  /// Where the scalar that begins at `start` stands; nothing for what is no scalar of one line.
  private func scalarRange(from start: Int, in entry: Entry) -> Range<Int>? {
    guard start < contents.count else { return nil }
    let first = contents[start]
    if first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") {
      return start..<FlowText(contents).endOfQuoted(from: start)
    }
    guard !"|>*[{".utf8.contains(first) else { return nil }
    var end = start
    while end < contents.count, contents[end] != UInt8(ascii: "\n") {
      let byte = contents[end]
      if byte == UInt8(ascii: "#"), end > start, contents[end - 1].isPadding { break }
      if entry.isFlow, ",]}".utf8.contains(byte) { break }
      end += 1
    }
    while end > start, contents[end - 1].isPadding { end -= 1 }
    return end > start ? start..<end : nil
  }

  // MARK: New keys

  /// Writes a scalar under a key of a map at the top, as the map's first key; makes the map where there is none.
  /// - Throws: a diagnostic if something else than a map stands there.
  package func inserting(_ key: ByteString, _ text: ByteString, below parent: ByteString) throws(Diagnostic)
    -> EditableText
  {
    let item = MapItem(key: .string(key), value: .string(text))
    let line = "\(key): \(text)"
    var top: [MapItem] = []
    if case .map(let items) = value { top = items }
    let expected: Node
    var bytes = contents.bytes
    if let index = top.firstIndex(where: { $0.key.isText(parent) }) {
      guard case .map(let inner) = top[index].value, let entry = entry(at: NodePath([.key(parent)])),
        entry.valueStart < bytes.count
      else { throw .noMap(parent, in: self) }
      top[index].value = .map([item] + inner)
      expected = .map(top)
      if bytes[entry.valueStart] == UInt8(ascii: "{") {
        let blank = entry.valueStart + 1 < bytes.count && bytes[entry.valueStart + 1].isPadding ? " " : ""
        bytes.insert(contentsOf: "\(blank)\(line)\(inner.isEmpty ? "" : ",")".utf8, at: entry.valueStart + 1)
        // `{}` holds nothing to be parted from.
        if !inner.isEmpty, blank.isEmpty {
          bytes.insert(UInt8(ascii: " "), at: entry.valueStart + 1 + line.utf8.count + 1)
        }
      } else {
        let at = lineStart(entry.valueStart)
        let indent = [UInt8](repeating: UInt8(ascii: " "), count: entry.valueStart - at)
        bytes.insert(contentsOf: indent + line.utf8 + lineEnd, at: at)
      }
    } else {
      top.insert(MapItem(key: .string(parent), value: .map([item])), at: 0)
      expected = .map(top)
      let at = firstContentLine
      if at == bytes.count, let last = bytes.last, last != UInt8(ascii: "\n") { bytes += lineEnd }
      let added = "\(parent):".utf8 + lineEnd + "  \(line)".utf8 + lineEnd
      bytes.insert(contentsOf: added, at: at == contents.count ? bytes.count : at)
    }
    guard let next = edited(bytes, expecting: expected) else { throw .noMap(parent, in: self) }
    return next
  }

  /// The start of the line of the first key; the end of the text where there is none.
  private var firstContentLine: Int {
    guard case .map(let items) = value, let first = items.first else { return contents.count }
    return lineStart(Int(first.position.offset))
  }
}

extension EditableText {
  /// The start of the line that a byte is on.
  func lineStart(_ offset: Int) -> Int {
    var at = offset
    while at > 0, contents[at - 1] != UInt8(ascii: "\n") { at -= 1 }
    return at
  }

  /// The start of the line behind the one that a byte is on.
  func nextLine(_ offset: Int) -> Int {
    contents.firstIndex(of: UInt8(ascii: "\n"), from: offset).map { $0 + 1 } ?? contents.count
  }

  /// How lines end: as the first one does.
  var lineEnd: [UInt8] {
    guard let feed = contents.firstIndex(of: UInt8(ascii: "\n")), feed > 0, contents[feed - 1] == UInt8(ascii: "\r")
    else { return [UInt8(ascii: "\n")] }
    return [UInt8(ascii: "\r"), UInt8(ascii: "\n")]
  }
}

extension UInt8 {
  /// A blank or a carriage return.
  var isPadding: Bool { self == 0x20 || self == 0x09 || self == 0x0D }
}

extension Diagnostic {
  fileprivate static func notThere(_ path: NodePath, in text: EditableText) -> Diagnostic {
    Diagnostic("\(text.name) does not say '\(path)' in a place of its own", hint: "write it out, without an alias")
  }

  fileprivate static func noScalar(_ path: NodePath, at entry: EditableText.Entry, in text: EditableText) -> Diagnostic
  {
    Diagnostic(
      "'\(path)' stands here in a form in which it cannot be replaced", at: text.source.position(entry.start),
      hint: "write it as one word on one line, without an alias")
  }

  fileprivate static func noMap(_ key: ByteString, in text: EditableText) -> Diagnostic {
    Diagnostic(
      "nothing can be written below '\(key)' in \(text.name)", at: text.source.position(text.start),
      hint: "write \(key) as a map with its keys below it")
  }
}
