/// Headers of a request or a response, in their order; names are equal whatever the case of their letters.
package struct HTTPHeaders: Sendable {
  private var fields: [(name: String, value: String)] = []

  package init() {}

  /// All values of a header.
  package func values(_ name: String) -> [String] {
    let name = name.lowercased()
    return fields.filter { $0.name.lowercased() == name }.map(\.value)
  }

  /// The first value of a header.
  package subscript(name: String) -> String? { values(name).first }

  /// Adds a header beside those of the same name.
  package mutating func add(_ name: String, _ value: String) { fields.append((name, value)) }

  /// Takes all headers of a name away.
  package mutating func remove(_ name: String) {
    let name = name.lowercased()
    fields.removeAll { $0.name.lowercased() == name }
  }

  /// The lines of a request.
  var lines: [String] { fields.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" } }

  /// Adds one line of a response, without its end; lines that are no header are passed over.
  mutating func add(line: Substring) {
    guard let colon = line.firstIndex(of: ":") else { return }
    add(String(line[..<colon]), String(Self.trimmed(line[line.index(after: colon)...])))
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text.drop { $0 == " " || $0 == "\t" }
    while text.last == " " || text.last == "\t" { text.removeLast() }
    return text
  }
}
