import Files
import Starlark
import YAML

/// `template.replace`: other items in the place of the node that is being made.
extension TreeBuilder {
  /// Puts the items of `value` in the place of the innermost open node.
  func replace(by value: Value) throws(Failure) {
    guard let top = open.indices.last, top > 0, !open[top].isRoot else {
      throw Failure("expected to replace document value, map item or array item, but found document set")
    }
    let node = blueprint(open[top].tag)
    switch node.content {
    case .map: throw Failure("expected to replace document value, map item or array item, but found map")
    case .sequence: throw Failure("expected to replace document value, map item or array item, but found array")
    default: break
    }
    switch node.kind {
    case .mapItem: try replaceMapItem(top, by: value, at: node.position)
    case .sequenceItem:
      guard !value.isMapping, Conversion.documents(value) == nil,
        case .sequence(var items) = try Conversion.node(value, &budget)
      else {
        throw .cannotReplace("array", by: value)
      }
      for index in items.indices where items[index].position == .fromValue {
        items[index].value = items[index].value.placed(at: node.position)
        items[index].position = node.position
      }
      open[top].replacement = .sequenceItems(items)
    case .document, .documentSet:
      if let documents = Conversion.documents(value) {
        open[top].replacement = .documents(documents)
      } else if value.list != nil || value.tuple != nil {
        guard case .sequence(let items) = try Conversion.node(value, &budget) else { return }
        open[top].replacement = .documents(
          items.map { item in
            var document = Document(item.value)
            document.isKeptEmpty = true
            return document
          })
      } else {
        throw .cannotReplace("document set", by: value)
      }
    }
  }

  /// The items of a fragment must not clash with others; those of a dictionary take the place of others.
  private func replaceMapItem(_ top: Int, by value: Value, at position: Position) throws(Failure) {
    guard Conversion.documents(value) == nil, case .map(var items) = try Conversion.node(value, &budget) else {
      throw .cannotReplace("map", by: value)
    }
    let isFragment = value.isFragment
    for index in items.indices {
      if items[index].position == .fromValue {
        items[index].value = items[index].value.placed(at: position)
        items[index].position = position
      }
      let overrides =
        !isFragment || template.overridesMapKeys
        || items[index].annotations?.template?[Template.mapKeyOverride] != nil
      if items[index].key.isSameScalar(as: open[top].key) {
        throw overrides ? Failure("expected to find placeholder map item in map") : .repeatedKey(items[index].key)
      }
      try admit(items[index].key, to: top - 1, overrides: overrides)
    }
    open[top].replacement = .mapItems(items)
  }
}

extension Node {
  /// The tree with `position` for what a Starlark value was made into.
  fileprivate func placed(at position: Position) -> Node {
    switch self {
    case .map(var items):
      for index in items.indices where items[index].position == .fromValue {
        items[index].position = position
        items[index].value = items[index].value.placed(at: position)
      }
      return .map(items)
    case .sequence(var items):
      for index in items.indices where items[index].position == .fromValue {
        items[index].position = position
        items[index].value = items[index].value.placed(at: position)
      }
      return .sequence(items)
    default:
      return self
    }
  }
}

extension Value {
  /// Whether it becomes a map.
  fileprivate var isMapping: Bool {
    guard case .object(let object) = self else { return false }
    return object is Dict || object is Struct
  }

  /// What ytt's messages call the value once it has left Starlark.
  fileprivate var convertedName: ByteString {
    switch self {
    case .object(let object):
      switch object {
      case let fragment as Fragment:
        switch fragment.content {
        case .documents: "document set"
        case .node(let node): node.kindName
        }
      case is List, is Tuple, is ValueSet: "[]interface {}"
      case is Dict, is Struct: "*orderedmap.Map"
      default: object.typeName
      }
    case .none: "null"
    case .bool: "boolean"
    case .int: "integer"
    case .float: "float"
    case .string: "string"
    }
  }
}

extension Failure {
  fileprivate static func cannotReplace(_ wanted: String, by value: Value) -> Failure {
    Failure("expected value to be \(wanted), but was \(value.convertedName)")
  }
}
