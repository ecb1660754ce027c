package import Files

/// An environment whose files are made from what somebody had before.
package struct NewEnvironment {
  private static let overlay: ByteString = "overlays/adopted.yaml"

  private let name: EnvironmentName
  private let tree: DiskTree

  /// - Parameter isReplaced: whether its files may be there already.
  /// - Throws: a diagnostic if they are and may not be, or if something is in the way.
  package init(_ name: EnvironmentName, in tree: DiskTree, isReplaced: Bool) throws(Diagnostic) {
    self.name = name
    self.tree = tree
    try WorkspaceCreation.checkPlace(of: name, in: tree, isReplaced: isReplaced)
    if !isReplaced, try tree.kind(path(Self.overlay)) != nil { throw .exists(tree.shown(path(Self.overlay))) }
  }

  /// What the environment is rendered from besides the files that are made: what it inherits, and overlays that are
  /// there already.
  package func inherited(_ reader: WorkspaceReader) throws(Diagnostics) -> EnvironmentInputs {
    let inputs = try reader.inputs(for: name, requiringValues: false)
    return EnvironmentInputs(
      name: name, values: inputs.values.filter { $0.path != path(WorkspaceReader.valuesFile) },
      overlays: inputs.overlays.filter { $0.path != path(Self.overlay) })
  }

  /// Writes the files. An overlay of an earlier time that is no longer needed becomes an empty one.
  /// - Returns: the paths of the files that were written.
  package func write(values: ByteString, overlay: ByteString?) throws(Diagnostic) -> [String] {
    try Disk.createDirectory(tree.path(name.directory))
    var written = [tree.path(path(WorkspaceReader.valuesFile))]
    let overlayPath = tree.path(path(Self.overlay))
    let hadOverlay = try tree.kind(path(Self.overlay)) != nil
    if let overlay = overlay ?? (hadOverlay ? "#! Nothing is needed here.\n" : nil) {
      try Disk.createDirectory(tree.path(name.directory.appendingPath("overlays")))
      try Disk.replace(overlayPath, with: overlay)
      written.append(overlayPath)
    }
    try Disk.replace(written[0], with: values)
    return written
  }

  private func path(_ file: ByteString) -> ByteString { name.directory.appendingPath(file) }
}

extension Diagnostic {
  fileprivate static func exists(_ path: String) -> Diagnostic {
    Diagnostic("\(path) is there already", hint: "move it away, or let it be written over with --overwrite")
  }
}
