package import Files

/// How YAML text is to be read.
package struct ParseOptions: Sendable, Hashable {
  /// What happens to a key that stands twice in one map.
  package enum DuplicateKeys: Sendable, Hashable {
    /// Every item stays, in the order of the text: what reads templates sees them all.
    case keepAll
    /// It is an error.
    case error
    /// The last item takes the place of the first, as ytt reads files without template directives.
    case lastValueAtFirstPosition
  }

  /// Bounds on what a file may ask of us; beyond them parsing fails.
  package struct Limits: Sendable, Hashable {
    /// How many bytes a file may have.
    package var size = 256 << 20
    /// How deep maps and sequences may nest.
    package var depth = 256
    /// How many nodes a file may have once its aliases are expanded: aliases of aliases grow exponentially.
    package var nodes = 20_000_000

    package init() {}
  }

  package var duplicateKeys: DuplicateKeys
  /// Whether `<<` brings in the items of the map behind it; otherwise it is a key like others.
  package var mergesKeys = true
  /// Whether plain scalars must mean the same in every version of YAML, as `ytt --strict` asks.
  package var isStrict = false
  package var limits = Limits()

  package init(duplicateKeys: DuplicateKeys = .keepAll) { self.duplicateKeys = duplicateKeys }
}

/// A file of YAML, read: its documents, and the comments that stand between them.
package struct ParsedFile: Sendable {
  /// One at least: an empty file is a document of null. A file that does not begin with `---` begins with a document
  /// that is not explicit, also where a `---` follows after comments (its value is then null).
  package var documents: [Document]
  /// In the order of the file. Comments in the header of a block scalar and on a directive's line are left out, as
  /// ytt leaves them out.
  package var comments: [Comment]

  package init(documents: [Document], comments: [Comment]) {
    self.documents = documents
    self.comments = comments
  }
}

/// One comment: from a `#` to the end of its line.
package struct Comment: Sendable, Hashable {
  /// What stands behind the `#`.
  package var text: ByteString
  /// Where the `#` stands.
  package var position: Position
  /// The line, from 1.
  package var line: Int32
  /// Whether nothing but blanks stands before it on its line.
  package var isAloneOnLine: Bool

  package init(text: ByteString, position: Position, line: Int32, isAloneOnLine: Bool) {
    self.text = text
    self.position = position
    self.line = line
    self.isAloneOnLine = isAloneOnLine
  }
}
