import Glibc

/// A run of bytes, usually UTF-8, shared with whatever it was cut from.
///
/// Sixteen bytes wide with spare bits left over, so that an enum holding one stays at sixteen bytes. Slicing is
/// constant time and copies nothing. Equality, order and hash are those of the bytes: two Unicode spellings of one
/// character differ, as they do in YAML, in Starlark and on a file system.
public struct ByteString: @unchecked Sendable {
  @usableFromInline let start: UInt32
  @usableFromInline let length: UInt32
  @usableFromInline let storage: ByteStorage

  private init(start: UInt32, length: UInt32, storage: ByteStorage) {
    self.start = start
    self.length = length
    self.storage = storage
  }

  /// The string without bytes.
  package static let empty = ByteString(start: 0, length: 0, storage: .make(capacity: 0))

  /// The most bytes that one string can hold.
  package static let maximumCount = Int(UInt32.max)

  /// Copies `bytes`.
  package init(_ bytes: UnsafeRawBufferPointer) {
    if bytes.isEmpty {
      self = .empty
    } else {
      self.init(start: 0, length: UInt32(bytes.count), storage: .make(copying: bytes))
    }
  }

  /// Copies `bytes`.
  package init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.init(UnsafeRawBufferPointer(bytes))
  }

  /// Copies `bytes`.
  package init(_ bytes: [UInt8]) {
    self = bytes.withUnsafeBytes { ByteString($0) }
  }

  /// Copies `bytes`.
  package init(_ bytes: ArraySlice<UInt8>) {
    self = bytes.withUnsafeBytes { ByteString($0) }
  }

  /// The UTF-8 bytes of `text`.
  package init(_ text: String) {
    var text = text
    self = text.withUTF8 { ByteString($0) }
  }

  /// Makes a string of at most `capacity` bytes in place: `fill` writes from the start and returns how many it wrote.
  package init<E: Error>(
    capacity: Int, filling fill: (UnsafeMutableBufferPointer<UInt8>) throws(E) -> Int
  ) throws(E) {
    let storage = ByteStorage.make(capacity: capacity)
    let written = try fill(UnsafeMutableBufferPointer(start: storage.base, count: capacity))
    self.init(start: 0, length: UInt32(written), storage: storage)
  }

  /// Takes over `base`, which was allocated by Swift, with the first `count` bytes written.
  init(adopting base: UnsafeMutablePointer<UInt8>, count: Int) {
    self.init(start: 0, length: UInt32(count), storage: .make(adopting: base))
  }

  /// Lends bytes that stay where they are as long as the process lives; they are not copied.
  package init(permanent bytes: UnsafeBufferPointer<UInt8>) {
    guard let base = bytes.baseAddress, !bytes.isEmpty else {
      self = .empty
      return
    }
    // Nobody writes through it. Kept for ever, for it would free what it was lent.
    let storage = ByteStorage.make(adopting: UnsafeMutablePointer(mutating: base))
    _ = Unmanaged.passRetained(storage)
    self.init(start: 0, length: UInt32(bytes.count), storage: storage)
  }

  /// How many bytes there are.
  @inlinable package var count: Int { Int(length) }

  /// Whether there are none.
  @inlinable package var isEmpty: Bool { length == 0 }

  /// The byte at `index`, which must be within `0..<count`.
  @inlinable package subscript(index: Int) -> UInt8 {
    precondition(index >= 0 && index < count, "byte index out of range")
    return (storage.base + Int(start))[index]
  }

  /// The bytes of `range`, which must lie within `0..<count`; shares storage.
  package subscript(range: Range<Int>) -> ByteString {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "byte range out of range")
    if range.isEmpty { return .empty }
    return ByteString(start: start + UInt32(range.lowerBound), length: UInt32(range.count), storage: storage)
  }

  /// Lends the bytes to `body` without copying them. The pointer is invalid once `body` returns.
  @inlinable package func withBytes<R, E: Error>(
    _ body: (UnsafeBufferPointer<UInt8>) throws(E) -> R
  ) throws(E) -> R {
    try body(UnsafeBufferPointer(start: storage.base + Int(start), count: count))
  }

  /// Which bytes in memory these are: strings with the same one are equal, and it stays theirs while one of them exists.
  package struct Identity: Hashable, Sendable {
    fileprivate let storage: ObjectIdentifier
    fileprivate let start: UInt32
    fileprivate let length: UInt32
  }

  /// The place of the bytes in memory.
  package var identity: Identity { Identity(storage: ObjectIdentifier(storage), start: start, length: length) }

  /// The bytes as an array of their own.
  package var bytes: [UInt8] { withBytes { Array($0) } }

  /// The text, with U+FFFD in place of whatever is not UTF-8.
  package var text: String { withBytes { String(decoding: $0, as: UTF8.self) } }
}

