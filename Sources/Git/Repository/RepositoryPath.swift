import Files

/// Paths inside a repository: relative, `/` between the names, as trees and the index hold them.
enum RepositoryPath {
  /// The names of a path; the empty path has none.
  static func components(_ path: ByteString) -> [ByteString] {
    if path.isEmpty { return [] }
    var names: [ByteString] = []
    var start = 0
    while let slash = path.firstIndex(of: UInt8(ascii: "/"), from: start) {
      names.append(path[start..<slash])
      start = slash + 1
    }
    names.append(path[start..<path.count])
    return names
  }

  /// Refuses what git refuses to have in a tree, on any system that may check it out, and what no file can be named.
  /// - Throws: `.hostilePath`.
  static func check(_ path: ByteString, limits: Limits) throws(GitError) {
    func refuse(_ reason: String) -> GitError { GitError(.hostilePath, path.text, detail: reason) }
    guard path.count <= limits.pathBytes else { throw refuse("it has more than \(limits.pathBytes) bytes") }
    let names = components(path)
    guard !names.isEmpty else { throw refuse("it is empty") }
    guard names.count <= limits.depth else { throw refuse("it has more than \(limits.depth) levels") }
    for name in names {
      guard !name.isEmpty else { throw refuse("a name in it is empty") }
      guard name.count <= 255 else { throw refuse("a name in it has more than 255 bytes") }
      guard name.firstIndex(of: 0) == nil else { throw refuse("it has a zero byte") }
      guard name != ".", name != ".." else { throw refuse("'\(name)' leads elsewhere") }
      guard !isGitDirectory(name) else { throw refuse("'\(name)' is git's own directory") }
    }
  }

  /// Whether some file system takes `name` for `.git`.
  ///
  /// The rules of git's `is_ntfs_dotgit` and `is_hfs_dotgit`: case does not matter; NTFS drops dots and spaces at the
  /// end and whatever follows a colon, takes `\` for a separator and has `git~1` as the short name; HFS+ skips
  /// characters that have no width.
  static func isGitDirectory(_ name: ByteString) -> Bool {
    if isPlain(name) { return false }
    let lowered = name.withBytes { $0.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 } }
    for part in lowered.split(separator: UInt8(ascii: "\\"), omittingEmptySubsequences: false) {
      var kept = part.prefix { $0 != UInt8(ascii: ":") }
      while let last = kept.last, last == UInt8(ascii: ".") || last == UInt8(ascii: " ") { kept.removeLast() }
      if kept.elementsEqual(".git".utf8) || kept.elementsEqual("git~1".utf8) { return true }
    }
    guard lowered.contains(where: { $0 >= 0x80 }) else { return false }
    let visible = String(decoding: lowered, as: UTF8.self).unicodeScalars.filter { !isIgnoredByHFS($0.value) }
    return visible.elementsEqual(".git".unicodeScalars)
  }

  /// Whether it takes one look to tell: the name begins otherwise, and nothing in it stands for something else.
  private static func isPlain(_ name: ByteString) -> Bool {
    name.withBytes { bytes in
      let first = bytes.first.map { $0 | 0x20 }
      return first != UInt8(ascii: ".") && first != UInt8(ascii: "g")
        && bytes.allSatisfy { $0 < 0x80 && $0 != UInt8(ascii: "\\") }
    }
  }

  private static func isIgnoredByHFS(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x200C...0x200F, 0x202A...0x202E, 0x206A...0x206F, 0xFEFF: true
    default: false
    }
  }
}
