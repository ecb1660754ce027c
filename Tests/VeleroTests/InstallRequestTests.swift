import Files
import Glibc
import TestSupport
import Testing
import YAML

@testable import Velero

/// One case of `fixtures/velero/install`: flags, one a line; `+++`; then the values that they become, a line each, or
/// what is said against them, with what it points at. `RECORD=1` writes what comes out, and fails.
struct InstallCase: CustomTestStringConvertible, Sendable {
  let name: String
  let flags: [String]
  let expected: String

  var testDescription: String { name }

  static let all: [InstallCase] = {
    let folder = Repository.fixtures("velero/install")
    let entries = (try? Disk.entries(folder)) ?? []
    return entries.map(\.name.text).sorted().compactMap { file in
      guard let text = try? Disk.read("\(folder)/\(file)", limit: 1 << 20).text else { return nil }
      let parts = text.split(separator: "+++\n", maxSplits: 1, omittingEmptySubsequences: false)
      let flags = parts[0].split(separator: "\n").map(String.init)
      return InstallCase(name: file, flags: flags, expected: parts.count > 1 ? String(parts[1]) : "")
    }
  }()

  func outcome() -> String {
    do {
      let request = try InstallRequest(CommandLineText(flags), catalogue: RenderedBundle.catalogue)
      try request.validate()
      let values = try request.values { name throws(Diagnostic) in
        if name.hasPrefix("missing") { throw Diagnostic("cannot read \(name)") }
        return ByteString("contents of \(name)")
      }
      return Self.lines(values.value, path: "").joined()
    } catch {
      return error.list.map(Self.line).joined()
    }
  }

  private static func line(_ diagnostic: Diagnostic) -> String {
    var line = "error: \(diagnostic.message)"
    if let range = diagnostic.range, let file = range.start.source {
      let start = Int(range.start.offset)
      line += " [at \(file.contents[start..<start + Int(range.length)])]"
    }
    if let hint = diagnostic.hint { line += " [hint: \(hint)]" }
    return line + "\n"
  }

  private static func lines(_ node: Node, path: String) -> [String] {
    switch node {
    case .map(let items) where !items.isEmpty:
      items.flatMap { item -> [String] in
        guard case .string(let key) = item.key else { return ["\(path): key that is no text\n"] }
        return lines(item.value, path: path.isEmpty ? key.text : "\(path).\(key)")
      }
    case .sequence(let items) where !items.isEmpty:
      items.enumerated().flatMap { lines($1.value, path: "\(path)[\($0)]") }
    case .string(let text): ["\(path): \"\(text)\"\n"]
    case .int(let number): ["\(path): \(number)\n"]
    case .bool(let truth): ["\(path): \(truth)\n"]
    case .map: ["\(path): {}\n"]
    case .sequence: ["\(path): []\n"]
    default: ["\(path): \(node)\n"]
    }
  }
}

@Suite struct InstallRequestTests {
  @Test(arguments: InstallCase.all) func flagsBecomeValues(_ test: InstallCase) throws {
    let outcome = test.outcome()
    if getenv("RECORD") != nil, outcome != test.expected {
      let path = Repository.fixtures("velero/install/\(test.name)")
      try Disk.replace(path, with: ByteString(test.flags.joined(separator: "\n") + "\n+++\n" + outcome))
      Issue.record("recorded \(test.name)")
      return
    }
    #expect(outcome == test.expected)
  }

  @Test func thereAreCases() { #expect(InstallCase.all.count >= 18) }

  /// The tables against what the releases' own help lists.
  @Test func theFlagsAreThoseOfEachRelease() throws {
    let text = try Disk.read(Repository.fixtures("velero/flags.tsv"), limit: 1 << 20).text
    let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
    let listed = lines.map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
    let types: [InstallFlag.Kind: String] = [
      .bool: "bool", .text: "string", .integer: "int", .duration: "duration", .list: "stringArray",
      .map: "mapStringString",
    ]
    let releases = try RenderedBundle.catalogue.releases
    #expect(releases.count == 40)
    for release in releases {
      let expected = try listed.filter { row in
        let since = try #require(ReleaseVersion(row[4]))
        let until = try #require(ReleaseVersion(row[5]))
        return since <= release && release <= until
      }.map { row in
        [row[0], row[1], row[0] == "image" ? "velero/velero:\(release)" : row[2], row[3]].joined(separator: "\t")
      }
      let ours = InstallFlag.table(of: release).map { flag in
        [flag.name, types[flag.kind] ?? "", flag.initial, flag.letter.map(String.init) ?? ""].joined(separator: "\t")
      }
      #expect(ours == expected, "\(release)")
      for flag in InstallFlag.table(of: release) { #expect(flag.help.hasSuffix("."), "help of \(flag.name)") }
    }
  }

  @Test func otherReleasesAreNotKnown() {
    #expect(throws: Diagnostics.self) {
      try InstallRequest(CommandLineText(["--velero-version=v1.6.0"]), catalogue: RenderedBundle.catalogue)
    }
  }
}

@Suite struct GoTextTests {
  @Test(arguments: [
    ("0", 0), ("1h", 3_600_000_000_000), ("1h30m", 5_400_000_000_000), ("-1.5s", -1_500_000_000), ("+2ms", 2_000_000),
    (".5s", 500_000_000), ("1.s", 1_000_000_000), ("3µs", 3_000), ("3μs", 3_000), ("0.1234567891234s", 123_456_789),
    ("9223372036854775807ns", Int64.max), ("-9223372036854775808ns", Int64.min),
    ("2562047h", 9_223_369_200_000_000_000),
  ])
  func readsDurations(_ text: String, _ nanoseconds: Int64) { #expect(goDuration(text) == nanoseconds) }

  @Test(arguments: [
    "", "1", "h", "1d", "1h ", " 1h", ".", ".s", "-", "1hh", "1..5s", "9223372036854775808ns", "2562048h", "1e3s",
    "99999999999999999999s", "١h",
  ])
  func refusesOtherTextsForDurations(_ text: String) { #expect(goDuration(text) == nil) }

  @Test(arguments: [
    ("0", 0), ("-7", -7), ("+7", 7), ("0x1F", 31), ("0b101", 5), ("0o17", 15), ("017", 15), ("1_000", 1000),
    ("9223372036854775807", Int64.max), ("-9223372036854775808", Int64.min),
  ])
  func readsNumbers(_ text: String, _ number: Int64) { #expect(goInteger(text) == number) }

  @Test(arguments: ["", "-", "--7", "1.5", "0x", "08", "_1", "1_", "1__0", "9223372036854775808", "1k", "0x-1"])
  func refusesOtherTextsForNumbers(_ text: String) { #expect(goInteger(text) == nil) }

  @Test(arguments: [
    ("a", ["a"]), ("a,b", ["a", "b"]), (",", ["", ""]), ("\"a,b\",c", ["a,b", "c"]), ("\"a\"\"b\"", ["a\"b"]),
    ("\"\"", [""]),
  ])
  func readsFields(_ text: String, _ fields: [String]) { #expect(csvFields(text) == fields) }

  @Test(arguments: ["", "a\"b", "\"a", "\"a\"b", "\"a\" ,b"])
  func refusesOtherRecords(_ text: String) { #expect(csvFields(text) == nil) }
}
