package import Files

/// Definitions as text, one a line, for whoever wants to see what a front end made of its source.
package struct DefinitionText {
  private var lines: [String] = []

  /// All types of a package, its loose comments first.
  /// - Throws: what keeps a type from being read.
  package static func text(of package: any APIPackage) throws(Diagnostics) -> String {
    var writer = DefinitionText()
    writer.lines.append("package \(package.name) \(package.path)")
    for group in package.looseComments { writer.append("loose", group, depth: 1) }
    for name in package.typeNames {
      if let type = try package.type(named: name) { writer.append(type) }
    }
    return writer.lines.map { $0 + "\n" }.joined()
  }

  private mutating func append(_ line: String, depth: Int) {
    lines.append(String(repeating: "  ", count: depth) + line)
  }

  private mutating func append(_ what: String, _ group: CommentGroup?, depth: Int) {
    guard let group else { return }
    for comment in group.comments {
      for line in comment.text.text.split(separator: "\n", omittingEmptySubsequences: false) {
        append("\(what): \(line)", depth: depth)
      }
    }
  }

  private mutating func append(_ type: APIType) {
    var words = ["type \(type.name)"]
    if type.isAlias { words.append("alias") }
    if type.typeParameterCount > 0 { words.append("parameters=\(type.typeParameterCount)") }
    if type.marshalers.contains(.json) { words.append("MarshalJSON") }
    if type.marshalers.contains(.text) { words.append("MarshalText") }
    append(words.joined(separator: " "), depth: 1)
    append("detached", type.detachedComment, depth: 2)
    append("documentation", type.documentation, depth: 2)
    append("is", type.definition, depth: 2)
  }

  private mutating func append(_ what: String, _ type: TypeExpression, depth: Int) {
    append("\(what) \(Self.word(type.form))", depth: depth)
    appendFields(of: type, depth: depth + 1)
  }

  private mutating func appendFields(of type: TypeExpression, depth: Int) {
    switch type.form {
    case .pointer(let inner), .array(let inner, _): appendFields(of: inner, depth: depth)
    case .map(let key, let value):
      appendFields(of: key, depth: depth)
      appendFields(of: value, depth: depth)
    case .structure(let fields): for field in fields { append(field, depth: depth) }
    case .named, .imported, .unsupported: break
    }
  }

  private mutating func append(_ field: APIField, depth: Int) {
    var words = [field.name.map { "field \($0)" } ?? "embedded", Self.word(field.type.form)]
    if let tag = field.tag {
      words.append(tag.isIgnored ? "json ignored" : "json \"\(tag.name)\"")
      words += tag.options.map(\.text)
    }
    append(words.joined(separator: " "), depth: depth)
    append("detached", field.detachedComment, depth: depth + 1)
    append("documentation", field.documentation, depth: depth + 1)
    appendFields(of: field.type, depth: depth + 1)
  }

  private static func word(_ form: TypeExpression.Form) -> String {
    switch form {
    case .named(let name): name.text
    case .imported(let qualifier, let path, let name): "\(qualifier)=\(path ?? "?").\(name)"
    case .pointer(let inner): "*\(word(inner.form))"
    case .array(let inner, let isSlice): (isSlice ? "[]" : "[n]") + word(inner.form)
    case .map(let key, let value): "map[\(word(key.form))]\(word(value.form))"
    case .structure: "struct"
    case .unsupported(let kind, let text): "unsupported \(kind) \(text)"
    }
  }
}
