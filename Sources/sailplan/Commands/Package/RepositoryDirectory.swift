import Files

/// A directory that packages are written to, in one step; what else is in it stays.
struct RepositoryDirectory {
  let path: String

  /// The most bytes that a file may have which is read from it.
  private static let largestFile = 16 << 20

  init(_ path: String) {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    self.path = path
  }

  /// The files below a directory in it; none where it is missing.
  func files(below directory: ByteString) throws(Diagnostic) -> FileSet {
    let place = "\(path)/\(directory)"
    guard try Disk.kind(place) == .directory else { return FileSet() }
    let found = try Disk.walk(place)
    var files: [FileSet.File] = []
    for name in found.keys.sorted() where found[name] == .file || found[name] == .executable {
      let contents = try Disk.read("\(place)/\(name)", limit: Self.largestFile)
      files.append(FileSet.File(path: directory.appending("/").appending(name), contents: contents))
    }
    return FileSet(files)
  }

  /// Writes all files, or none.
  func replace(_ files: FileSet) throws(Diagnostic) {
    var replacement = try DiskReplacement(path: path)
    try replacement.stage(files, owned: [])
    try replacement.publish()
  }
}
