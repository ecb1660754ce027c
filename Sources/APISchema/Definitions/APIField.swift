package import Files

/// A field of a structure.
package struct APIField: Sendable {
  /// The name in the source; nothing for an embedded type.
  package var name: ByteString?
  package var position: Position
  package var type: TypeExpression
  /// How JSON names it; nothing where the source has no such tag.
  package var tag: JSONTag?
  package var documentation: CommentGroup?
  package var detachedComment: CommentGroup?

  package init(
    name: ByteString?, position: Position, type: TypeExpression, tag: JSONTag?, documentation: CommentGroup? = nil,
    detachedComment: CommentGroup? = nil
  ) {
    self.name = name
    self.position = position
    self.type = type
    self.tag = tag
    self.documentation = documentation
    self.detachedComment = detachedComment
  }
}

/// What `json:"name,omitempty"` says, as Go's encoding/json reads it.
package struct JSONTag: Sendable, Hashable {
  /// The name; empty where the tag leaves it open. `-` alone (without a comma) is `isIgnored`.
  package var name: ByteString
  package var options: [ByteString]
  /// The tag is exactly `-`.
  package var isIgnored: Bool

  package init(name: ByteString, options: [ByteString] = [], isIgnored: Bool = false) {
    self.name = name
    self.options = options
    self.isIgnored = isIgnored
  }

  package func has(_ option: ByteString) -> Bool { options.contains(option) }
}
