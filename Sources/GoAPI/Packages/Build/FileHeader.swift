import Files

/// What stands at the top of a Go file: under which condition it is built, and which package it belongs to.
struct FileHeader: Sendable {
  /// Nothing if it is always built.
  var constraint: BuildConstraint?
  /// Nothing if there is no package clause where one should be.
  var packageName: ByteString?

  init(_ contents: ByteString) {
    var expression: ByteString?
    var lines: [ByteString] = []
    // Lines of the older form count only if an empty line follows them.
    var pending: [ByteString] = []
    var at = contents.hasPrefix("\u{FEFF}") ? 3 : 0
    while at < contents.count {
      let end = contents.firstIndex(of: UInt8(ascii: "\n"), from: at) ?? contents.count
      let line = contents[at..<end].trimmed
      if line.isEmpty {
        lines += pending
        pending = []
      } else if line.hasPrefix("//") {
        if line.hasPrefix("//go:build "), expression == nil { expression = line[11..<line.count] }
        let text = line[2..<line.count].trimmed
        if text.hasPrefix("+build ") || text.hasPrefix("+build\t") { pending.append(text[7..<text.count]) }
      } else if line.hasPrefix("/*") {
        let start = at + (contents[at..<end].firstRange(of: "/*") ?? 0)
        guard let close = contents[start + 2..<contents.count].firstRange(of: "*/") else { break }
        at = start + close + 4
        continue
      } else {
        packageName = Self.packageName(line)
        break
      }
      at = end + 1
    }
    if let expression {
      // What cannot be understood is not met.
      constraint = BuildConstraint(expression: expression) ?? BuildConstraint(lines: ["!gc"])
    } else if !lines.isEmpty {
      constraint = BuildConstraint(lines: lines)
    }
  }

  private static func packageName(_ line: ByteString) -> ByteString? {
    guard line.hasPrefix("package ") || line.hasPrefix("package\t") else { return nil }
    let rest = line[8..<line.count].trimmed
    var end = 0
    while end < rest.count, !" \t;/".utf8.contains(rest[end]) { end += 1 }
    return end > 0 ? rest[0..<end] : nil
  }
}
