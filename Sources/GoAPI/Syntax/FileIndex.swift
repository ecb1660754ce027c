import Files

/// What a Go file declares at its top level, by offsets: nothing behind a name is read yet.
struct FileIndex: Sendable {
  /// A type, by what stands around its name.
  struct TypeDeclaration: Sendable {
    var name: ByteString
    /// Where its name stands; the rest of the declaration follows.
    var offset: Int
    /// Its doc comment, and the closest comment above it that is not: indices of `comments.groups`.
    var documentation: Int?
    var detached: Int?
  }

  struct Import: Sendable {
    /// The name given here; `.` and `_` have their meanings.
    var alias: ByteString?
    var path: ByteString
    var offset: Int
  }

  var packageName = ByteString.empty
  var packageOffset = 0
  var imports: [Import] = []
  var types: [TypeDeclaration] = []
  /// Where the declarations of constants begin: the offsets of `const`.
  var constants: [Int] = []
  /// Methods by which types write themselves, by the name of their receiver's type.
  var marshalers: [(receiver: ByteString, method: Marshaler)] = []
  var comments = RawComments()
  /// The groups that belong to no declaration.
  var looseGroups: [Int] = []

  enum Marshaler: Sendable { case json, text }
}
