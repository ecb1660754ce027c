package import Files

/// What the flags of `velero install` ask for, read but not yet judged.
///
/// Flags are written and repeated as that command takes them: `--name=value`, `--name value`, `-n value`, `-nvalue`;
/// switches take a value behind `=` only.
package struct InstallRequest: Sendable {
  /// A flag's text where it was given.
  struct Given: Sendable {
    var text: String
    var range: SourceRange
  }

  /// The release whose flags these are.
  package let version: ReleaseVersion
  /// What the catalogue says about it.
  let minor: ReleaseCatalogue.Minor
  let table: [InstallFlag]
  private var given: [String: [Given]] = [:]

  /// Reads flags. `--velero-version` says which release's they are; without it they are the newest one's.
  /// - Throws: a diagnostic for each flag that the release does not have, that lacks its value, or whose value it
  ///   cannot read.
  package init(_ line: CommandLineText, catalogue: ReleaseCatalogue) throws(Diagnostics) {
    let wanted = Self.version(in: line)
    do throws(Diagnostic) {
      version = try catalogue.release(
        named: wanted?.text ?? catalogue.releases.first?.description ?? "", at: wanted?.range)
    } catch {
      throw Diagnostics(error)
    }
    guard let minor = catalogue.minor(of: version) else { throw Diagnostics() }
    self.minor = minor
    table = InstallFlag.table(of: version) + [.release]
    var diagnostics = Diagnostics()
    var index = 0
    while index < line.arguments.count {
      read(line, &index, &diagnostics)
    }
    try diagnostics.throwIfErrors()
  }

  /// The release that is named: it has to be known before a flag can be read, for each has its own.
  private static func version(in line: CommandLineText) -> Given? {
    let name = "--\(InstallFlag.release.name)"
    for (index, argument) in line.arguments.enumerated().reversed() {
      if argument == name, index + 1 < line.arguments.count {
        return Given(text: line.arguments[index + 1], range: line[index + 1])
      }
      if argument.hasPrefix(name + "=") {
        return Given(text: String(argument.dropFirst(name.count + 1)), range: line[index])
      }
    }
    return nil
  }

  /// Takes the flag at `index` and moves behind it.
  private mutating func read(_ line: CommandLineText, _ index: inout Int, _ diagnostics: inout Diagnostics) {
    let argument = line.arguments[index]
    let range = line[index]
    index += 1
    guard argument.hasPrefix("-"), argument != "-", argument != "--" else {
      diagnostics.append(.noFlag(argument, at: range, after: index >= 2 ? line.arguments[index - 2] : nil))
      return
    }
    let isLong = argument.hasPrefix("--")
    let name: Substring
    var value: Substring?
    if isLong {
      let parts = argument.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      name = parts[0]
      value = parts.count > 1 ? parts[1] : nil
    } else {
      name = argument.dropFirst().prefix(1)
      let rest = argument.dropFirst(2)
      value = rest.isEmpty ? nil : rest.hasPrefix("=") ? rest.dropFirst() : rest
    }
    let flag = table.first { isLong ? $0.name == name : $0.letter.map { name == String($0) } ?? false }
    guard let flag else {
      diagnostics.append(.unknownFlag(isLong ? "--\(name)" : "-\(name)", in: table, version, at: range))
      return
    }
    if value == nil, flag.kind == .bool { value = "true" }
    if value == nil, index < line.arguments.count {
      value = Substring(line.arguments[index])
      index += 1
    }
    guard let value else {
      diagnostics.append(.noValue(flag, at: range))
      return
    }
    let entry = Given(text: String(value), range: line[index - 1])
    if let expected = unreadable(entry.text, as: flag.kind) {
      diagnostics.append(.unreadable(flag, entry, expected: expected))
      return
    }
    given[flag.name, default: []].append(entry)
  }

  /// What was expected, if a text cannot be read.
  private func unreadable(_ text: String, as kind: InstallFlag.Kind) -> String? {
    switch kind {
    case .bool: goBool(text) == nil ? "true or false" : nil
    case .integer: goInteger(text) == nil ? "a whole number" : nil
    case .duration: goDuration(text) == nil ? "a duration such as 30m or 1h30m" : nil
    case .map: pairs(text) == nil ? "KEY=VALUE pairs between commas" : nil
    case .text, .list: nil
    }
  }

  /// Before v1.9.0 every comma separates; since then a pair can stand in quotes with the commas it holds.
  private func pairs(_ text: String) -> [(key: String, value: String)]? {
    let isPlain = version < ReleaseVersion(1, 9, 0)
    guard
      let fields = isPlain
        ? text.split(separator: ",", omittingEmptySubsequences: false).map(String.init) : csvFields(text)
    else { return nil }
    var result: [(key: String, value: String)] = []
    for field in fields {
      guard let equals = field.firstIndex(of: "=") else { return nil }
      result.append((String(field[..<equals]), String(field[field.index(after: equals)...])))
    }
    return result
  }
}

