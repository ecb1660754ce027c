import Files
import Kubernetes
import YAML

/// What a validation of objects found, for people and for programs.
struct ValidationReport {
  let style: Style
  private var findings: [(diagnostic: Diagnostic, object: String)] = []
  private var checked = 0
  private var leftAlone = 0

  init(style: Style) { self.style = style }

  var errors: Int { findings.count { $0.diagnostic.severity == .error } }
  var warnings: Int { findings.count { $0.diagnostic.severity == .warning } }

  /// Checks all objects of some documents.
  mutating func add(_ documents: [Document], _ validation: ObjectValidation) {
    for document in documents {
      for object in ListedObject.objects(of: document) {
        guard let found = validation.check(object) else {
          leftAlone += 1
          continue
        }
        checked += 1
        let name = Self.name(of: object)
        findings += found.map { ($0, name) }
      }
    }
  }

  private static func name(of object: ListedObject) -> String {
    let kind = object.content.value(at: "kind")?.stringValue?.text ?? "?"
    let name = object.content.value(at: "metadata", "name")?.stringValue?.text ?? "?"
    let namespace = object.content.value(at: "metadata", "namespace")?.stringValue.map { "\($0)/" } ?? ""
    return "\(kind) \(namespace)\(name)"
  }

  var text: String {
    var out = ""
    for finding in findings {
      out += finding.diagnostic.description
      out += "  = object: \(finding.object)\n\n"
    }
    return out + summary + "\n"
  }

  private var summary: String {
    func counted(_ count: Int, _ what: String) -> String { "\(count) \(what)\(count == 1 ? "" : "s")" }
    let others = leftAlone == 0 ? "" : ", \(leftAlone) of other kinds left alone"
    let verdict =
      findings.isEmpty ? "nothing wrong" : "\(counted(errors, "error")), \(counted(warnings, "warning"))"
    return "\(counted(checked, "object")) checked\(others): \(verdict)"
  }

  var json: ByteString {
    get throws(Diagnostics) {
      let list = findings.map { finding in
        let diagnostic = finding.diagnostic
        return SequenceItem(
          .object([
            ("field", diagnostic.field.map { .text($0) } ?? .null),
            ("hint", diagnostic.hint.map { .text($0) } ?? .null),
            ("message", .text(diagnostic.message)), ("object", .text(finding.object)),
            ("place", .place(diagnostic.range?.start ?? .none)), ("severity", .text(diagnostic.severity.rawValue)),
          ]))
      }
      return try Node.object([
        ("checked", .int(Int64(checked))), ("errors", .int(Int64(errors))), ("findings", .sequence(list)),
        ("leftAlone", .int(Int64(leftAlone))), ("warnings", .int(Int64(warnings))),
      ]).reportText
    }
  }
}
