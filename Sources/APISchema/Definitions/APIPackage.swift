package import Files

/// A package of API types as a front end read it: what stands in its files, with nothing interpreted.
///
/// Types are handed out one by one, so that a front end parses the declarations that are asked for and no others: of
/// `k8s.io/api/core/v1` an API usually needs five types of a thousand.
package protocol APIPackage: AnyObject {
  /// What other packages import it by, such as `k8s.io/api/core/v1`.
  var path: ByteString { get }
  /// The name in its package clauses, such as `v1`.
  var name: ByteString { get }
  /// Where it is declared, for messages that are about the package as a whole.
  var position: Position { get }
  /// The names of all types declared at the top level: files by name, declarations in the order of the text.
  var typeNames: [ByteString] { get }
  /// The comments that belong to no declaration, and the package's documentation, in the order of the text.
  var looseComments: [CommentGroup] { get }
  /// The detached comments of all types: what stands in them may be about the package. Whoever finds them without
  /// parsing the types should say so.
  var detachedComments: [CommentGroup] { get }
  /// The documentation of all types.
  var typeDocumentation: [CommentGroup] { get }
  /// The comments above fields and methods: also of structures and interfaces that no type is defined as.
  var fieldComments: [CommentGroup] { get }
  /// The comments anywhere that look like markers, each text once. Some may be none; none is missing.
  var possibleMarkers: Set<ByteString> { get }
  /// Whether any of its files imports the package of that path.
  func imports(_ path: ByteString) -> Bool
  /// The type of that name; nothing if the package declares none.
  func type(named name: ByteString) throws(Diagnostics) -> APIType?
  /// The values of the constants of a string type, in the order of the text.
  func stringConstants(of type: ByteString) throws(Diagnostics) -> [ByteString]
}

extension APIPackage {
  /// As found by parsing every type; those that can't be parsed have none.
  package func imports(_ path: ByteString) -> Bool { true }

  package var detachedComments: [CommentGroup] { readableTypes.compactMap(\.detachedComment) }

  package var typeDocumentation: [CommentGroup] { readableTypes.compactMap(\.documentation) }

  package var fieldComments: [CommentGroup] {
    readableTypes.flatMap { type -> [CommentGroup] in
      guard case .structure(let fields) = type.definition.form else { return [] }
      return fields.flatMap { [$0.detachedComment, $0.documentation] }.compactMap(\.self)
    }
  }

  package var possibleMarkers: Set<ByteString> {
    let groups = looseComments + detachedComments + typeDocumentation + fieldComments
    return Set(groups.flatMap(\.comments).map(\.text).filter { MarkerText(comment: $0) != nil })
  }

  private var readableTypes: [APIType] { typeNames.compactMap { try? type(named: $0) } }
}

/// Where packages come from: a front end with what it was pointed at.
package protocol APIPackageSource: AnyObject {
  /// The packages in which kinds are searched, in order of their paths.
  var roots: [any APIPackage] { get }
  /// The package of that import path, loaded when it is first asked for.
  ///
  /// Fails with a diagnostic that names the path, the field that needs it and the places that were searched.
  func package(_ path: ByteString, neededAt position: Position) throws(Diagnostics) -> any APIPackage
  /// Which of the things that the front end was pointed at a root package belongs to, counted from 0: some releases
  /// treat what they share in a way of their own.
  func origin(of root: any APIPackage) -> Int
}

extension APIPackageSource {
  package func origin(of root: any APIPackage) -> Int { 0 }
}
