import Crypto
package import Files
internal import Clibgit2

/// The name of a git object: the 20 bytes of a SHA-1.
package struct ObjectID: Hashable, Sendable {
  // Words rather than an array: no allocation, and comparing takes three instructions.
  private var first: UInt64
  private var second: UInt64
  private var third: UInt32

  /// How many bytes a name has.
  package static let byteCount = 20

  /// Copies a name from exactly `byteCount` bytes; nothing where there are more or fewer.
  package init?(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.count == ObjectID.byteCount else { return nil }
    first = bytes.loadUnaligned(as: UInt64.self)
    second = bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
    third = bytes.loadUnaligned(fromByteOffset: 16, as: UInt32.self)
  }

  /// Reads the 40 hexadecimal digits of a name; nothing where they are not.
  package init?(hex: String) {
    var bytes: [UInt8] = []
    var high: UInt8?
    for digit in hex.utf8 {
      let value: UInt8
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = digit - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): value = digit - UInt8(ascii: "a") + 10
      default: return nil
      }
      if let upper = high {
        bytes.append(upper << 4 | value)
        high = nil
      } else {
        high = value
      }
    }
    guard high == nil, let id = bytes.withUnsafeBytes({ ObjectID($0) }) else { return nil }
    self = id
  }

  /// Lends the 20 bytes to `body`.
  package func withBytes<R>(_ body: (UnsafeRawBufferPointer) -> R) -> R {
    withUnsafeBytes(of: self) { body(UnsafeRawBufferPointer(rebasing: $0[0..<ObjectID.byteCount])) }
  }

  /// The 40 hexadecimal digits.
  package var hex: String { withBytes { ByteString(hexadecimal: $0).text } }

  /// As few digits as people are used to read: the first seven.
  package var abbreviated: String { String(hex.prefix(7)) }
}

extension ObjectID: Comparable {
  /// Whether the bytes of `left` come first.
  package static func < (left: ObjectID, right: ObjectID) -> Bool {
    (left.first.bigEndian, left.second.bigEndian, left.third.bigEndian)
      < (right.first.bigEndian, right.second.bigEndian, right.third.bigEndian)
  }
}

extension ObjectID: CustomStringConvertible {
  package var description: String { hex }
}

extension ObjectID {
  init(_ raw: git_oid) {
    self = withUnsafeBytes(of: raw) { ObjectID($0) } ?? .zero
  }

  init?(_ raw: UnsafePointer<git_oid>?) {
    guard let raw else { return nil }
    self.init(raw.pointee)
  }

  /// The name that no object has.
  static let zero = ObjectID()

  private init() {
    first = 0
    second = 0
    third = 0
  }

  var raw: git_oid {
    var raw = git_oid()
    withUnsafeMutableBytes(of: &raw) { target in withBytes { target.copyMemory(from: $0) } }
    return raw
  }

  /// The name that `bytes` have as an object of this kind, as `git hash-object` computes it; nothing is written.
  ///
  /// libgit2 looks for bytes that were made to have the name of others, which takes several times as long. It still does
  /// so where objects are written.
  static func hash(_ kind: ObjectKind, _ bytes: ByteString) -> ObjectID {
    var hash = Insecure.SHA1()
    var header = ByteBuffer(capacity: 32)
    header.append(kind.name)
    header.append(decimal: bytes.count)
    header.append(0)
    header.withBytes { hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }
    bytes.withBytes { hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }
    return hash.finalize().withUnsafeBytes { ObjectID($0) } ?? .zero
  }

  /// The name that a file with these bytes has in a repository; nothing is written.
  package static func blob(_ bytes: ByteString) -> ObjectID { hash(.blob, bytes) }
}

/// The kinds of object that we read or write.
enum ObjectKind {
  case commit, tree, blob

  /// How an object's bytes begin, before they are hashed.
  fileprivate var name: ByteString {
    switch self {
    case .commit: "commit "
    case .tree: "tree "
    case .blob: "blob "
    }
  }

  var raw: git_object_t {
    switch self {
    case .commit: GIT_OBJECT_COMMIT
    case .tree: GIT_OBJECT_TREE
    case .blob: GIT_OBJECT_BLOB
    }
  }
}
