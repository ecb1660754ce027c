/// Files in memory: path → bytes, in the order of the paths' bytes. It enters and leaves every stage.
package struct FileSet: Sendable, Hashable {
  /// One file: a relative path with `/` between its parts, and what is in it.
  package struct File: Sendable, Hashable {
    package var path: ByteString
    package var contents: ByteString

    package init(path: ByteString, contents: ByteString) {
      self.path = path
      self.contents = contents
    }
  }

  /// The files, sorted by path; no path twice.
  package private(set) var files: [File]

  package init() { files = [] }

  /// Takes the files in any order; of two with one path the later stays.
  package init(_ files: some Sequence<File>) {
    self.files = Array(files)
    if Self.isSorted(self.files) { return }
    let given = self.files
    let order = given.indices.sorted { given[$0].path == given[$1].path ? $0 < $1 : given[$0].path < given[$1].path }
    self.files.removeAll(keepingCapacity: true)
    for index in order {
      if self.files.last?.path == given[index].path { self.files.removeLast() }
      self.files.append(given[index])
    }
  }

  private static func isSorted(_ files: [File]) -> Bool {
    zip(files, files.dropFirst()).allSatisfy { $0.path < $1.path }
  }

  /// The contents of the file at `path`; setting nothing removes it.
  package subscript(path: ByteString) -> ByteString? {
    get {
      let index = insertionIndex(path)
      return index < files.count && files[index].path == path ? files[index].contents : nil
    }
    set {
      let index = insertionIndex(path)
      let exists = index < files.count && files[index].path == path
      switch (newValue, exists) {
      case (let contents?, true): files[index].contents = contents
      case (let contents?, false): files.insert(File(path: path, contents: contents), at: index)
      case (nil, true): files.remove(at: index)
      case (nil, false): break
      }
    }
  }

  private func insertionIndex(_ path: ByteString) -> Int {
    var low = 0
    var high = files.count
    while low < high {
      let middle = (low + high) / 2
      if files[middle].path < path { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
