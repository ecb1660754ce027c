import Files

/// Makes the tree of a new commit out of the one before and changes, by naming objects; writes nothing.
struct TreeEdit {
  /// What a path of ours becomes: an entry without a path, or nothing.
  private struct Splice {
    var names: ArraySlice<ByteString>
    var path: ByteString
    var entry: (mode: FileMode, id: ObjectID)?
    var isDirectory: Bool
    /// The bytes of a file that the batch does not have yet.
    var contents: ByteString?
  }

  /// The files that the index has to name, with the paths of the repository.
  private(set) var files: [IndexFile] = []
  private var splices: [Splice] = []

  /// Names every object that the changes bring.
  init(_ changes: [Snapshot.Change], batch: ObjectBatch) throws(GitError) {
    splices.reserveCapacity(changes.count)
    files.reserveCapacity(changes.reduce(0) { $0 + $1.fileCount })
    for change in changes {
      let path = change.path
      let names = RepositoryPath.components(path)[...]
      switch change {
      case .file(_, let contents, let executable):
        let mode: FileMode = executable ? .executable : .file
        let id = contents.map { batch.name(blob: $0) }
        if let id { files.append(IndexFile(path, mode, id)) }
        splices.append(
          Splice(names: names, path: path, entry: id.map { (mode, $0) }, isDirectory: false, contents: contents))
      case .blob(_, let id):
        files.append(IndexFile(path, .file, id))
        splices.append(Splice(names: names, path: path, entry: (.file, id), isDirectory: false))
      case .tree(_, let tree, let written):
        let directory = path.appending("/")
        for file in tree.files {
          files.append(IndexFile(directory.appending(file.path), file.mode, file.id, written[file.path]))
        }
        splices.append(Splice(names: names, path: path, entry: tree.id.map { (.directory, $0) }, isDirectory: true))
      case .directory(_, let set):
        let id = set.files.isEmpty ? nil : try add(set.files[...], skipping: 0, below: path, batch)
        splices.append(Splice(names: names, path: path, entry: id.map { (.directory, $0) }, isDirectory: true))
      }
    }
  }

  /// Names the tree of files that have their first `skipped` bytes in common. Their order is that of a tree already.
  private mutating func add(
    _ set: ArraySlice<FileSet.File>, skipping skipped: Int, below path: ByteString, _ batch: ObjectBatch
  ) throws(GitError) -> ObjectID {
    var entries: [TreeEntry] = []
    var at = set.startIndex
    while at < set.endIndex {
      let file = set[at]
      if let slash = file.path.firstIndex(of: UInt8(ascii: "/"), from: skipped) {
        let head = file.path[0..<slash + 1]
        var end = at + 1
        while end < set.endIndex, set[end].path.hasPrefix(head) { end += 1 }
        let id = try add(set[at..<end], skipping: slash + 1, below: path, batch)
        entries.append(TreeEntry(path: file.path[skipped..<slash], mode: .directory, id: id))
        at = end
      } else {
        let id = try batch.add(blob: file.contents)
        files.append(IndexFile(path.appending("/").appending(file.path), .file, id))
        entries.append(TreeEntry(path: file.path[skipped..<file.path.count], mode: .file, id: id))
        at += 1
      }
    }
    return try batch.add(.tree, TreeBytes.make(entries))
  }

  /// The tree that `base` becomes; nothing where no file is left.
  /// - Throws: `.insideSubmodule` and `.pathBlocked` where the commit before has something in the way.
  func applied(
    to base: ObjectID?, batch: ObjectBatch
  ) throws(GitError) -> ObjectID? {
    try TreeEdit.apply(splices[...].sorted { TreeEdit.precedes($0.path, $1.path) }[...], to: base, batch)
  }

  private static func apply(
    _ splices: ArraySlice<Splice>, to base: ObjectID?, _ batch: ObjectBatch
  ) throws(GitError) -> ObjectID? {
    var before: [TreeEntry] = []
    if let base { before = try batch.children(of: base) }
    var places: [ByteString: Int] = [:]
    for (index, entry) in before.enumerated() { places[entry.path] = index }
    var entries: [TreeEntry?] = before
    var rest = splices
    while let first = rest.first, let name = first.names.first {
      let group = rest.prefix { $0.names.first == name }
      rest = rest.dropFirst(group.count)
      let place = places[name]
      let old = place.map { before[$0] }
      var new: TreeEntry?
      if first.names.count == 1 {
        try refuse(old, for: first)
        new = first.entry.map { TreeEntry(path: name, mode: $0.mode, id: $0.id) }
        // What stands there already is reached by the commit before: nobody takes it for garbage.
        if let contents = first.contents, let id = new?.id, id != old?.id { try batch.add(.blob, id, contents) }
      } else {
        if let old, old.mode != .directory { throw blocked(old, at: first, isLast: false) }
        let inner = group.map {
          Splice(
            names: $0.names.dropFirst(), path: $0.path, entry: $0.entry, isDirectory: $0.isDirectory,
            contents: $0.contents)
        }
        let id = try apply(inner[...], to: old?.id, batch)
        new = id.map { TreeEntry(path: name, mode: .directory, id: $0) }
      }
      if let place { entries[place] = new } else { entries.append(new) }
    }
    var after = entries.compactMap { $0 }
    if after == before, let base { return base }
    if after.isEmpty { return nil }
    after.sort(by: TreeBytes.order)
    return try batch.add(.tree, TreeBytes.make(after))
  }

  /// The order of the bytes, `/` before all others, so that what one directory holds stands together.
  private static func precedes(_ left: ByteString, _ right: ByteString) -> Bool {
    left.withBytes { left in
      right.withBytes { right in
        for at in 0..<min(left.count, right.count) where left[at] != right[at] {
          return left[at] == 0x2F || (right[at] != 0x2F && left[at] < right[at])
        }
        return left.count < right.count
      }
    }
  }

  /// A directory of ours may take the place of a file or a link (somebody put it there by hand), and a file of ours
  /// that of a link; what others may keep in a directory or a submodule is not removed unasked.
  private static func refuse(_ old: TreeEntry?, for splice: Splice) throws(GitError) {
    guard let old else { return }
    if old.mode == .submodule || (old.mode == .directory && !splice.isDirectory) {
      throw blocked(old, at: splice, isLast: true)
    }
  }

  private static func blocked(_ old: TreeEntry, at splice: Splice, isLast: Bool) -> GitError {
    let outer = RepositoryPath.components(splice.path).dropLast(splice.names.count - 1)
    var path = ByteString.empty
    for name in outer { path = path.isEmpty ? name : path.appending("/").appending(name) }
    if old.mode == .submodule { return GitError(.insideSubmodule, path.text) }
    let what = old.mode == .link ? "a link" : old.mode == .directory ? "a directory" : "a file"
    let wanted = isLast ? "a file" : "a directory"
    return GitError(.pathBlocked, path.text, detail: "it is \(what), and '\(splice.path)' needs \(wanted) there")
  }
}
