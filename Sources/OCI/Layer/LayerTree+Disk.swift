package import Files

extension LayerTree {
  /// How many bytes the files of a tree may have together.
  private static let largest = LayerLimits.configuration.size

  /// Reads what is in directories, all put into one, and single files. The order in which they are named makes no difference.
  /// - Parameters:
  ///   - paths: directories, whose contents are taken, and files.
  ///   - excluded: paths below the directories that are left out, with all that is in them.
  /// - Throws: all that cannot be taken: links, devices, files that stand in two directories, and what is unreadable.
  package init(reading paths: [String], excluding excluded: Set<ByteString>) throws(Diagnostics) {
    var reader = TreeReader(excluded: excluded, left: Self.largest)
    for path in paths { reader.read(path) }
    try reader.diagnostics.throwIfErrors()
    self.init(files: reader.files, directories: reader.directories)
  }
}

private struct TreeReader {
  let excluded: Set<ByteString>
  /// How many bytes may still be read.
  var left: Int
  var files: [ByteString: LayerTree.File] = [:]
  var directories: Set<ByteString> = []
  var diagnostics = Diagnostics()
  /// Where what was taken came from.
  private var origins: [ByteString: String] = [:]

  init(excluded: Set<ByteString>, left: Int) {
    self.excluded = excluded
    self.left = left
  }

  mutating func read(_ path: String) {
    do throws(Diagnostic) {
      if Disk.isDirectory(path) {
        try readDirectory(path, .empty)
      } else {
        // The kind of what it links to, if it is a link.
        guard let real = Disk.resolve(path), let kind = try Disk.kind(real) else { throw .missing(path) }
        let name = path.split(separator: "/").last.map(String.init) ?? path
        try take(path, ByteString(name), kind)
      }
    } catch {
      diagnostics.append(error)
    }
  }

  private mutating func readDirectory(_ directory: String, _ above: ByteString) throws(Diagnostic) {
    for entry in try Disk.entries(directory) {
      let path = above.isEmpty ? entry.name : above.appending("/").appending(entry.name)
      if excluded.contains(path) { continue }
      do throws(Diagnostic) { try take("\(directory)/\(entry.name)", path, entry.kind) } catch {
        diagnostics.append(error)
      }
    }
  }

  private mutating func take(_ place: String, _ path: ByteString, _ kind: FileKind) throws(Diagnostic) {
    switch kind {
    case .directory, .file, .executable: break
    case .link: throw .notPlain(place, "a symbolic link")
    default: throw .notPlain(place, "no ordinary file")
    }
    if let other = origins[path] { throw .twice(path, other, place) }
    origins[path] = place
    guard kind != .directory else {
      directories.insert(path)
      return try readDirectory(place, path)
    }
    let contents = try Disk.read(place, limit: left)
    left -= contents.count
    files[path] = LayerTree.File(contents, isExecutable: kind == .executable)
  }
}

extension Diagnostic {
  fileprivate static func missing(_ path: String) -> Diagnostic {
    Diagnostic("cannot read \(path): there is no such file or directory")
  }

  fileprivate static func notPlain(_ path: String, _ what: String) -> Diagnostic {
    Diagnostic(
      "\(path) is \(what); images for configuration hold directories and ordinary files only",
      hint: "put a file there, or leave it out with --file-exclusion")
  }

  fileprivate static func twice(_ path: ByteString, _ one: String, _ other: String) -> Diagnostic {
    Diagnostic("\(path) stands in two places: \(one) and \(other)", hint: "leave one of them out")
  }
}