/// The memory behind byte strings: written once while it is made, never after. The bytes follow the object in the same
/// allocation, unless they were adopted; the header says where they are.
@usableFromInline
final class ByteStorage: ManagedBuffer<UnsafeMutablePointer<UInt8>, UInt8> {
  static func make(capacity: Int) -> ByteStorage {
    let buffer = ByteStorage.create(minimumCapacity: capacity) { $0.withUnsafeMutablePointerToElements { $0 } }
    return unsafeDowncast(buffer, to: ByteStorage.self)
  }

  static func make(copying bytes: UnsafeRawBufferPointer) -> ByteStorage {
    let storage = make(capacity: bytes.count)
    if let source = bytes.baseAddress {
      UnsafeMutableRawPointer(storage.base).copyMemory(from: source, byteCount: bytes.count)
    }
    return storage
  }

  static func make(adopting base: UnsafeMutablePointer<UInt8>) -> ByteStorage {
    let buffer = ByteStorage.create(minimumCapacity: 0) { _ in base }
    return unsafeDowncast(buffer, to: ByteStorage.self)
  }

  /// Read through a pointer: the variable itself would be checked for overlapping access at run time.
  @inlinable var base: UnsafeMutablePointer<UInt8> { withUnsafeMutablePointerToHeader { $0.pointee } }

  deinit {
    let own = withUnsafeMutablePointerToElements { $0 }
    if base != own { base.deallocate() }
  }
}

extension ByteString: Hashable, Comparable {
  /// Whether the bytes are the same.
  public static func == (left: ByteString, right: ByteString) -> Bool {
    guard left.length == right.length else { return false }
    if left.storage === right.storage && left.start == right.start { return true }
    return left.withBytes { a in
      right.withBytes { b in
        a.count == 0 || memcmp(UnsafeRawPointer(a.baseAddress), UnsafeRawPointer(b.baseAddress), a.count) == 0
      }
    }
  }

  /// Whether `left` comes first in the order of bytes.
  public static func < (left: ByteString, right: ByteString) -> Bool {
    left.withBytes { a in
      right.withBytes { b in
        let order = memcmp(
          UnsafeRawPointer(a.baseAddress), UnsafeRawPointer(b.baseAddress), min(a.count, b.count))
        return order == 0 ? a.count < b.count : order < 0
      }
    }
  }

  /// Feeds the bytes to a hasher.
  public func hash(into hasher: inout Hasher) {
    withBytes { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}

private func memcmp(_ a: UnsafeRawPointer?, _ b: UnsafeRawPointer?, _ count: Int) -> Int32 {
  guard let a, let b, count > 0 else { return 0 }
  return Glibc.memcmp(a, b, count)
}

extension ByteString: ExpressibleByStringLiteral, CustomStringConvertible {
  /// The UTF-8 bytes of a literal.
  public init(stringLiteral text: StaticString) {
    self.init(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// The text, with U+FFFD in place of whatever is not UTF-8.
  public var description: String { text }
}

extension ByteString {
  /// Whether the first bytes are those of `prefix`.
  package func hasPrefix(_ prefix: ByteString) -> Bool {
    guard prefix.count <= count else { return false }
    return withBytes { bytes in
      prefix.withBytes { memcmp(UnsafeRawPointer(bytes.baseAddress), UnsafeRawPointer($0.baseAddress), $0.count) == 0 }
    }
  }

  /// Whether the last bytes are those of `suffix`.
  package func hasSuffix(_ suffix: ByteString) -> Bool {
    let start = count - suffix.count
    guard start >= 0 else { return false }
    return withBytes { bytes in
      let end = bytes.baseAddress.map { UnsafeRawPointer($0 + start) }
      return suffix.withBytes { memcmp(end, UnsafeRawPointer($0.baseAddress), $0.count) == 0 }
    }
  }

  /// Where `byte` stands first, at or after `start`.
  package func firstIndex(of byte: UInt8, from start: Int = 0) -> Int? {
    guard start < count else { return nil }
    return withBytes { bytes in
      guard let base = bytes.baseAddress, let hit = memchr(base + start, Int32(byte), bytes.count - start) else {
        return nil
      }
      return UnsafeRawPointer(hit) - UnsafeRawPointer(base)
    }
  }

  /// Where `byte` stands last.
  package func lastIndex(of byte: UInt8) -> Int? { withBytes { $0.lastIndex(of: byte) } }

  /// The runs of bytes between `separator`s, empty ones included; at least one.
  package func split(at separator: UInt8) -> [ByteString] {
    var pieces: [ByteString] = []
    var start = 0
    while let end = firstIndex(of: separator, from: start) {
      pieces.append(self[start..<end])
      start = end + 1
    }
    pieces.append(self[start..<count])
    return pieces
  }

  /// This string with `other` behind it.
  package func appending(_ other: ByteString) -> ByteString {
    ByteString(capacity: count + other.count) { out in
      withBytes { for i in 0..<$0.count { out[i] = $0[i] } }
      other.withBytes { for i in 0..<$0.count { out[count + i] = $0[i] } }
      return count + other.count
    }
  }
}
