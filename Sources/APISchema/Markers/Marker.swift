package import Files

/// A marker, parsed: its arguments, and what it does.
///
/// Every marker is a type of its own, which says what it is called, where it may stand and what it takes.
package protocol Marker: Sendable {
  /// What it is called, and where; several where a marker has several names or came to places at different times.
  static var definitions: [MarkerDefinition] { get }
  /// When it is applied: lower ones first, equal ones in the order of the text.
  static var priority: Int { get }

  init(_ arguments: MarkerArguments)

  /// Changes the schema of what it stands at.
  func apply(to schema: inout Schema, in context: MarkerContext) throws(MarkerMistake)
  /// Changes the custom resource whose version `version` it stands at.
  func apply(to resource: inout CustomResource, version: ByteString) throws(MarkerMistake)
}

extension Marker {
  package static var priority: Int { MarkerPriority.standard }

  package func apply(to schema: inout Schema, in context: MarkerContext) throws(MarkerMistake) {}
  package func apply(to resource: inout CustomResource, version: ByteString) throws(MarkerMistake) {}
}

/// When markers are applied.
enum MarkerPriority {
  /// Those that others look at.
  static let first = 9
  static let standard = 10
  /// Those that add rules behind all others.
  static let last = 11
}

/// What a marker may ask about its surroundings.
package struct MarkerContext {
  let dialect: Dialect
  /// The type that it stands at, or whose field it stands at.
  let type: TypeDeclaration?
}
