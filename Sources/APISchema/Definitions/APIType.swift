package import Files

/// A type that an API package declares.
package struct APIType: Sendable {
  package var name: ByteString
  /// Where its name stands.
  package var position: Position
  /// What it is defined as.
  package var definition: TypeExpression
  /// `type A = B`: a second name rather than a type of its own.
  package var isAlias: Bool
  /// How many type parameters it takes; a type with any has no schema.
  package var typeParameterCount: Int
  /// The comment directly above it.
  package var documentation: CommentGroup?
  /// The closest comment above it that is separated from it by a blank line or from its documentation.
  package var detachedComment: CommentGroup?
  /// The marshalers that are declared for it or for a pointer to it; those that embedding promotes are not among them.
  package var marshalers: Marshalers

  package init(
    name: ByteString, position: Position, definition: TypeExpression, isAlias: Bool = false,
    typeParameterCount: Int = 0, documentation: CommentGroup? = nil, detachedComment: CommentGroup? = nil,
    marshalers: Marshalers = []
  ) {
    self.name = name
    self.position = position
    self.definition = definition
    self.isAlias = isAlias
    self.typeParameterCount = typeParameterCount
    self.documentation = documentation
    self.detachedComment = detachedComment
    self.marshalers = marshalers
  }
}

/// Methods by which a type writes itself in another form than its fields say.
package struct Marshalers: OptionSet, Sendable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// `MarshalJSON() ([]byte, error)`
  package static let json = Marshalers(rawValue: 1)
  /// `MarshalText() ([]byte, error)`
  package static let text = Marshalers(rawValue: 2)
}
