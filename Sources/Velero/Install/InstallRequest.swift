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
  package let version: String
  let table: [InstallFlag]
  private var given: [String: [Given]] = [:]

  /// Reads flags. `--velero-version` says which release's they are.
  /// - Throws: a diagnostic for each flag that the release does not have, that lacks its value, or whose value it
  ///   cannot read.
  package init(_ line: CommandLineText) throws(Diagnostics) {
    let wanted = Self.version(in: line)
    version = wanted?.text ?? InstallFlag.versions.first ?? ""
    guard let table = InstallFlag.table(of: version) else {
      throw Diagnostics(.unknownRelease(version, at: wanted?.range))
    }
    self.table = table + [.release]
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
    if let expected = Self.unreadable(entry.text, as: flag.kind) {
      diagnostics.append(.unreadable(flag, entry, expected: expected))
      return
    }
    given[flag.name, default: []].append(entry)
  }

  /// What was expected, if a text cannot be read.
  private static func unreadable(_ text: String, as kind: InstallFlag.Kind) -> String? {
    switch kind {
    case .bool: goBool(text) == nil ? "true or false" : nil
    case .integer: goInteger(text) == nil ? "a whole number" : nil
    case .duration: goDuration(text) == nil ? "a duration such as 30m or 1h30m" : nil
    case .map: pairs(text) == nil ? "KEY=VALUE pairs between commas" : nil
    case .text, .list: nil
    }
  }

  private static func pairs(_ text: String) -> [(key: String, value: String)]? {
    guard let fields = csvFields(text) else { return nil }
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
      for pair in Self.pairs(entry.text) ?? [] {
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
  fileprivate static func unknownRelease(_ version: String, at range: SourceRange?) -> Diagnostic {
    Diagnostic(
      "the flags of Velero '\(version)' are not known (expected one of: \(InstallFlag.versions.joined(separator: ", ")))",
      at: range)
  }

  fileprivate static func noFlag(_ argument: String, at range: SourceRange, after previous: String?) -> Diagnostic {
    let isTruth = goBool(argument) != nil && previous?.hasPrefix("--") == true
    return Diagnostic(
      "'\(argument)' is no flag", at: range,
      hint: isTruth ? "a switch takes its value behind '=': write \(previous ?? "")=\(argument)" : nil)
  }

  fileprivate static func unknownFlag(
    _ name: String, in table: [InstallFlag], _ version: String, at range: SourceRange
  ) -> Diagnostic {
    let nearest = table.map { (flag: $0, edits: edits(name.dropFirst(2).utf8, $0.name.utf8)) }.min {
      $0.edits < $1.edits
    }
    let hint = nearest.flatMap { $0.edits <= 3 && name.hasPrefix("--") ? "did you mean --\($0.flag.name)?" : nil }
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

  /// How many letters have to be put in, taken out or exchanged to make one text of the other.
  private static func edits(_ one: Substring.UTF8View, _ other: String.UTF8View) -> Int {
    var row = Array(0...other.count)
    // Longer than any flag: not a slip of the pen.
    guard one.count <= 64 else { return one.count }
    for (i, a) in one.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, b) in other.enumerated() {
        let replaced = diagonal + (a == b ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(replaced, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row[other.count]
  }
}
