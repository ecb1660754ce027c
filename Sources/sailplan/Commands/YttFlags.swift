/// The flags of `sailplan ytt`: those of ytt 0.48, read by the rules of the library that ytt uses for it. A flag may be
/// written `--name value` or `--name=value`, `-n value`, `-n=value` or `-nvalue`; switches take `=false`.
struct YttFlags {
  enum Kind {
    case isSwitch
    case value
  }

  struct Flag {
    let name: String
    var short: Character?
    let kind: Kind
    let help: String
  }

  static let all: [Flag] = [
    Flag(name: "file", short: "f", kind: .value, help: "file or directory to process, or '-' for standard input"),
    Flag(name: "file-mark", kind: .value, help: "change what a file is taken for (path:key=value)"),
    Flag(name: "data-value", short: "v", kind: .value, help: "set a data value to a string (all.key=text)"),
    Flag(name: "data-value-yaml", kind: .value, help: "set a data value, read as YAML (all.key=true)"),
    Flag(name: "data-value-file", kind: .value, help: "set a data value to the contents of a file (all.key=path)"),
    Flag(name: "data-values-file", kind: .value, help: "set data values from a plain YAML file or directory"),
    Flag(name: "data-values-env", kind: .value, help: "set data values from variables PREFIX_all__key, as strings"),
    Flag(name: "data-values-env-yaml", kind: .value, help: "the same, read as YAML"),
    Flag(name: "data-values-inspect", kind: .isSwitch, help: "print the final data values"),
    Flag(name: "data-values-schema-inspect", kind: .isSwitch, help: "print the schema (with -o openapi-v3)"),
    Flag(name: "dangerous-data-values-disable-validation", kind: .isSwitch, help: "skip validating data values"),
    Flag(name: "output", short: "o", kind: .value, help: "output format: yaml, json, pos; openapi-v3 for a schema"),
    Flag(name: "output-files", kind: .value, help: "write output files into a directory"),
    Flag(name: "dangerous-emptied-output-directory", kind: .value, help: "the same, after emptying the directory"),
    Flag(name: "ignore-unknown-comments", kind: .isSwitch, help: "allow comments other than '#@' and '#!'"),
    Flag(name: "implicit-map-key-overrides", kind: .isSwitch, help: "let a repeated key replace the earlier one"),
    Flag(name: "strict", short: "s", kind: .isSwitch, help: "allow only YAML that means the same everywhere"),
    Flag(name: "allow-symlink-destination", kind: .value, help: "follow links that lead to this path"),
    Flag(name: "dangerous-allow-all-symlink-destinations", kind: .isSwitch, help: "follow all links"),
    Flag(name: "files-inspect", kind: .isSwitch, help: "print the files that would be processed"),
    Flag(name: "bulk-in", kind: .value, help: "files to process, as JSON"),
    Flag(name: "bulk-out", kind: .isSwitch, help: "print output files as JSON"),
    Flag(
      name: "debug", kind: .isSwitch, help: "say on standard error what is done with each file, and how long all takes"),
    Flag(name: "version", kind: .isSwitch, help: "print the version of ytt that this stands in for"),
    Flag(name: "help", short: "h", kind: .isSwitch, help: "print this text"),
  ]

  /// Those, and the ones of ours.
  private static let known = all + YttLimits.flags

  private var values: [String: [String]] = [:]
  /// What is no flag.
  private(set) var words: [String] = []

  /// Why flags cannot be used, in the words that users of ytt know.
  struct Problem: Error {
    let message: String
  }

  init(_ arguments: [String]) throws(Problem) {
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      if argument == "--" {
        words += rest
        break
      }
      if argument.hasPrefix("--") {
        try readLong(argument.dropFirst(2), &rest)
      } else if argument.hasPrefix("-") && argument != "-" {
        try readShort(argument.dropFirst(), in: argument, &rest)
      } else {
        words.append(argument)
      }
    }
  }

  private mutating func readLong(_ text: Substring, _ rest: inout ArraySlice<String>) throws(Problem) {
    let equals = text.firstIndex(of: "=")
    let name = String(text[..<(equals ?? text.endIndex)])
    guard let flag = Self.known.first(where: { $0.name == name }) else {
      throw Problem(message: "unknown flag: --\(name)")
    }
    if let equals {
      values[name, default: []].append(String(text[text.index(after: equals)...]))
    } else if flag.kind == .isSwitch {
      values[name, default: []].append("true")
    } else {
      guard let value = rest.popFirst() else { throw Problem(message: "flag needs an argument: --\(name)") }
      values[name, default: []].append(value)
    }
  }

  private mutating func readShort(
    _ text: Substring, in argument: String, _ rest: inout ArraySlice<String>
  ) throws(Problem) {
    var text = text
    while let letter = text.popFirst() {
      guard let flag = Self.known.first(where: { $0.short == letter }) else {
        throw Problem(message: "unknown shorthand flag: '\(letter)' in \(argument)")
      }
      if text.first == "=" {
        values[flag.name, default: []].append(String(text.dropFirst()))
        return
      }
      if flag.kind == .isSwitch {
        values[flag.name, default: []].append("true")
        continue
      }
      if text.isEmpty {
        guard let value = rest.popFirst() else {
          throw Problem(message: "flag needs an argument: '\(letter)' in \(argument)")
        }
        values[flag.name, default: []].append(value)
      } else {
        values[flag.name, default: []].append(String(text))
      }
      return
    }
  }

  /// All values of a flag, in order.
  subscript(_ name: String) -> [String] { values[name] ?? [] }

  /// The values of a flag that may name several at once, with commas between them.
  func list(_ name: String) -> [String] {
    self[name].flatMap { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
  }

  /// The value of a flag of which the last counts.
  func last(_ name: String) -> String? { values[name]?.last }

  /// Whether a switch is on.
  func isOn(_ name: String) throws(Problem) -> Bool {
    guard let value = values[name]?.last else { return false }
    switch value {
    case "1", "t", "T", "true", "TRUE", "True": return true
    case "0", "f", "F", "false", "FALSE", "False": return false
    default: throw Problem(message: "invalid argument \"\(value)\" for \"--\(name)\" flag: it must be true or false")
    }
  }

  /// The flags, one on a line.
  static var help: String {
    var text = "Renders ytt templates, as ytt does.\n\nusage: sailplan ytt -f FILE… [flags]\n\n"
    for flag in all { text += describe(flag) }
    text += "\nWhat ytt does without bounds has some here; k, M and G stand for 1024 each time:\n\n"
    for flag in YttLimits.flags { text += describe(flag) }
    return text
  }

  private static func describe(_ flag: Flag) -> String {
    let short = flag.short.map { "-\($0), " } ?? "    "
    let name = "--\(flag.name)" + (flag.kind == .value ? " …" : "")
    return "  \(short)\(name)\n          \(flag.help)\n"
  }
}
