#if SwiftAPI
import Files
import SwiftSyntax

/// A type that a Swift source declares.
struct DeclaredType: Sendable {
  /// Its name and the names of the types around it, from the outside in.
  let path: [String]
  let position: Position
  let comments: [CommentLine]
  let form: Form
  let typeParameterCount: Int

  enum Form: Sendable {
    /// A structure or a class.
    case structure([DeclaredProperty])
    /// An enumeration whose cases have values of that type.
    case values(of: TypeSyntax, [DeclaredCase])
    /// An enumeration without any cases: a namespace.
    case namespace
    /// An enumeration that is none of this.
    case choice
    case alias(TypeSyntax)
  }

  /// How sources refer to it.
  var name: String { path.joined(separator: ".") }
}

/// A stored property.
struct DeclaredProperty: Sendable {
  let name: String
  /// Its name in JSON.
  let key: String
  let position: Position
  let type: TypeSyntax
  let comments: [CommentLine]
}

/// A case of an enumeration.
struct DeclaredCase: Sendable {
  /// As a marker takes it: quoted where need be.
  let value: String
  let comments: [CommentLine]
}
#endif