// MARK: - What was given

extension InstallRequest {
  /// Whether the release has a flag.
  func has(_ name: String) -> Bool { table.contains { $0.name == name } }

  /// Where and how a flag was given, the last time.
  func entry(_ name: String) -> Given? { given[name]?.last }

  /// Where a flag was given, if it was.
  func range(_ name: String) -> SourceRange? { entry(name)?.range }

  /// The flag's text, or what it is where nobody gives it.
  package func text(_ name: String) -> String {
    entry(name)?.text ?? table.first { $0.name == name }?.initial ?? ""
  }

  /// Whether a switch is on.
  package func isOn(_ name: String) -> Bool { goBool(text(name)) ?? false }

  /// A number.
  func integer(_ name: String) -> Int64 { goInteger(text(name)) ?? 0 }

  /// A duration in nanoseconds.
  func duration(_ name: String) -> Int64 { goDuration(text(name)) ?? 0 }

  /// What stands between the commas, the last time that the flag was given; nothing if it was not, or is empty.
  func items(_ name: String) -> [String] {
    let text = text(name)
    return text.isEmpty ? [] : text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
  }

  /// The pairs of all times that the flag was given, each key once with its last value, in the order of first mention.
  func map(_ name: String) -> [(key: String, value: String)] {
    var result: [(key: String, value: String)] = []
    var places: [String: Int] = [:]
    for entry in given[name] ?? [] {
      for pair in pairs(entry.text) ?? [] {
        if let place = places[pair.key] {
          result[place].value = pair.value
        } else {
          places[pair.key] = result.count
          result.append(pair)
        }
      }
    }
    return result
  }
}

// MARK: - Messages

extension Diagnostic {
  fileprivate static func noFlag(_ argument: String, at range: SourceRange, after previous: String?) -> Diagnostic {
    let isTruth = goBool(argument) != nil && previous?.hasPrefix("--") == true
    return Diagnostic(
      "'\(argument)' is no flag", at: range,
      hint: isTruth ? "a switch takes its value behind '=': write \(previous ?? "")=\(argument)" : nil)
  }

  /// The release has no such flag; where others have it, they are named.
  fileprivate static func unknownFlag(
    _ name: String, in table: [InstallFlag], _ version: ReleaseVersion, at range: SourceRange
  ) -> Diagnostic {
    let bare = String(name.drop { $0 == "-" })
    let spans = name.hasPrefix("--") ? InstallFlag.spans(of: bare) : []
    var hint: String?
    if let sameMeaning = InstallFlag.flag(meaningAs: bare, in: table), name.hasPrefix("--") {
      hint = "in \(version) it is called --\(sameMeaning.name)"
    } else if let since = spans.lazy.compactMap(\.since).first(where: { version < $0 }) {
      hint = "it came with \(since)"
    } else if let until = spans.last?.until {
      hint = "\(until) was the last release that had it"
    } else if name.hasPrefix("--") {
      let names = table.map { ByteString($0.name) }
      hint = Spelling.nearest(to: ByteString(bare), among: names).map { "did you mean --\($0)?" }
    }
    return Diagnostic("velero install \(version) has no flag '\(name)'", at: range, hint: hint)
  }

  fileprivate static func noValue(_ flag: InstallFlag, at range: SourceRange) -> Diagnostic {
    Diagnostic("--\(flag.name) needs a value", at: range)
  }

  fileprivate static func unreadable(
    _ flag: InstallFlag, _ given: InstallRequest.Given, expected: String
  ) -> Diagnostic {
    Diagnostic("--\(flag.name) cannot be '\(given.text)' (expected \(expected))", at: given.range)
  }
}
