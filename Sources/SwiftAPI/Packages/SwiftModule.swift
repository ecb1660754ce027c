#if SwiftAPI
package import APISchema
package import Files

/// The Swift sources of an API: parsed once, and then good for any number of releases.
package struct SwiftModule {
  /// The folders that have sources, in order of their paths.
  let folders: [SwiftFolder]
  /// The types by the names that sources refer to them by.
  let types: [String: [Place]]

  /// Where a type is declared: a folder, and one of its types.
  struct Place: Hashable {
    let folder: Int
    let type: Int
  }

  /// Reads sources. Those that lie in the same folder are a package.
  ///
  /// Fails with all that is no Swift.
  package init(_ files: [SourceFile]) throws(Diagnostics) {
    var diagnostics = Diagnostics()
    var folders: [String: SwiftFolder] = [:]
    for file in files.sorted(by: { ByteString($0.path) < ByteString($1.path) }) {
      let declarations = SourceDeclarations(file)
      diagnostics.append(contentsOf: declarations.diagnostics)
      let path = file.path.lastIndex(of: "/").map { String(file.path[..<$0]) } ?? "."
      folders[path, default: SwiftFolder(path: path, position: file.position(0))].add(declarations)
    }
    try diagnostics.throwIfErrors()
    self.folders = folders.values.sorted { ByteString($0.path) < ByteString($1.path) }
    var types: [String: [Place]] = [:]
    for (folder, contents) in self.folders.enumerated() {
      for (index, type) in contents.types.enumerated() {
        types[type.name, default: []].append(Place(folder: folder, type: index))
      }
    }
    self.types = types
  }

  /// The packages of one release; no release means one that is later than all others.
  ///
  /// Fails with everything in the sources that a schema can't be made of.
  package func packages(of release: Release?) throws(Diagnostics) -> any APIPackageSource {
    try SwiftPackageSource(self, release: release)
  }

  func type(at place: Place) -> DeclaredType { folders[place.folder].types[place.type] }
}

/// The sources of one folder.
struct SwiftFolder {
  let path: String
  let position: Position
  private(set) var types: [DeclaredType] = []
  private(set) var looseComments: [[CommentLine]] = []
  private(set) var encoders: Set<String> = []

  init(path: String, position: Position) {
    self.path = path
    self.position = position
  }

  mutating func add(_ declarations: SourceDeclarations) {
    types += declarations.types
    looseComments += declarations.looseComments
    encoders.formUnion(declarations.encoders)
  }
}
#endif
