package import Files
package import Starlark
package import YAML

/// Nodes as Starlark values, and values as nodes.
///
/// A map that a template wrote as YAML becomes a fragment. One that a Starlark dictionary was made into keeps a mark
/// on its items (`Position.fromValue`) until an overlay or an encoder touches it, and becomes a dictionary again: ytt
/// shows it so, and dictionaries can do more than fragments. The same goes for sequences and lists.
package enum Conversion {
  /// How deep values may be nested: what is deeper is likely to contain itself.
  package static let maximumDepth = 1_000

  // MARK: Values to nodes

  /// The value as YAML. Lists, tuples and sets become sequences, dictionaries and structs maps, fragments what is in
  /// them. Fails for functions, modules, and documents, which no node can hold.
  package static func node(_ value: Value) throws(Failure) -> Node {
    var budget = Limits().nodes
    return try node(value, &budget)
  }

  /// The same, for as many items as `budget` has left: lists that hold one list twice grow exponentially.
  static func node(_ value: Value, _ budget: inout Int) throws(Failure) -> Node { try node(value, 0, &budget) }

  private static func node(_ value: Value, _ depth: Int, _ budget: inout Int) throws(Failure) -> Node {
    switch value {
    case .none: return .null
    case .bool(let flag): return .bool(flag)
    case .int(let number): return .int(number)
    case .float(let number): return .float(number)
    case .string(let text): return .string(text)
    case .object(let object): return try node(object, value, depth, &budget)
    }
  }

  private static func node(
    _ object: Object, _ value: Value, _ depth: Int, _ budget: inout Int
  ) throws(Failure) -> Node {
    guard depth < maximumDepth else { throw .tooDeep }
    switch object {
    case let list as List: return try sequence(list.elements, depth, &budget)
    case let dict as Dict: return try map(dict.entries, depth, &budget)
    case let fragment as Fragment:
      // Functions that put what they are given into a map can nest fragments without end.
      guard depth + fragment.extent.height < maximumDepth else { throw .tooDeep }
      try spend(fragment.extent.items, &budget)
      switch fragment.content {
      case .node(let node): return node
      case .documents: throw .documentsInside
      }
    case let object as Struct:
      var items: [MapItem] = []
      try spend(object.names.count, &budget)
      items.reserveCapacity(object.names.count)
      for entry in object.entries {
        items.append(
          MapItem(key: .string(entry.name), value: try node(entry.value, depth + 1, &budget), position: .fromValue))
      }
      return .map(items)
    case let tuple as Tuple: return try sequence(tuple.elements, depth, &budget)
    case let set as ValueSet: return try sequence(set.elements, depth, &budget)
    case let object as OpaqueValue: throw Failure("Unable to convert value: \(object.conversionHint)")
    default:
      guard let digits = value.bigIntegerDigits else { throw .unknownType(value) }
      guard let number = UInt64(digits.text) else { throw .integerTooLarge(digits) }
      return .unsigned(number)
    }
  }

  private static func spend(_ count: Int, _ budget: inout Int) throws(Failure) {
    budget -= count
    if budget < 0 { throw .tooManyNodes }
  }

  private static func sequence(
    _ elements: [Value], _ depth: Int, _ budget: inout Int
  ) throws(Failure) -> Node {
    try spend(elements.count, &budget)
    var items: [SequenceItem] = []
    items.reserveCapacity(elements.count)
    for element in elements { items.append(SequenceItem(try node(element, depth + 1, &budget), position: .fromValue)) }
    return .sequence(items)
  }

  private static func map(
    _ entries: [(key: Value, value: Value)], _ depth: Int, _ budget: inout Int
  ) throws(Failure) -> Node {
    try spend(entries.count, &budget)
    var items: [MapItem] = []
    items.reserveCapacity(entries.count)
    for entry in entries {
      let key = try node(entry.key, depth + 1, &budget)
      items.append(MapItem(key: key, value: try node(entry.value, depth + 1, &budget), position: .fromValue))
    }
    return .map(items)
  }

  /// The documents of a fragment that holds documents; nothing for every other value.
  package static func documents(_ value: Value) -> [Document]? {
    guard case .object(let object) = value, let fragment = object as? Fragment,
      case .documents(let documents) = fragment.content
    else { return nil }
    return documents
  }

  // MARK: Nodes to values

  /// The node for a template or an overlay's function to look at: scalars as such, what was written in YAML as a
  /// fragment, what came from Starlark as a list or dictionary.
  package static func value(_ node: Node) -> Value {
    isFromValue(node) ? plain(node) : fragment(node)
  }

  /// Whether it is a map or a sequence that a Starlark value was made into.
  package static func isFromValue(_ node: Node) -> Bool {
    switch node {
    case .map(let items): items.areFromValues(\.position)
    case .sequence(let items): items.areFromValues(\.position)
    default: false
    }
  }

  /// Maps and sequences as fragments, scalars as such.
  package static func fragment(_ node: Node) -> Value {
    switch node {
    case .map, .sequence: .object(Fragment(.node(node)))
    default: plain(node)
    }
  }

  /// Maps as dictionaries and sequences as lists, all the way down. Of a repeated key the last value stays.
  package static func plain(_ node: Node) -> Value {
    switch node {
    case .null: return .none
    case .bool(let flag): return .bool(flag)
    case .int(let number): return .int(number)
    case .unsigned(let number): return Value(number)
    case .float(let number): return .float(number)
    case .string(let text): return .string(text)
    case .sequence(let items): return .object(List(items.map { plain($0.value) }))
    case .map(let items):
      let dict = Dict()
      // Neither a scalar nor a tuple of scalars fails as a key.
      for item in items { try? dict.set(key(item.key), to: plain(item.value)) }
      return .object(dict)
    }
  }

  /// The key of a dictionary. A sequence was a tuple.
  private static func key(_ node: Node) -> Value {
    if case .sequence(let items) = node { .object(Tuple(items.map { key($0.value) })) } else { plain(node) }
  }

  /// Maps as structs and sequences as lists, all the way down, made as they are asked for. Fails where a key is not a
  /// string.
  package static func structure(_ node: Node) throws(Failure) -> Value {
    try checkKeys(node, 0)
    return checkedStructure(node)
  }

  private static func checkedStructure(_ node: Node) -> Value {
    switch node {
    case .map(let items):
      return .object(Struct(names: items.map { $0.key.stringKey }) { checkedStructure(items[$0].value) })
    case .sequence(let items):
      return .object(List(items.map { checkedStructure($0.value) }))
    default:
      return plain(node)
    }
  }

  private static func checkKeys(_ node: Node, _ depth: Int) throws(Failure) {
    guard depth < maximumDepth else { throw .tooDeep }
    switch node {
    case .map(let items):
      for item in items {
        guard case .string = item.key else { throw .keyNotString(item.key, item.position) }
        if item.value.isCollection { try checkKeys(item.value, depth + 1) }
      }
    case .sequence(let items):
      for item in items where item.value.isCollection { try checkKeys(item.value, depth + 1) }
    default: break
    }
  }
}

