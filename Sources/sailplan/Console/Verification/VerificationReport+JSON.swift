import Files
import OCI
import Velero
import Workspace
import YAML

extension VerificationReport {
  /// All items, for programs.
  var json: ByteString {
    get throws(Diagnostics) {
      try Node.object([("environments", .texts(environments)), ("items", .list(items.map(Self.node)))]).reportText
    }
  }

  private static func node(_ item: Item) -> Node {
    let members: [(ByteString, Node)] = [
      ("causes", .texts(item.causes)), ("column", .int(Int64(item.column))),
      ("committed", optional(item.committed)), ("environment", .text(item.environment)),
      ("field", optional(item.field)),
      ("file", optional(item.file)), ("line", .int(Int64(item.line))), ("mend", .text(item.mend)),
      ("message", .text(item.message)), ("object", optional(item.object)), ("rendered", optional(item.rendered)),
      ("rule", .text(item.rule)), ("severity", .text(item.severity.name)),
    ]
    return .object(members)
  }

  private static func optional(_ text: String?) -> Node { text.map { .text($0) } ?? .null }

  /// A code quality report as GitLab reads it ("Code Quality report format" in its documentation): a list of issues,
  /// each with a fingerprint that stays while the issue does.
  var gitLab: ByteString {
    get throws(Diagnostics) {
      let issues = items.map { item -> SequenceItem in
        let key = [item.rule, item.environment, item.object ?? "", item.field ?? "", item.file ?? "", item.message]
        let severity =
          switch item.severity {
          case .error: "critical"
          case .warning: "minor"
          case .info: "info"
          }
        return SequenceItem(
          .object([
            ("check_name", .text(item.rule)), ("description", .text(item.details.joined(separator: "; "))),
            (
              "fingerprint",
              .text(String(ContentDigest(ByteString(key.joined(separator: "\n"))).text.text.dropFirst(7)))
            ),
            (
              "location",
              .object([
                ("lines", .object([("begin", .int(Int64(item.line)))])),
                ("path", .text(item.file ?? "environments/\(item.environment)")),
              ])
            ), ("severity", .text(severity)),
          ]))
      }
      return try Node.sequence(issues).reportText
    }
  }
}
