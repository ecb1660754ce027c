import Files
import Kubernetes
import YAML

/// A schema in JSON (json-schema.org), as far as those of reports go. A keyword that it does not know is an error of its
/// own, so that nothing is passed over.
struct JSONSchema {
  private let root: Node

  init(_ root: Node) { self.root = root }

  /// What is wrong with `value`, each with the way to it.
  func errors(_ value: Node) -> [String] { errors(value, root, "$") }

  private static let annotations: Set<ByteString> = [
    "$schema", "$id", "id", "$comment", "title", "description", "default", "definitions", "$defs", "examples", "format",
  ]

  private func errors(_ value: Node, _ schema: Node, _ path: String) -> [String] {
    if case .bool(let allows) = schema { return allows ? [] : ["\(path): nothing may stand here"] }
    guard case .map(let keywords) = schema else { return ["\(path): no schema"] }
    return keywords.flatMap { keyword in
      errors(value, keyword.key.stringValue ?? "", keyword.value, of: schema).map { path + $0.dropFirst() }
    }
  }

  private func errors(_ value: Node, _ keyword: ByteString, _ argument: Node, of schema: Node) -> [String] {
    switch keyword {
    case _ where Self.annotations.contains(keyword): return []
    case "$ref": return resolve(argument).map { errors(value, $0, "$") } ?? ["$: no \(argument)"]
    case "type": return hasType(value, argument) ? [] : ["$: is of another type than \(argument)"]
    case "const": return value.isEquivalent(to: argument) ? [] : ["$: is not \(argument)"]
    case "enum": return list(argument).contains { value.isEquivalent(to: $0) } ? [] : ["$: is none of \(argument)"]
    case "anyOf": return list(argument).contains { errors(value, $0, "$").isEmpty } ? [] : ["$: fits none"]
    case "allOf": return list(argument).flatMap { errors(value, $0, "$") }
    case "oneOf": return list(argument).count { errors(value, $0, "$").isEmpty } == 1 ? [] : ["$: does not fit one"]
    case "not": return errors(value, argument, "$").isEmpty ? ["$: fits what it must not"] : []
    case "minimum", "maximum", "minItems", "maxItems", "minLength":
      guard let bound = number(argument) else { return ["$: \(keyword) is no number"] }
      return isWithin(value, keyword, bound) ? [] : ["$: \(keyword) is \(argument)"]
    case "uniqueItems":
      let texts = list(value).map { "\($0)" }
      return Set(texts).count == texts.count ? [] : ["$: has an item twice"]
    case "pattern":
      guard case .string(let text) = value, case .string(let pattern) = argument else { return [] }
      let matches = (try? Regex(pattern.text).firstMatch(in: text.text)) ?? nil
      return matches == nil ? ["$: does not match \(pattern)"] : []
    case "required":
      return list(argument).compactMap(\.stringValue)
        .filter { key in if case .map(let items) = value { items.item(key) == nil } else { false } }
        .map { "$: lacks \($0)" }
    case "properties":
      return items(value).flatMap { key, inner in
        argument.value(at: key).map { errors(inner, $0, "$.\(key)") } ?? []
      }
    case "additionalProperties":
      let known = Set(items(schema.value(at: "properties") ?? .null).map(\.0))
      return items(value).filter { !known.contains($0.0) }.flatMap { errors($0.1, argument, "$.\($0.0)") }
    case "items":
      return list(value).enumerated().flatMap { errors($0.element, argument, "$[\($0.offset)]") }
    default: return ["$: the keyword \(keyword) is not known here"]
    }
  }

  /// What a reference in the same file stands for.
  private func resolve(_ reference: Node) -> Node? {
    guard let text = reference.stringValue?.text, text.hasPrefix("#") else { return nil }
    var node: Node? = root
    for step in text.dropFirst().split(separator: "/") { node = node?.value(at: ByteString(String(step))) }
    return node
  }

  private func hasType(_ value: Node, _ type: Node) -> Bool {
    if case .sequence(let types) = type { return types.contains { hasType(value, $0.value) } }
    return switch (value, type.stringValue?.text) {
    case (.null, "null"), (.bool, "boolean"), (.string, "string"), (.map, "object"), (.sequence, "array"): true
    case (.int, "integer"), (.unsigned, "integer"), (.int, "number"), (.unsigned, "number"), (.float, "number"): true
    default: false
    }
  }

  private func isWithin(_ value: Node, _ keyword: ByteString, _ bound: Double) -> Bool {
    switch (keyword, value) {
    case ("minItems", .sequence(let items)): Double(items.count) >= bound
    case ("maxItems", .sequence(let items)): Double(items.count) <= bound
    case ("minLength", .string(let text)): Double(text.text.unicodeScalars.count) >= bound
    case ("minimum", _): number(value).map { $0 >= bound } ?? true
    case ("maximum", _): number(value).map { $0 <= bound } ?? true
    default: true
    }
  }

  private func number(_ node: Node) -> Double? {
    switch node {
    case .int(let value): Double(value)
    case .unsigned(let value): Double(value)
    case .float(let value): value
    default: nil
    }
  }

  private func list(_ node: Node) -> [Node] {
    if case .sequence(let items) = node { items.map(\.value) } else { [] }
  }

  private func items(_ node: Node) -> [(ByteString, Node)] {
    guard case .map(let items) = node else { return [] }
    return items.compactMap { item in item.key.stringValue.map { ($0, item.value) } }
  }
}
