import Files
import Velero

extension VerificationReport {
  /// Workflow commands of GitHub Actions ("Workflow commands" in its documentation): each becomes an annotation at the
  /// line of its file.
  var github: ByteString {
    var text = ""
    for item in items {
      let command =
        switch item.severity {
        case .error: "error"
        case .warning: "warning"
        case .info: "notice"
        }
      var properties: [String] = []
      if let file = item.file {
        properties = ["file=\(Self.property(file))", "line=\(item.line)", "col=\(item.column)"]
      }
      properties.append("title=\(Self.property("\(item.environment): \(item.rule)"))")
      text += "::\(command) \(properties.joined(separator: ","))::"
      text += Self.data(item.details.joined(separator: "\n")) + "\n"
    }
    return ByteString(text)
  }

  private static func data(_ text: String) -> String {
    text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
  }

  private static func property(_ text: String) -> String {
    data(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
  }
}
