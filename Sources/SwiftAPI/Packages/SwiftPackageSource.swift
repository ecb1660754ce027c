#if SwiftAPI
import APISchema
import Files

/// The packages that one release has.
final class SwiftPackageSource: APIPackageSource {
  private let packages: [SwiftPackage]

  /// Takes of `module` what `release` has of it.
  init(_ module: SwiftModule, release: Release?) throws(Diagnostics) {
    var reader = ReleaseReader(module, release: release)
    packages = module.folders.indices.map { reader.package($0) }
    try reader.diagnostics.throwIfErrors()
  }

  var roots: [any APIPackage] { packages }

  func package(_ path: ByteString, neededAt position: Position) throws(Diagnostics) -> any APIPackage {
    if let package = packages.first(where: { $0.path == path }) { return package }
    if let package = KubernetesPackage(path) { return package }
    throw Diagnostics(.unknownPackage(path, at: position))
  }
}

/// A folder as one release has it.
final class SwiftPackage: APIPackage {
  let path: ByteString
  let name: ByteString
  let position: Position
  let looseComments: [CommentGroup]
  private let types: [APIType]
  private let indices: [ByteString: Int]

  init(path: ByteString, position: Position, types: [APIType], looseComments: [CommentGroup]) {
    self.path = path
    let text = path.text
    name = ByteString((text.lastIndex(of: "/").map { String(text[text.index(after: $0)...]) } ?? text).lowercased())
    self.position = position
    self.types = types
    self.looseComments = looseComments
    indices = Dictionary(types.enumerated().map { ($1.name, $0) }) { first, _ in first }
  }

  var typeNames: [ByteString] { types.map(\.name) }

  /// A comment that belongs to no declaration is about the folder here, never about the next type.
  var detachedComments: [CommentGroup] { [] }

  func type(named name: ByteString) throws(Diagnostics) -> APIType? { indices[name].map { types[$0] } }

  func stringConstants(of type: ByteString) throws(Diagnostics) -> [ByteString] { [] }
}

extension Diagnostic {
  fileprivate static func unknownPackage(_ path: ByteString, at position: Position) -> Diagnostic {
    Diagnostic(
      "\(path) is neither among the sources nor known", at: position,
      hint: "declare the type in Swift, with markers that say what its schema is")
  }
}
#endif
