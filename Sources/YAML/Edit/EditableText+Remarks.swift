package import Files

/// Comments of ours on lines of their own, which begin with a note that tells them from those of others.
extension EditableText {
  /// A comment of ours.
  package struct Remark: Sendable {
    /// What stands behind the note.
    package let text: ByteString
    let line: Range<Int>
  }

  /// The comments with a note, in the order of the text.
  package func remarks(note: ByteString) -> [Remark] {
    let prefix = ByteString(" \(note) ")
    return comments.filter { $0.isAloneOnLine && $0.text.hasPrefix(prefix) }.map { comment in
      let start = lineStart(Int(comment.position.offset))
      var text = comment.text[prefix.count..<comment.text.count]
      if text.hasSuffix("\r") { text = text[0..<text.count - 1] }
      return Remark(text: text, line: start..<nextLine(start))
    }
  }

  /// Writes a comment above the lines that an entry stands on.
  package func remarking(_ text: ByteString, note: ByteString, above path: NodePath) throws(Diagnostic) -> EditableText
  {
    guard let outer = entries(to: path)?.last(where: { !$0.isFlow && startsItsLine($0.start) }) else {
      throw .nowhere(path, in: self)
    }
    let at = lineStart(outer.start)
    var bytes = contents.bytes
    bytes.insert(contentsOf: contents[at..<outer.start].bytes + "# \(note) \(text)".utf8 + lineEnd, at: at)
    guard let next = edited(bytes, expecting: value) else { throw .nowhere(path, in: self) }
    return next
  }

  /// Takes a comment of ours out, with its line.
  package func removing(_ remark: Remark) -> EditableText {
    var bytes = contents.bytes
    bytes.removeSubrange(remark.line)
    return edited(bytes, expecting: value) ?? self
  }
}

extension Diagnostic {
  fileprivate static func nowhere(_ path: NodePath, in text: EditableText) -> Diagnostic {
    Diagnostic("no comment can be written above '\(path)' in \(text.name)", hint: "write it on a line of its own")
  }
}
