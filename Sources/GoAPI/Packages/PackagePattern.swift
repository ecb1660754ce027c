import Files

/// What was asked for: a directory, an import path, or either with `...`, which stands for any text.
struct PackagePattern {
  let text: ByteString

  init(_ text: String) { self.text = ByteString(text) }

  /// Whether it is about directories: absolute ones, and those that begin with a dot.
  var isLocal: Bool { text.hasPrefix("/") || text.hasPrefix(".") }

  var hasWildcard: Bool { text.firstRange(of: "...") != nil }

  /// What stands before the first `...`, up to its last slash.
  var base: ByteString {
    guard let dots = text.firstRange(of: "...") else { return text }
    var end = dots
    while end > 0, text[end - 1] != UInt8(ascii: "/") { end -= 1 }
    return end > 1 ? text[0..<end - 1] : text[0..<end]
  }

  /// Whether a path spelled like the pattern matches it. A final `/...` also matches nothing, without its slash.
  func matches(_ path: ByteString) -> Bool {
    if text.hasSuffix("/..."), Self.matches(text[0..<text.count - 4].bytes[...], path.bytes[...]) { return true }
    return Self.matches(text.bytes[...], path.bytes[...])
  }

  /// Greedy with one step back: linear but for the length of the pattern.
  private static func matches(_ pattern: ArraySlice<UInt8>, _ path: ArraySlice<UInt8>) -> Bool {
    let dots: [UInt8] = [0x2E, 0x2E, 0x2E]
    var pattern = pattern
    var path = path
    var resume: (pattern: ArraySlice<UInt8>, path: ArraySlice<UInt8>)?
    while true {
      if pattern.starts(with: dots) {
        pattern = pattern.dropFirst(3)
        resume = (pattern, path)
      } else if let byte = path.first, pattern.first == byte {
        pattern = pattern.dropFirst()
        path = path.dropFirst()
      } else if path.isEmpty && pattern.isEmpty {
        return true
      } else if let (saved, from) = resume, !from.isEmpty {
        resume = (saved, from.dropFirst())
        pattern = saved
        path = from.dropFirst()
      } else {
        return false
      }
    }
  }
}
