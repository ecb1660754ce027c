package import Files

/// A type as it is written where it is used, with the position of its first byte.
package struct TypeExpression: Sendable {
  package var form: Form
  package var position: Position

  package init(_ form: Form, at position: Position) {
    self.form = form
    self.position = position
  }

  package indirect enum Form: Sendable {
    /// A name of the same package, or a predeclared one: `string`, `Phase`.
    case named(ByteString)
    /// A name of an imported package: its qualifier as written, the import path that this stands for in its file (nothing
    /// if the file imports no such package), and the name.
    case imported(qualifier: ByteString, path: ByteString?, name: ByteString)
    case pointer(TypeExpression)
    /// A slice, or an array of fixed length: the schema is the same but for bytes.
    case array(TypeExpression, isSlice: Bool)
    case map(key: TypeExpression, value: TypeExpression)
    case structure([APIField])
    /// A type that has no schema, by the name of its kind and as it is written.
    case unsupported(Unsupported, text: ByteString)
  }

  /// Kinds of types for which no schema exists.
  package enum Unsupported: Sendable {
    case interface, function, channel, genericInstance
  }
}
