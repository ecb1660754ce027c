import Files

/// Follows symbolic links inside a tree, and refuses those that lead out of it or in a circle.
final class PathResolver {
  private let tree: any InputTree
  /// Paths that lead to directories without a link on the way: most of what is asked for lies in few of them.
  private var directories: Set<ByteString> = [.empty]

  init(tree: any InputTree) { self.tree = tree }

  /// How many links one path may lead through (Linux allows as many).
  private static let mostLinks = 40

  /// What `path` leads to: a path without links, and what stands there. Nothing if there is nothing, also behind a link.
  /// - Throws: a diagnostic for a link that leads out of the workspace, and for links in a circle.
  func resolve(_ path: ByteString) throws(Diagnostic) -> (path: ByteString, kind: FileKind)? {
    let (parent, name) = path.splitAtLastSlash
    if directories.contains(parent), !name.isEmpty, name != ".", name != ".." {
      guard let kind = try tree.kind(path) else { return nil }
      if kind != .link {
        if kind == .directory { directories.insert(path) }
        return (path, kind)
      }
    }
    return try follow(path)
  }

  private func follow(_ path: ByteString) throws(Diagnostic) -> (path: ByteString, kind: FileKind)? {
    var waiting = Array(path.pathComponents.reversed())
    var reached: [ByteString] = []
    var kind = FileKind.directory
    var links = 0
    while let name = waiting.popLast() {
      if name == ".." {
        guard reached.popLast() != nil else { throw .outside(tree.shown(path)) }
        kind = .directory
        continue
      }
      guard kind == .directory else { return nil }
      reached.append(name)
      let here = ByteString(pathComponents: reached)
      guard let found = try tree.kind(here) else { return nil }
      kind = found
      if found == .directory { directories.insert(here) }
      guard found == .link else { continue }
      links += 1
      guard links <= Self.mostLinks else { throw .circle(tree.shown(path)) }
      let target = try tree.linkTarget(here)
      guard !target.hasPrefix("/") else { throw .outside(tree.shown(here)) }
      reached.removeLast()
      kind = .directory
      waiting += target.pathComponents.reversed()
    }
    return (ByteString(pathComponents: reached), kind)
  }

  /// The bytes of the file that `path` leads to.
  /// - Throws: a diagnostic if there is none, or it cannot be read, is a directory, is longer than `limit`, or lies
  ///   outside.
  func contents(_ path: ByteString, limit: Int) throws(Diagnostic) -> ByteString {
    try file(path, limit: limit).contents
  }

  /// The file that `path` leads to: where it is, what it is, its bytes.
  /// - Throws: as `contents` does.
  func file(_ path: ByteString, limit: Int) throws(Diagnostic) -> (
    path: ByteString, kind: FileKind, contents: ByteString
  ) {
    guard let found = try resolve(path) else { throw .missing(tree.shown(path)) }
    switch found.kind {
    case .file, .executable: return (found.path, found.kind, try tree.contents(found.path, limit: limit))
    case .directory: throw .notAFile(tree.shown(path), "a directory")
    case .link, .other: throw .notAFile(tree.shown(path), "no ordinary file")
    }
  }
}

extension ByteString {
  /// The names in a path; empty ones and `.` say nothing.
  var pathComponents: [ByteString] {
    var names: [ByteString] = []
    var start = 0
    while start <= count {
      let end = firstIndex(of: UInt8(ascii: "/"), from: start) ?? count
      let name = self[start..<end]
      if !name.isEmpty && name != "." { names.append(name) }
      start = end + 1
    }
    return names
  }

  /// The path with each `..` carried out; nothing where it leads above the beginning.
  var withoutSteps: ByteString? {
    var names: [ByteString] = []
    for name in pathComponents {
      if name != ".." { names.append(name) } else if names.popLast() == nil { return nil }
    }
    return ByteString(pathComponents: names)
  }

  init(pathComponents names: [ByteString]) {
    var bytes: [UInt8] = []
    for name in names {
      if !bytes.isEmpty { bytes.append(UInt8(ascii: "/")) }
      name.withBytes { bytes.append(contentsOf: $0) }
    }
    self.init(bytes)
  }

  /// The path of `name` in the directory that this path names.
  func appendingPath(_ name: ByteString) -> ByteString {
    isEmpty ? name : appending("/").appending(name)
  }
}

extension Diagnostic {
  fileprivate static func outside(_ path: String) -> Diagnostic {
    Diagnostic(
      "\(path) is a symbolic link that leads out of the workspace",
      hint: "copy the file into the workspace, or link to one that is in it by a relative path")
  }

  fileprivate static func circle(_ path: String) -> Diagnostic {
    Diagnostic("\(path) leads in a circle of symbolic links", hint: "remove one of the links")
  }

  fileprivate static func missing(_ path: String) -> Diagnostic {
    Diagnostic("cannot read \(path): there is no such file")
  }

  fileprivate static func notAFile(_ path: String, _ what: String) -> Diagnostic {
    Diagnostic("cannot read \(path): it is \(what)", hint: "put a file there")
  }
}
