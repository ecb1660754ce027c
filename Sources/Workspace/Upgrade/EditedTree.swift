package import Files

/// A tree in which some files hold other bytes than where it is kept.
package struct EditedTree: InputTree {
  private let base: any InputTree
  /// What is different, by paths without links.
  package var edits: FileSet

  package init(_ base: any InputTree, edits: FileSet = FileSet()) {
    self.base = base
    self.edits = edits
  }

  package func kind(_ path: ByteString) throws(Diagnostic) -> FileKind? { try base.kind(path) }

  package func entries(_ path: ByteString) throws(Diagnostic) -> [DirectoryEntry] { try base.entries(path) }

  package func linkTarget(_ path: ByteString) throws(Diagnostic) -> ByteString { try base.linkTarget(path) }

  package func contents(_ path: ByteString, limit: Int) throws(Diagnostic) -> ByteString {
    if let edited = edits[path] { return edited }
    return try base.contents(path, limit: limit)
  }

  package func holds(_ contents: ByteString, at path: ByteString) throws(Diagnostic) -> Bool {
    if let edited = edits[path] { return edited == contents }
    return try base.holds(contents, at: path)
  }

  package func shown(_ path: ByteString) -> String { base.shown(path) }

  package var opener: @Sendable () throws(Diagnostic) -> any InputTree {
    let (base, edits) = (base.opener, edits)
    return { () throws(Diagnostic) in EditedTree(try base(), edits: edits) }
  }
}
