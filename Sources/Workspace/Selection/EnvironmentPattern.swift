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
      let names = name.path.pathComponents
      // At the end `**` stands for what is inside, not for the directory itself.
      let pattern = parts.last == "**" ? parts + ["*"] : parts
      return (1...names.count).contains { count in
        Wildcards.match(
          pattern, Array(names.prefix(count)), isAny: { $0 == "**" },
          { part, name in PartPattern.matches(part.bytes, name.bytes) })
      }
    }
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

/// Matching with elements that stand for any number of others.
private enum Wildcards {
  /// Whether a pattern stands for all of `items`. What an element for any number was tried with is given up for the
  /// next such element, so that the time is at most that of the product of both lengths.
  /// - Parameter isAny: whether an element stands for any number of items, none included.
  static func match<Element, Item>(
    _ pattern: [Element], _ items: [Item], isAny: (Element) -> Bool, _ matches: (Element, Item) -> Bool
  ) -> Bool {
    var (at, item) = (0, 0)
    /// Behind the last element for any number, and the first item that it does not stand for.
    var last: (at: Int, item: Int)?
    while item < items.count {
      if at < pattern.count, isAny(pattern[at]) {
        at += 1
        last = (at, item)
      } else if at < pattern.count, matches(pattern[at], items[item]) {
        at += 1
        item += 1
      } else if let tried = last {
        last = (tried.at, tried.item + 1)
        (at, item) = (tried.at, tried.item + 1)
      } else {
        return false
      }
    }
    return pattern[at...].allSatisfy(isAny)
  }
}

/// A pattern for one part of a name.
private enum PartPattern {
  private enum Element {
    case any, one
    case byte(UInt8)
    case set(ArraySlice<UInt8>)
  }

  static func matches(_ pattern: [UInt8], _ name: [UInt8]) -> Bool {
    Wildcards.match(elements(pattern[...]), name, isAny: { if case .any = $0 { true } else { false } }) {
      switch $0 {
      case .any, .one: true
      case .byte(let byte): byte == $1
      case .set(let set): contains(set, $1)
      }
    }
  }

  private static func elements(_ pattern: ArraySlice<UInt8>) -> [Element] {
    var elements: [Element] = []
    var rest = pattern
    while let first = rest.first {
      if first == UInt8(ascii: "["), let end = end(ofSet: rest) {
        elements.append(.set(rest[rest.startIndex + 1..<end]))
        rest = rest[(end + 1)...]
        continue
      }
      elements.append(first == UInt8(ascii: "*") ? .any : first == UInt8(ascii: "?") ? .one : .byte(first))
      rest = rest.dropFirst()
    }
    return elements
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
