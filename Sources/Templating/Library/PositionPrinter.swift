package import Files
package import YAML

/// Prints documents with the place that each item comes from, as `ytt -o pos` does.
package struct PositionPrinter: ~Copyable {
  private var out = ByteBuffer()
  /// How wide places are printed: ten more than the longest one so far that did not fit.
  private var width = 0

  private init() {}

  /// The documents, those that are null, `{}` or `[]` left out.
  package static func print(_ documents: [Document]) -> ByteString {
    var printer = PositionPrinter()
    for document in documents where !document.isEmpty {
      printer.add(document.position, "[doc]\n")
      printer.add(document.value, indent: 1)
    }
    return printer.out.finish()
  }

  private mutating func add(_ position: Position, _ text: String) {
    if position.file != 0 { pad(position.description) }
    out.append(text)
  }

  private mutating func pad(_ place: String) {
    if place.utf8.count > width { width = place.utf8.count + 10 }
    out.append(repeating: UInt8(ascii: " "), count: width - place.utf8.count)
    out.append(place)
    out.append(literal: " | ")
  }

  private mutating func add(_ node: Node, indent: Int) {
    let blanks = String(repeating: "  ", count: indent)
    switch node {
    case .map(let items):
      for item in items { add(item.position, blanks + item.key.keyText + ":", item.value, indent) }
    case .sequence(let items):
      for (index, item) in items.enumerated() { add(item.position, "\(blanks)[\(index)]", item.value, indent) }
    default:
      pad("")
      out.append("\(blanks)\(Self.text(node))\n")
    }
  }

  private mutating func add(_ position: Position, _ label: String, _ value: Node, _ indent: Int) {
    if value.isCollection {
      add(position, label + "\n")
      add(value, indent: indent + 1)
      return
    }
    let text = Self.text(value)
    if text.contains("\n") {
      add(position, label + "\n")
      add(value, indent: indent + 1)
    } else {
      add(position, "\(label) \(text)\n")
    }
  }

  /// A scalar as YAML.
  private static func text(_ node: Node) -> String {
    var out = ByteBuffer()
    YAML.print(node, into: &out)
    let text = out.finish()
    return text.isEmpty ? "" : text[0..<text.count - 1].text
  }
}
