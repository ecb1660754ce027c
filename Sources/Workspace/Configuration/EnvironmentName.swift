package import Files

/// The name of an environment: its path below `environments/`, such as `prod-eu` or, in a group, `prod/eu`.
package struct EnvironmentName: Hashable, Sendable, Comparable {
  package let path: ByteString

  /// - Throws: a diagnostic that says why `path` cannot be one. Whatever is accepted can be a directory on every
  ///   system and in every git repository.
  package init(_ path: ByteString) throws(Diagnostic) {
    guard !path.isEmpty else { throw .badName(path, "it is empty") }
    guard path.withBytes({ String(validating: $0, as: UTF8.self) }) != nil else {
      throw .badName(path, "it is not UTF-8")
    }
    guard path[0] != UInt8(ascii: "/"), path[path.count - 1] != UInt8(ascii: "/") else {
      throw .badName(path, "it begins or ends with '/'")
    }
    var start = 0
    while start <= path.count {
      let end = path.firstIndex(of: UInt8(ascii: "/"), from: start) ?? path.count
      if let reason = Self.objection(path[start..<end]) { throw .badName(path, reason) }
      start = end + 1
    }
    self.path = path
  }

  /// The last part of the path.
  package var lastPart: ByteString {
    var start = path.count
    while start > 0, path[start - 1] != UInt8(ascii: "/") { start -= 1 }
    return path[start..<path.count]
  }

  package static func < (left: Self, right: Self) -> Bool { left.path < right.path }

  /// The directory of the environment in the workspace.
  package var directory: ByteString { Self.root.appending("/").appending(path) }
  /// Where its rendered tree is.
  package var rendered: ByteString { directory.appending("/rendered") }
  /// Where its lock is.
  package var lock: ByteString { directory.appending("/sailplan.lock") }

  /// The directory in a workspace that holds all environments.
  package static let root: ByteString = "environments"
  /// Directories in an environment that belong to it and are no environments themselves.
  package static let reserved: Set<ByteString> = ["rendered", "overlays"]

  /// The most bytes of one part: those of a DNS label, which clusters and namespaces are named by as well.
  private static let longestPart = 63

  /// Why `part` cannot be a part of a name.
  private static func objection(_ part: ByteString) -> String? {
    if isPlain(part) { return nil }
    if part.isEmpty { return "a part of it is empty" }
    if part == "." || part == ".." { return "'\(part)' leads elsewhere" }
    if isGitDirectory(part) { return "'\(part)' is git's own directory on some systems" }
    if reserved.contains(part) { return "'\(part)' holds the files of an environment" }
    if part.count > longestPart { return "a part of it has more than \(longestPart) characters" }
    guard part.withBytes({ $0.allSatisfy(isAllowed) }) else {
      return "only letters, digits, '-', '_' and '.' are allowed"
    }
    guard isLetterOrDigit(part[0]) else { return "it does not begin with a letter or a digit" }
    return "it ends with '.'"
  }

  /// Whether there is nothing to object to.
  private static func isPlain(_ part: ByteString) -> Bool {
    part.withBytes { bytes in
      guard let first = bytes.first, let last = bytes.last, bytes.count <= longestPart else { return false }
      return isLetterOrDigit(first) && last != UInt8(ascii: ".") && bytes.allSatisfy(isAllowed)
    } && !reserved.contains(part)
  }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    isLetterOrDigit(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || (byte >= 0x30 && byte <= 0x39)
  }

  /// Whether some file system takes `part` for `.git`: whatever its case, with the dots and spaces that NTFS drops at
  /// the end, by NTFS's short name `git~1`, with a stream behind a colon, or with the characters that HFS+ ignores.
  private static func isGitDirectory(_ part: ByteString) -> Bool {
    let ignored: Set<UInt32> = [
      0x200C, 0x200D, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x206A, 0x206B, 0x206C, 0x206D, 0x206E,
      0x206F, 0xFEFF,
    ]
    var text = ""
    for scalar in part.text.unicodeScalars where !ignored.contains(scalar.value) {
      if scalar == ":" || scalar == "\\" { break }
      text.unicodeScalars.append(scalar)
    }
    while let last = text.unicodeScalars.last, last == "." || last == " " { text.unicodeScalars.removeLast() }
    let lower = text.lowercased()
    return lower == ".git" || lower == "git~1"
  }
}

extension EnvironmentName: CustomStringConvertible {
  package var description: String { path.text }
}

extension Diagnostic {
  fileprivate static func badName(_ name: ByteString, _ reason: String) -> Diagnostic {
    Diagnostic(
      "'\(visible(name))' cannot name an environment: \(visible(ByteString(reason)))",
      hint: "choose a name like 'prod-eu'")
  }

  /// The text with a `?` for what would not be seen, or would steer the terminal.
  private static func visible(_ text: ByteString) -> String {
    let scalars = text.text.unicodeScalars.map { scalar -> Unicode.Scalar in
      scalar.value < 0x20 || scalar.value == 0x7F || scalar.properties.isDefaultIgnorableCodePoint ? "?" : scalar
    }
    return String(String.UnicodeScalarView(scalars))
  }
}
