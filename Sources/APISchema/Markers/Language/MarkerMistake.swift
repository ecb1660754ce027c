/// What is wrong with a marker, before it is known where in a file it stands.
package struct MarkerMistake: Error, Sendable {
  package var message: String
  package var hint: String?
  /// How many bytes behind the start of the arguments, if it is about a place in them.
  package var offset: Int?

  package init(_ message: String, hint: String? = nil, offset: Int? = nil) {
    self.message = message
    self.hint = hint
    self.offset = offset
  }
}
