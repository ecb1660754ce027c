import Files
import TestSupport
import Testing
import YAML

/// How the real ytt prints scalars: `ytt/scalars.tsv` of the reference data.
@Suite(.enabled(if: Repository.goldens != nil, "SAILPLAN_GOLDENS names no reference data"))
struct ScalarGoldenTests {
  struct Row: CustomTestStringConvertible, Sendable {
    let context: String
    let input: String
    let printed: String

    var testDescription: String { "\(context): \(input)" }

    /// The rows that are about YAML, not Starlark.
    static let all: [Row] = {
      guard let goldens = Repository.goldens, let table = contents("\(goldens)/ytt/scalars.tsv") else { return [] }
      return table.text.split(separator: "\n").dropFirst().compactMap { line in
        let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
        guard fields.count == 3, fields[0] != "starlark" else { return nil }
        return Row(context: String(fields[0]), input: unescape(fields[1]), printed: unescape(fields[2]))
      }
    }()
  }

  @Test(arguments: Row.all)
  func isPrintedAsYttPrintsIt(_ row: Row) throws {
    let text: ByteString
    let prefix: String
    switch row.context {
    case "key":
      let key =
        row.input.hasSuffix(" chars")
        ? "? " + String(repeating: "k", count: Int(row.input.prefix(3))!) + "\n" : row.input
      text = ByteString(key + ": 1")
      prefix = ""
    case "root":
      text = ByteString("--- " + row.input)
      prefix = ""
    default:
      text = ByteString("v: " + row.input)
      prefix = "v:"
    }
    if row.printed.hasPrefix("ERROR ") {
      #expect(firstProblem(text) != nil)
      return
    }
    var printed = print(try parse(text).documents).text
    #expect(printed.hasPrefix(prefix))
    printed.removeFirst(min(prefix.count, printed.count))
    if !prefix.isEmpty && printed.hasPrefix(" ") { printed.removeFirst() }
    #expect(trimmed(printed) == trimmed(row.printed))
  }

  @Test func rowsAreFound() {
    #expect(Row.all.count > 200)
  }

  private func trimmed(_ text: String) -> String { text.hasSuffix("\n") ? String(text.dropLast()) : text }
}

/// The text behind JSON's escapes.
private func unescape(_ text: Substring) -> String {
  var result = String.UnicodeScalarView()
  var rest = text.unicodeScalars
  while let scalar = rest.popFirst() {
    guard scalar == "\\", let kind = rest.popFirst() else {
      result.append(scalar)
      continue
    }
    switch kind {
    case "n": result.append("\n")
    case "t": result.append("\t")
    case "r": result.append("\r")
    case "u":
      var value = UInt32(String(Substring(rest.prefix(4))), radix: 16) ?? 0
      rest.removeFirst(min(4, rest.count))
      if (0xD800..<0xDC00).contains(value), rest.starts(with: "\\u".unicodeScalars) {
        rest.removeFirst(2)
        let low = UInt32(String(Substring(rest.prefix(4))), radix: 16) ?? 0xDC00
        rest.removeFirst(min(4, rest.count))
        value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
      }
      if let scalar = Unicode.Scalar(value) { result.append(scalar) }
    default: result.append(kind)
    }
  }
  return String(result)
}
