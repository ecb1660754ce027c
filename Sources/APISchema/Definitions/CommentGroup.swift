package import Files

/// Comments that follow each other without a blank line between them.
package struct CommentGroup: Sendable {
  package var comments: [Comment]

  package init(_ comments: [Comment]) { self.comments = comments }

  /// One comment with its delimiters: from `//` to the end of the line (without it), or from `/*` to `*/`.
  package struct Comment: Sendable {
    package var text: ByteString
    package var position: Position

    package init(_ text: ByteString, at position: Position) {
      self.text = text
      self.position = position
    }
  }
}
