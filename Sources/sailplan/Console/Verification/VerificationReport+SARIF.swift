import Files
import Velero
import Workspace
import YAML

extension VerificationReport {
  /// A log in the Static Analysis Results Interchange Format 2.1.0 (OASIS), as code scanning services read it.
  var sarif: ByteString {
    get throws(Diagnostics) {
      let rules = Set(items.map(\.rule)).sorted()
      let tool: [(ByteString, Node)] = [("driver", Self.driver(rules))]
      let run: [(ByteString, Node)] = [
        ("results", .sequence(items.map { SequenceItem(Self.result($0, rules)) })),
        ("tool", .object(tool)),
      ]
      let log: [(ByteString, Node)] = [
        ("$schema", .text("https://json.schemastore.org/sarif-2.1.0.json")),
        ("runs", .sequence([SequenceItem(.object(run))])), ("version", .text("2.1.0")),
      ]
      return try Node.object(log).reportText
    }
  }

  private static func driver(_ rules: [String]) -> Node {
    let described = rules.map { rule -> SequenceItem in
      let known = CheckRule.all.first { $0.id == rule }
      let title = known?.title ?? "what is committed is not what is rendered"
      return SequenceItem(.object([("id", .text(rule)), ("shortDescription", .object([("text", .text(title))]))]))
    }
    let members: [(ByteString, Node)] = [
      ("name", .text("sailplan")), ("rules", .sequence(described)), ("version", .string(ToolVersion.text)),
    ]
    return .object(members)
  }

  private static func result(_ item: Item, _ rules: [String]) -> Node {
    let level =
      switch item.severity {
      case .error: "error"
      case .warning: "warning"
      case .info: "note"
      }
    var members: [(ByteString, Node)] = [("level", .text(level))]
    if let file = item.file { members.append(("locations", .sequence([SequenceItem(location(item, file))]))) }
    members.append(("message", .object([("text", .text(item.details.joined(separator: "\n")))])))
    members.append(("ruleId", .text(item.rule)))
    if let index = rules.firstIndex(of: item.rule) { members.append(("ruleIndex", .int(Int64(index)))) }
    return .object(members)
  }

  private static func location(_ item: Item, _ file: String) -> Node {
    .object([
      (
        "physicalLocation",
        .object([
          ("artifactLocation", .object([("uri", .text(percentEncoded(file)))])),
          (
            "region",
            .object([("startColumn", .int(Int64(item.column))), ("startLine", .int(Int64(item.line)))])
          ),
        ])
      )
    ])
  }

  /// The path as part of a URI (RFC 3986).
  private static func percentEncoded(_ path: String) -> String {
    let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/".utf8)
    return path.utf8.map { byte in
      if plain.contains(byte) { return String(UnicodeScalar(byte)) }
      let digits = String(byte, radix: 16, uppercase: true)
      return "%" + (digits.count == 1 ? "0" : "") + digits
    }.joined()
  }
}
