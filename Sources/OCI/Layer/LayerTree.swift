package import Files

/// What is in a layer: directories and files, in the order in which a walk through the directories finds them.
package struct LayerTree: Sendable, Hashable {
  /// A file.
  package struct File: Sendable, Hashable {
    package var contents: ByteString
    /// Whether it may be run.
    package var isExecutable: Bool

    package init(_ contents: ByteString, isExecutable: Bool = false) {
      self.contents = contents
      self.isExecutable = isExecutable
    }
  }

  /// One entry: a file, or a directory where there is no file.
  package struct Entry: Sendable, Hashable {
    /// The path from the top, without a slash at its end; `.` is the top.
    package let path: ByteString
    package let file: File?
  }

  /// The top, then the entries of each directory in the order of the bytes of their names, each directory followed by what
  /// is in it.
  package let entries: [Entry]

  /// - Parameters:
  ///   - files: files by their paths: relative, with `/` between the parts.
  ///   - directories: directories besides those above files, which need not be named.
  package init(files: [ByteString: File], directories: Set<ByteString> = []) {
    var all: [[ByteString]: File?] = [[]: nil]
    for (path, file) in files { all[path.parts] = file }
    for path in Array(files.keys) + Array(directories) {
      var parts = path.parts
      if directories.contains(path) { all[parts] = .some(nil) }
      while !parts.isEmpty {
        parts.removeLast()
        all[parts] = .some(nil)
      }
    }
    entries = all.keys.sorted { $0.lexicographicallyPrecedes($1) }.map { parts in
      Entry(path: parts.isEmpty ? "." : ByteString(parts.map(\.text).joined(separator: "/")), file: all[parts] ?? nil)
    }
  }

  /// The tree of these files; none may be run.
  package init(_ files: FileSet) {
    self.init(files: Dictionary(uniqueKeysWithValues: files.files.map { ($0.path, File($0.contents)) }))
  }

  /// The file at `path`.
  package subscript(path: ByteString) -> File? { entries.first { $0.path == path }?.file }
}

extension ByteString {
  /// The names in a path.
  fileprivate var parts: [ByteString] {
    withBytes { bytes in
      bytes.split(separator: UInt8(ascii: "/")).map { ByteString(UnsafeBufferPointer(rebasing: $0)) }
    }
  }
}
