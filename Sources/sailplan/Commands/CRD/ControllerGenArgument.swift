import ArgumentParser

/// An argument in controller-gen's spelling: `crd:maxDescLen=0,year=2024`, `paths=./api/...;./other`, `output:stdout`.
struct ControllerGenArgument {
  /// As it was given.
  let text: String
  /// What it is about: `crd`, `paths`, `output:crd:dir`.
  let name: String
  /// What stands behind the `=` of an argument without options.
  let value: String?
  /// `name=value` pairs behind the name of a generator, in order; a name alone is given `true`.
  let options: [(name: String, value: String)]

  init(_ text: String) {
    self.text = text
    if text == "crd" || text.hasPrefix("crd:") {
      name = "crd"
      value = nil
      options = Self.parts(String(text.dropFirst("crd:".count)), separator: ",").map { part in
        let (name, value) = Self.pair(part)
        return (name, Self.unquoted(value ?? "true"))
      }
    } else {
      let (name, value) = Self.pair(text)
      // A generator that is not known may have options as well.
      let isKnown = name == "paths" || name.hasPrefix("output:")
      self.name = isKnown ? name : String(name.prefix { $0 != ":" })
      self.value = value.map { Self.unquoted($0) }
      options = []
    }
  }

  func requiredValue() throws -> String {
    guard let value, !value.isEmpty else { throw ValidationError("'\(name)' needs a value: \(name)=DIRECTORY") }
    return value
  }

  /// `a;b` or `{a,b}` one by one.
  static func list(_ text: String) -> [String] {
    if text.hasPrefix("{"), text.hasSuffix("}") { return parts(String(text.dropFirst().dropLast()), separator: ",") }
    return parts(text, separator: ";").map(unquoted)
  }

  private static func pair(_ text: String) -> (String, String?) {
    guard let equals = text.firstIndex(of: "=") else { return (text, nil) }
    return (String(text[..<equals]), String(text[text.index(after: equals)...]))
  }

  private static func unquoted(_ text: String) -> String {
    guard text.count >= 2, let quote = text.first, quote == text.last, quote == "\"" || quote == "`" else {
      return text
    }
    return String(text.dropFirst().dropLast())
  }

  /// Between separators that stand outside quotes and braces, without empty parts.
  private static func parts(_ text: String, separator: Character) -> [String] {
    var parts = [""]
    var quote: Character?
    var depth = 0
    for character in text {
      if character == quote {
        quote = nil
      } else if quote == nil, character == "\"" || character == "`" {
        quote = character
      } else if quote == nil, character == separator, depth == 0 {
        parts.append("")
        continue
      }
      if quote == nil { depth += character == "{" ? 1 : character == "}" ? -1 : 0 }
      parts[parts.count - 1].append(character)
    }
    return parts.filter { !$0.isEmpty }
  }
}