extension Node {
  /// The key of a map whose keys were checked to be strings.
  fileprivate var stringKey: ByteString {
    if case .string(let text) = self { text } else { .empty }
  }
}

extension Node {
  /// The scalar as Go prints what should have been a string: `%!s(bool=true)`.
  fileprivate func printedAsString(integer: String) -> String {
    switch self {
    case .bool: "%!s(bool=\(keyText))"
    case .int: "%!s(\(integer)=\(keyText))"
    case .unsigned: "%!s(uint64=\(keyText))"
    case .float: "%!s(float64=\(keyText))"
    case .null: "%!s(<nil>)"
    default: keyText
    }
  }
}

extension Array {
  /// Whether all of them were made from Starlark values. Nothing tells of what is empty where it came from: most that
  /// is empty was written in YAML.
  func areFromValues(_ position: (Element) -> Position) -> Bool {
    !isEmpty && allSatisfy { position($0) == .fromValue }
  }
}

extension Position {
  /// The place of items that a Starlark list, dictionary or struct was made into.
  package static let fromValue = Position(file: 0, offset: 1)
}

extension Value {
  /// The value as a string; fails with what it was instead.
  package func requireString() throws(Failure) -> ByteString {
    guard case .string(let text) = self else { throw Failure("expected a string, but was \(typeName)") }
    return text
  }
}

extension Failure {
  fileprivate static func unknownType(_ value: Value) -> Failure {
    Failure(
      "(p) unknown type \(value.hostTypeName) for conversion to go value",
      hint: ByteString("a \(value.typeName) cannot be written as YAML"))
  }

  fileprivate static func integerTooLarge(_ digits: ByteString) -> Failure {
    Failure(
      "(p) not sure how to get int",
      hint: ByteString("YAML holds integers up to 18446744073709551615, this is \(digits)"))
  }

  fileprivate static var tooDeep: Failure {
    Failure("the value is nested too deeply to be written as YAML", hint: "does it contain itself?")
  }

  fileprivate static var documentsInside: Failure {
    Failure("expected a map, an array or a scalar; this is a document set")
  }

  fileprivate static func keyNotString(_ key: Node, _ position: Position) -> Failure {
    Failure(
      "(p) expected struct key \(key.printedAsString(integer: position == .fromValue ? "int64" : "int")) to be string",
      hint: ByteString("write quotes around the key at \(position)"))
  }
}
