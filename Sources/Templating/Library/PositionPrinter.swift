package import Files
package import YAML

/// Prints documents with the place that each item comes from, as `ytt -o pos` does.
package struct PositionPrinter: ~Copyable {
  private var out: ByteBuffer
  /// How wide places are printed: ten more than the longest one so far that did not fit.
  private var width = 0
  /// Whether lists and maps that were computed are told from those written as YAML.
  private var tellsComputed = false

  private init(limit: Int) { out = ByteBuffer(limit: limit) }

  /// The documents, those that are null, `{}` or `[]` left out. Fails where a map was computed in Starlark: nothing in
  /// it has a place. Nothing if it is more than `limit` bytes.
  package static func print(_ documents: [Document], limit: Int) throws(Diagnostic) -> ByteString? {
    var printer = PositionPrinter(limit: limit)
    for document in documents where !document.isEmpty {
      printer.tellsComputed = !document.isOverlaid
      printer.add(document.position, "[doc]\n")
      try printer.add(document.value, indent: 1, at: document.position)
    }
    return printer.out.isOverLimit ? nil : printer.out.finish()
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

  /// Adds a value. `owner` is the place of what holds it.
  private mutating func add(_ node: Node, indent: Int, at owner: Position) throws(Diagnostic) {
    let blanks = String(repeating: "  ", count: indent)
    if try isPrintedWhole(node, owner) {
      pad("")
      out.append("\(blanks)\(Self.text(node))\n")
      return
    }
    switch node {
    case .map(let items):
      for item in items where !out.isOverLimit {
        try add(item.position, blanks + item.key.keyText + ":", item.value, indent, owner)
      }
    case .sequence(let items):
      for (index, item) in items.enumerated() where !out.isOverLimit {
        try add(item.position, "\(blanks)[\(index)]", item.value, indent, owner)
      }
    default: break
    }
  }

  private mutating func add(
    _ position: Position, _ label: String, _ value: Node, _ indent: Int, _ owner: Position
  ) throws(Diagnostic) {
    let place = position.file != 0 ? position : owner
    if try isPrintedWhole(value, place) {
      let text = Self.text(value)
      if !text.contains("\n") { return add(position, "\(label) \(text)\n") }
    }
    add(position, label + "\n")
    try add(value, indent: indent + 1, at: place)
  }

  /// Whether the value is printed as YAML, without places of its own: a scalar, or a list that was computed.
  private func isPrintedWhole(_ node: Node, _ owner: Position) throws(Diagnostic) -> Bool {
    switch node {
    case .map(let items):
      if tellsComputed && items.areFromValues(\.position) { throw .noPlaces(owner) }
      return false
    case .sequence(let items):
      guard tellsComputed && items.areFromValues(\.position) else { return false }
      for item in items where item.value.isCollection { _ = try isPrintedWhole(item.value, owner) }
      return true
    default: return true
    }
  }

  /// A value as YAML.
  private static func text(_ node: Node) -> String {
    var out = ByteBuffer()
    YAML.print(node, into: &out)
    let text = out.finish()
    return text.isEmpty ? "" : text[0..<text.count - 1].text
  }
}

extension Diagnostic {
  fileprivate static func noPlaces(_ owner: Position) -> Diagnostic {
    Diagnostic(
      "cannot print the places of a map that was computed", at: SourceRange(owner),
      hint: "write it as a function with YAML in it, or print it with -o yaml")
  }
}
