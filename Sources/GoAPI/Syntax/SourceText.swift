import Files
import Glibc

/// What holds for all Go source, before it is cut into words: it is UTF-8 without zero bytes.
enum SourceText {
  /// - Throws: where it is not.
  static func check(_ file: SourceFile) throws(Diagnostic) {
    guard let offset = file.contents.withBytes(firstInvalid) else { return }
    let isZero = file.contents[offset] == 0
    throw Diagnostic(
      isZero ? "Go source has no zero bytes" : "this is not UTF-8, which Go source has to be",
      at: file.position(offset), hint: isZero ? "remove it" : "save the file as UTF-8")
  }

  private static func firstInvalid(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    guard let base = bytes.baseAddress else { return nil }
    let zero = memchr(base, 0, bytes.count).map { UnsafeRawPointer($0) - UnsafeRawPointer(base) }
    var at = 0
    while at < bytes.count {
      // Almost all of it is ASCII: eight bytes at a time.
      while at &+ 8 <= bytes.count {
        let word = UnsafeRawPointer(base + at).loadUnaligned(as: UInt64.self)
        if word & 0x8080_8080_8080_8080 != 0 { break }
        at &+= 8
      }
      guard at < bytes.count else { break }
      let length = sequenceLength(bytes, at)
      if length == 0 { return min(at, zero ?? at) }
      at &+= length
    }
    return zero
  }

  /// How many bytes the character at `at` takes; 0 if there is none.
  private static func sequenceLength(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int {
    func continues(_ index: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
      index < bytes.count && range.contains(bytes[index])
    }
    switch bytes[at] {
    case 0..<0x80: return 1
    case 0xC2...0xDF: return continues(at + 1) ? 2 : 0
    case 0xE0: return continues(at + 1, 0xA0...0xBF) && continues(at + 2) ? 3 : 0
    case 0xED: return continues(at + 1, 0x80...0x9F) && continues(at + 2) ? 3 : 0
    case 0xE1...0xEF: return continues(at + 1) && continues(at + 2) ? 3 : 0
    case 0xF0: return continues(at + 1, 0x90...0xBF) && continues(at + 2) && continues(at + 3) ? 4 : 0
    case 0xF1...0xF3: return continues(at + 1) && continues(at + 2) && continues(at + 3) ? 4 : 0
    case 0xF4: return continues(at + 1, 0x80...0x8F) && continues(at + 2) && continues(at + 3) ? 4 : 0
    default: return 0
    }
  }
}
