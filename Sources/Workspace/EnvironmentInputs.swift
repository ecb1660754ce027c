package import Files

/// A file of the workspace that goes into a rendering.
package struct WorkspaceFile: Sendable {
  /// Its path in the workspace.
  package let path: ByteString
  package let contents: ByteString
  /// The digest of its bytes.
  package let digest: Digest

  package init(path: ByteString, contents: ByteString) {
    self.path = path
    self.contents = contents
    digest = Digest(contents)
  }
}

/// What one environment is rendered from, the bundle aside.
package struct EnvironmentInputs: Sendable {
  package let name: EnvironmentName
  /// Values files, the farthest ancestor's first; a later one wins.
  package let values: [WorkspaceFile]
  /// Overlays, the farthest ancestor's first; those of one directory by the bytes of their paths.
  package let overlays: [WorkspaceFile]

  package init(name: EnvironmentName, values: [WorkspaceFile], overlays: [WorkspaceFile]) {
    self.name = name
    self.values = values
    self.overlays = overlays
  }

  /// All files, sorted by path.
  package var all: [WorkspaceFile] { (values + overlays).sorted { $0.path < $1.path } }
}
