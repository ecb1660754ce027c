package import Files

/// How people name environments: one, a group of them, or many by a pattern.
///
/// | written | selects |
/// |---|---|
/// | `prod/eu` | the environment of this name, or all in the group of this name |
/// | `prod/*`, `prod/**/blue`, `/eu-?` | what the pattern says; `*`, `?` and `[a-z]` stand for characters of one part of a name, `**` for any number of parts |
/// | `eu-*` | a pattern without a slash: parts of names at any depth, as in a `.gitignore` |
/// | `!legacy/*` | leaves these out |
///
/// A group that a pattern names stands for all environments in it.
package struct EnvironmentPattern: Sendable, Hashable {
  /// As it was written.
  package let text: ByteString
  /// Whether it leaves out what it names.
  let isNegated: Bool
  let kind: Kind

  enum Kind: Sendable, Hashable {
    case name(EnvironmentName)
    /// The parts between slashes.
    case glob([ByteString])
  }

  /// - Throws: a diagnostic for what can name no environment.
  package init(_ text: ByteString) throws(Diagnostic) {
    self.text = text
    isNegated = text.hasPrefix("!")
    let name = isNegated ? text[1..<text.count] : text
    if name.bytes.contains(where: { [0x2A, 0x3F, 0x5B].contains($0) }) {
      kind = .glob(try Self.parts(name))
    } else {
      kind = .name(try WorkspaceReader.name(name))
    }
  }

  private static func parts(_ text: ByteString) throws(Diagnostic) -> [ByteString] {
    let prefix = EnvironmentName.root.appending("/")
    var glob = text.hasPrefix(prefix) ? text[prefix.count - 1..<text.count] : text
    if glob.hasSuffix("/") { glob = glob[0..<glob.count - 1] }
    let isAnchored = glob.firstIndex(of: UInt8(ascii: "/")) != nil
    if glob.hasPrefix("/") { glob = glob[1..<glob.count] }
    let parts = glob.bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map { ByteString($0) }
    for part in parts {
      guard !part.isEmpty else { throw .badPattern(text, "a part of it is empty") }
      guard PartPattern.isComplete(part.bytes) else { throw .badPattern(text, "a '[' in it has no ']'") }
    }
    return isAnchored ? parts : ["**"] + parts
  }

  /// Whether this name itself is written, and not a group above it or a pattern.
  package func isName(_ name: EnvironmentName) -> Bool { kind == .name(name) && !isNegated }

  /// Whether a name is meant: it, or a group above it.
  package func matches(_ name: EnvironmentName) -> Bool {
    switch kind {
    case .name(let other): return name.path == other.path || name.path.hasPrefix(other.path.appending("/"))
    case .glob(let parts):
      let names = name.path.pathComponents[...]
      return (1...names.count).contains { Self.matches(parts[...], names.prefix($0)) }
    }
  }

  private static func matches(_ parts: ArraySlice<ByteString>, _ names: ArraySlice<ByteString>) -> Bool {
    guard let part = parts.first else { return names.isEmpty }
    let rest = parts.dropFirst()
    if part == "**" {
      // At the end it stands for what is inside, not for the directory itself.
      if rest.isEmpty { return !names.isEmpty }
      return (0...names.count).contains { matches(rest, names.dropFirst($0)) }
    }
    guard let name = names.first, PartPattern.matches(part.bytes[...], name.bytes[...]) else { return false }
    return matches(rest, names.dropFirst())
  }

  /// What was meant perhaps, where nothing has such a name.
  func suggestion(among names: [EnvironmentName]) -> String? {
    switch kind {
    case .name(let name):
      return Spelling.nearest(to: name.path, among: Self.withGroups(names)).map { "did you mean '\($0)'?" }
    case .glob(let parts):
      let wild = parts.firstIndex { $0.bytes.contains { [0x2A, 0x3F, 0x5B].contains($0) } } ?? parts.endIndex
      let start = ByteString(pathComponents: Array(parts[..<wild]))
      guard !start.isEmpty, let near = Spelling.nearest(to: start, among: Self.withGroups(names)), near != start else {
        return nil
      }
      return "did you mean '\(ByteString(pathComponents: near.pathComponents + parts[wild...]))'?"
    }
  }

  private static func withGroups(_ names: [EnvironmentName]) -> [ByteString] {
    var all: Set<ByteString> = []
    for name in names {
      let parts = name.path.pathComponents
      for count in 1...parts.count { all.insert(ByteString(pathComponents: Array(parts.prefix(count)))) }
    }
    return all.sorted()
  }
}

/// A pattern for one part of a name.
private enum PartPattern {
  static func matches(_ pattern: ArraySlice<UInt8>, _ name: ArraySlice<UInt8>) -> Bool {
    guard let first = pattern.first else { return name.isEmpty }
    switch first {
    case UInt8(ascii: "*"):
      let rest = pattern.drop { $0 == UInt8(ascii: "*") }
      return (0...name.count).contains { matches(rest, name.dropFirst($0)) }
    case UInt8(ascii: "?"):
      return !name.isEmpty && matches(pattern.dropFirst(), name.dropFirst())
    case UInt8(ascii: "["):
      guard let byte = name.first, let end = end(ofSet: pattern) else { return false }
      return contains(pattern[pattern.startIndex + 1..<end], byte)
        && matches(pattern[(end + 1)...], name.dropFirst())
    default:
      return name.first == first && matches(pattern.dropFirst(), name.dropFirst())
    }
  }

  /// Whether every `[` has its `]`.
  static func isComplete(_ pattern: [UInt8]) -> Bool {
    var rest = pattern[...]
    while let start = rest.firstIndex(of: UInt8(ascii: "[")) {
      guard let end = end(ofSet: rest[start...]) else { return false }
      rest = rest[(end + 1)...]
    }
    return true
  }

  /// Where the set that begins a pattern ends. Directly at its beginning `]` stands for itself.
  private static func end(ofSet pattern: ArraySlice<UInt8>) -> Int? {
    var start = pattern.startIndex + 1
    if start < pattern.endIndex, isNegation(pattern[start]) { start += 1 }
    guard start < pattern.endIndex else { return nil }
    return pattern[(start + 1)...].firstIndex(of: UInt8(ascii: "]"))
  }

  private static func isNegation(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "!") || byte == UInt8(ascii: "^") }

  private static func contains(_ set: ArraySlice<UInt8>, _ byte: UInt8) -> Bool {
    var rest = set
    let isNegated = rest.first.map(isNegation) ?? false
    if isNegated { rest = rest.dropFirst() }
    var isFound = false
    while let low = rest.popFirst() {
      var high = low
      if rest.count >= 2, rest.first == UInt8(ascii: "-") {
        rest = rest.dropFirst()
        high = rest.removeFirst()
      }
      if low <= byte && byte <= high { isFound = true }
    }
    return isFound != isNegated
  }
}

extension Diagnostic {
  fileprivate static func badPattern(_ text: ByteString, _ reason: String) -> Diagnostic {
    Diagnostic("'\(text)' cannot name environments: \(reason)", hint: "write a pattern like 'prod/*' or 'eu-[a-c]'")
  }
}
