package import Files

/// What a name in a tree stands for.
package enum FileMode: Hashable, Sendable {
  case file
  case executable
  case link
  case directory
  /// A commit of another repository.
  case submodule
  /// A mode that git does not write today, as some old repositories have.
  case other(UInt32)

  /// From the number that a tree holds.
  init(_ number: UInt32) {
    self =
      switch number {
      case 0o100644: .file
      case 0o100755: .executable
      case 0o120000: .link
      case 0o040000: .directory
      case 0o160000: .submodule
      default: .other(number)
      }
  }

  /// The number that a tree holds: file type and permissions, as in `100644`.
  package var number: UInt32 {
    switch self {
    case .file: 0o100644
    case .executable: 0o100755
    case .link: 0o120000
    case .directory: 0o040000
    case .submodule: 0o160000
    case .other(let number): number
    }
  }
}

/// A name in a tree.
package struct TreeEntry: Hashable, Sendable {
  /// Relative to the directory that was asked for, `/` between its parts.
  package var path: ByteString
  package var mode: FileMode
  package var id: ObjectID

  package init(path: ByteString, mode: FileMode, id: ObjectID) {
    self.path = path
    self.mode = mode
    self.id = id
  }
}

/// The bytes of a tree object.
enum TreeBytes {
  /// The entries of one tree, their paths being single names; nothing where the bytes are no tree.
  static func parse(_ bytes: ByteString) -> [TreeEntry]? {
    var entries: [TreeEntry] = []
    var at = 0
    while at < bytes.count {
      var number: UInt32 = 0
      let start = at
      while at < bytes.count, bytes[at] != UInt8(ascii: " ") {
        let digit = bytes[at] &- UInt8(ascii: "0")
        guard digit < 8, at - start < 7 else { return nil }
        number = number << 3 | UInt32(digit)
        at += 1
      }
      guard at > start, let end = bytes.firstIndex(of: 0, from: at + 1), end > at + 1,
        end + ObjectID.byteCount < bytes.count
      else { return nil }
      let name = bytes[at + 1..<end]
      let after = end + 1 + ObjectID.byteCount
      guard
        let id = bytes.withBytes({
          ObjectID(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: $0[end + 1..<after])))
        })
      else {
        return nil
      }
      entries.append(TreeEntry(path: name, mode: FileMode(number), id: id))
      at = after
    }
    return entries
  }

  /// The bytes of a tree with these entries, which must be in `order`.
  static func make(_ entries: [TreeEntry]) -> ByteString {
    let capacity = entries.reduce(0) { $0 + $1.path.count + 8 + ObjectID.byteCount }
    return ByteString(capacity: capacity) { out in
      var at = 0
      for entry in entries {
        for digit in String(entry.mode.number, radix: 8).utf8 {
          out[at] = digit
          at += 1
        }
        out[at] = UInt8(ascii: " ")
        at += 1
        entry.path.withBytes { for byte in $0 { out[at] = byte; at += 1 } }
        out[at] = 0
        at += 1
        entry.id.withBytes { for byte in $0 { out[at] = byte; at += 1 } }
      }
      return at
    }
  }

  /// Whether `left` stands before `right` in a tree: by bytes, directories as if their names ended with a slash.
  static func order(_ left: TreeEntry, _ right: TreeEntry) -> Bool {
    let common = min(left.path.count, right.path.count)
    let (a, b) = (left.path[0..<common], right.path[0..<common])
    if a != b { return a < b }
    return next(left, common) < next(right, common)
  }

  private static func next(_ entry: TreeEntry, _ index: Int) -> UInt8 {
    if index < entry.path.count { return entry.path[index] }
    return entry.mode == .directory ? UInt8(ascii: "/") : 0
  }
}
