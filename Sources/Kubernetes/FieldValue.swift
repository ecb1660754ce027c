import Files
package import YAML

/// Values in a line of a report.
package enum FieldValue {
  /// `node` on one line, in YAML's flow style with every string in quotes, cut to about `widest` characters.
  package static func text(_ node: Node, widest: Int = 120) -> String {
    var writer = LineWriter(budget: widest)
    writer.write(node)
    return writer.text
  }
}

private struct LineWriter {
  var text = ""
  var budget: Int

  private mutating func append(_ piece: String) {
    guard budget > 0 else { return }
    let characters = piece.unicodeScalars
    if characters.count <= budget {
      text += piece
      budget -= characters.count
    } else {
      text.unicodeScalars.append(contentsOf: characters.prefix(budget))
      text += "…"
      budget = 0
    }
  }

  mutating func write(_ node: Node) {
    guard budget > 0 else { return }
    switch node {
    case .null: append("null")
    case .bool(let value): append(value ? "true" : "false")
    case .int(let value): append(String(value))
    case .unsigned(let value): append(String(value))
    case .float(let value): append(String(value))
    case .string(let value): append(Self.quoted(value.text, widest: budget))
    case .map(let items):
      append("{")
      for (index, item) in items.enumerated() where budget > 0 {
        if index > 0 { append(", ") }
        if let key = item.key.stringValue { append(key.text) } else { write(item.key) }
        append(": ")
        write(item.value)
      }
      append("}")
    case .sequence(let items):
      append("[")
      for (index, item) in items.enumerated() where budget > 0 {
        if index > 0 { append(", ") }
        write(item.value)
      }
      append("]")
    }
  }

  /// Control characters are written as escapes, so that a hostile value cannot steer the terminal.
  private static func quoted(_ value: String, widest: Int) -> String {
    var out = "\""
    for scalar in value.unicodeScalars.prefix(widest) {
      switch scalar {
      case "\"", "\\": out += "\\\(scalar)"
      case "\n": out += "\\n"
      case "\t": out += "\\t"
      case _
      where scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value)
        || (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
        || scalar.value & 0xFFFE == 0xFFFE:
        out += "\\u{\(String(scalar.value, radix: 16))}"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }
}

extension [ByteString] {
  /// With commas between them.
  var listed: String { map(\.text).joined(separator: ", ") }
}
