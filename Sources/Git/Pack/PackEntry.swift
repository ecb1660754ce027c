import Files

/// An object as a pack holds it: a header with kind and size, then its bytes, deflated.
struct PackEntry {
  let kind: ObjectKind
  let id: ObjectID
  let bytes: ByteString

  init(_ kind: ObjectKind, _ id: ObjectID, _ contents: ByteString, _ deflater: Deflater) throws(GitError) {
    self.kind = kind
    self.id = id
    var out = ByteBuffer(capacity: contents.count / 2 + 64)
    // Four bits of the size beside the kind, then seven a byte, the lowest first; the top bit says that more follow.
    var rest = contents.count
    var byte = kind.packNumber << 4 | UInt8(rest & 0xF)
    rest >>= 4
    while rest > 0 {
      out.append(byte | 0x80)
      byte = UInt8(rest & 0x7F)
      rest >>= 7
    }
    out.append(byte)
    try deflater.append(contents, of: kind, to: &out)
    bytes = out.finish()
  }
}

extension ObjectKind {
  /// The number that says so in a pack.
  fileprivate var packNumber: UInt8 {
    switch self {
    case .commit: 1
    case .tree: 2
    case .blob: 3
    }
  }
}
