package import Files

/// What YAML 1.1 resolves a node to, with maps and sequences in their order. Sixteen bytes, copied on write: handing a
/// tree on shares it, changing it leaves others as they were.
package enum Node: Sendable {
  case null
  case bool(Bool)
  case int(Int64)
  /// Beyond `Int64.max` only.
  case unsigned(UInt64)
  case float(Double)
  case string(ByteString)
  case map([MapItem])
  case sequence([SequenceItem])
}

/// A key with its value. Keys may be of any scalar type, and may repeat where a parser was told to let them.
package struct MapItem: Sendable {
  package var key: Node
  package var value: Node
  /// Where the key stands.
  package var position: Position
  /// What a template said about it; the parser sets none.
  package var annotations: Annotations?

  package init(key: Node, value: Node, position: Position = .none, annotations: Annotations? = nil) {
    self.key = key
    self.value = value
    self.position = position
    self.annotations = annotations
  }
}

/// An item of a sequence.
package struct SequenceItem: Sendable {
  package var value: Node
  /// Where the dash stands; in a flow sequence the `[` or `,` in front of the item.
  package var position: Position
  package var annotations: Annotations?

  package init(_ value: Node, position: Position = .none, annotations: Annotations? = nil) {
    self.value = value
    self.position = position
    self.annotations = annotations
  }
}

/// One document of a stream.
package struct Document: Sendable {
  package var value: Node
  /// Where its `---` stands; the start of the file where a first document has none.
  package var position: Position
  /// Whether it began with `---`.
  package var isExplicit: Bool
  package var annotations: Annotations?
  /// Whether it is printed even if its value is `{}` or `[]`, as ytt prints one that a list or dictionary of Starlark
  /// was made into.
  package var isKeptEmpty = false
  /// Whether overlays have gone over the output that it is part of: ytt then takes all in it for YAML.
  package var isOverlaid = false

  package init(
    _ value: Node, position: Position = .none, isExplicit: Bool = true, annotations: Annotations? = nil
  ) {
    self.value = value
    self.position = position
    self.isExplicit = isExplicit
    self.annotations = annotations
  }
}

/// What travels with a node and is not data: the layer that attaches it subclasses this. Never changed once attached. Open, hence
/// public, because only an open class can be subclassed in another module.
open class Annotations: @unchecked Sendable {
  /// For subclasses.
  public init() {}
}
