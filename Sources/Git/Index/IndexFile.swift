import Files

/// A file that the index is to name.
struct IndexFile {
  /// With the path of the repository.
  let entry: TreeEntry
  /// What the system says of the file in the work tree, where it is known to hold exactly these bytes.
  let status: FileStatus?

  init(_ path: ByteString, _ mode: FileMode, _ id: ObjectID, _ status: FileStatus? = nil) {
    entry = TreeEntry(path: path, mode: mode, id: id)
    self.status = status
  }
}
