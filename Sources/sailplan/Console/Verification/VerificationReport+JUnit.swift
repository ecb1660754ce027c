import Files
import Velero

extension VerificationReport {
  /// JUnit's XML as CI systems read it: a test case for each environment, which fails if it has errors. What is no error
  /// stands in its output.
  var junit: ByteString {
    let itemsOf = Dictionary(grouping: items, by: \.environment)
    let failing = itemsOf.values.count { $0.contains { $0.severity == .error } }
    var text = #"<?xml version="1.0" encoding="UTF-8"?>"# + "\n"
    text += "<testsuites>\n"
    text += "  <testsuite name=\"\(command)\" tests=\"\(environments.count)\" failures=\"\(failing)\""
    text += " errors=\"0\" skipped=\"0\">\n"
    for name in environments {
      let found = itemsOf[name] ?? []
      let head = "    <testcase classname=\"\(command.replacing(" ", with: "."))\" name=\"\(Self.escaped(name))\""
      if found.isEmpty {
        text += head + "/>\n"
        continue
      }
      text += head + ">\n"
      let errors = found.filter { $0.severity == .error }
      if let first = errors.first {
        text += "      <failure type=\"\(first.rule)\" message=\"\(Self.escaped(first.message))\">"
        text += Self.escaped(errors.map(Self.text).joined(separator: "\n\n")) + "</failure>\n"
      }
      let others = found.filter { $0.severity != .error }
      if !others.isEmpty {
        text += "      <system-out>" + Self.escaped(others.map(Self.text).joined(separator: "\n\n")) + "</system-out>\n"
      }
      text += "    </testcase>\n"
    }
    return ByteString(text + "  </testsuite>\n</testsuites>\n")
  }

  private static func text(_ item: Item) -> String {
    let place = item.file.map { ["\($0):\(item.line):\(item.column)"] } ?? []
    return (place + item.details).joined(separator: "\n")
  }

  /// Text in XML 1.0, without the characters that it cannot hold.
  private static func escaped(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case "\n", "\t": out.unicodeScalars.append(scalar)
      default:
        out.unicodeScalars.append(
          scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF ? "?" : scalar)
      }
    }
    return out
  }
}
