package import Files

/// An argument of a marker, as it is declared.
package struct MarkerArgument: Sendable {
  /// The name, as in `name=value`; empty for the only argument of a marker that takes it directly, `+marker=value`.
  package var name: ByteString
  package var type: Kind
  /// Whether it may be left out.
  package var isOptional: Bool
  /// The release that first knew it.
  package var since: ControllerGenVersion
  /// The release that first let it be left out, if that came later.
  package var requiredBefore: ControllerGenVersion?

  package indirect enum Kind: Sendable {
    case int, number, string, bool
    /// Whatever the text looks like.
    case any
    case list(Kind)
    /// Text that is no argument but a value in JSON.
    case json
  }

  package init(
    _ name: ByteString, _ type: Kind, isOptional: Bool = false, since: ControllerGenVersion = .oldest,
    requiredBefore: ControllerGenVersion? = nil
  ) {
    self.name = name
    self.type = type
    self.isOptional = isOptional
    self.since = since
    self.requiredBefore = requiredBefore
  }

  /// The one argument of a marker that has no name.
  package static func unnamed(_ type: Kind, isOptional: Bool = false) -> MarkerArgument {
    MarkerArgument(.empty, type, isOptional: isOptional)
  }
}

extension MarkerArgument.Kind: CustomStringConvertible {
  /// As it is shown to users: `[string]`.
  package var description: String {
    switch self {
    case .int: "int"
    case .number: "number"
    case .string: "string"
    case .bool: "bool"
    case .any: "any"
    case .list(let item): "[\(item)]"
    case .json: "JSON"
    }
  }
}
