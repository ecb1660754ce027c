/// What a directory holds under a name, on disk as in git.
package enum FileKind: Sendable, Hashable {
  case file
  case executable
  case directory
  /// A symbolic link.
  case link
  /// A repository inside a repository (git's gitlink), a device, a pipe, a socket.
  case other
}

/// A name in a directory.
package struct DirectoryEntry: Sendable, Hashable {
  package var name: ByteString
  package var kind: FileKind

  package init(name: ByteString, kind: FileKind) {
    self.name = name
    self.kind = kind
  }
}
