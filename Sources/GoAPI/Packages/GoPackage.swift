package import APISchema
package import Files

/// A package of Go source.
package final class GoPackage: APIPackage {
  package let path: ByteString
  package let name: ByteString
  let directory: String
  /// Where its imports lead. The loader keeps it, as it keeps its packages.
  unowned let scope: ImportScope
  private let files: [GoFile]
  private unowned let loader: PackageLoader
  private var types: [ByteString: APIType] = [:]
  private var marshalers: [ByteString: Marshalers]?

  init(
    path: ByteString, name: ByteString, directory: String, files: [GoFile], scope: ImportScope, loader: PackageLoader
  ) {
    self.path = path
    self.name = name
    self.directory = directory
    self.files = files
    self.scope = scope
    self.loader = loader
  }

  package var position: Position { files.first?.source.position(0) ?? .none }

  // MARK: The whole package

  /// Reads the top level of every file.
  /// - Throws: the first syntax error of each file that has one.
  func indexAll() throws(Diagnostics) {
    var diagnostics = Diagnostics()
    for file in files {
      do throws(Diagnostic) { _ = try index(file) } catch { diagnostics.append(error) }
    }
    try diagnostics.throwIfErrors()
  }

  private func index(_ file: GoFile) throws(Diagnostic) -> FileIndex {
    if !file.isIndexed { loader.remember(self, file: file.source.id) }
    return try file.index()
  }

  /// The indices of all files that can be read.
  private var indices: [(file: GoFile, index: FileIndex)] {
    files.compactMap { file in (try? index(file)).map { (file, $0) } }
  }

  package var typeNames: [ByteString] { indices.flatMap { $0.index.types.map(\.name) } }

  package var looseComments: [CommentGroup] {
    indices.flatMap { file, index in
      index.looseGroups.compactMap { index.comments.group($0, in: file.source) }
    }
  }

  package var detachedComments: [CommentGroup] {
    indices.flatMap { file, index in
      index.types.compactMap { index.comments.group($0.detached, in: file.source) }
    }
  }

  package var typeDocumentation: [CommentGroup] {
    indices.flatMap { file, index in
      index.types.compactMap { index.comments.group($0.documentation, in: file.source) }
    }
  }

  package var fieldComments: [CommentGroup] { indices.flatMap { FieldComments.read($0.file.source) } }

  package var possibleMarkers: Set<ByteString> { Set(files.flatMap(\.possibleMarkers)) }

  package func imports(_ path: ByteString) -> Bool {
    indices.contains { _, index in index.imports.contains { $0.path == path } }
  }

  // MARK: Types

  package func type(named name: ByteString) throws(Diagnostics) -> APIType? {
    if let known = types[name] { return known }
    do throws(Diagnostic) {
      guard let file = try file(declaring: name), let declaration = file.declaration(of: name) else { return nil }
      var type = try parse(declaration, in: file)
      if loader.dialect.precedesDocumentationLinks, path.isStandard, scope.isForeign(path) {
        type = DocumentationLinks.removed(from: type)
      }
      types[name] = type
      return type
    } catch {
      throw Diagnostics(error)
    }
  }

  /// The file that declares a type; the others are read only as far as need be.
  private func file(declaring name: ByteString) throws(Diagnostic) -> GoFile? {
    if let file = files.first(where: { $0.declaration(of: name) != nil }) { return file }
    let candidates = files.filter { !$0.isIndexed && $0.mentions(name) }
    for (_, file) in candidates.map({ ($0.rank, $0) }).sorted(by: { $0.0 < $1.0 }) {
      _ = try index(file)
      if file.declaration(of: name) != nil { return file }
    }
    return nil
  }

  private func parse(_ declaration: FileIndex.TypeDeclaration, in file: GoFile) throws(Diagnostic) -> APIType {
    let index = try index(file)
    let parsed = try TypeParser.declaration(at: declaration.offset, in: file.source) { qualifier in
      if let known = file.importPaths[qualifier] { return known }
      let path = self.importPath(qualifier, index)
      file.importPaths[qualifier] = .some(path)
      return path
    }
    return APIType(
      name: declaration.name, position: file.source.position(declaration.offset), definition: parsed.definition,
      isAlias: parsed.isAlias, typeParameterCount: parsed.typeParameterCount,
      documentation: index.comments.group(declaration.documentation, in: file.source),
      detachedComment: index.comments.group(declaration.detached, in: file.source),
      marshalers: try marshalers(of: declaration.name))
  }

  private func marshalers(of type: ByteString) throws(Diagnostic) -> Marshalers {
    if let marshalers { return marshalers[type] ?? [] }
    var found: [ByteString: Marshalers] = [:]
    for file in files where file.mentions("MarshalJSON(") || file.mentions("MarshalText(") {
      for (receiver, method) in try index(file).marshalers {
        found[receiver, default: []].insert(method == .json ? .json : .text)
      }
    }
    marshalers = found
    return found[type] ?? []
  }

  package func stringConstants(of type: ByteString) throws(Diagnostics) -> [ByteString] {
    do throws(Diagnostic) {
      var constants = ConstantTable()
      for file in files where file.mentions("const") {
        for offset in try index(file).constants {
          try ConstantParser.read(at: offset, in: file.source, into: &constants)
        }
      }
      return constants.strings(of: type)
    } catch {
      throw Diagnostics(error)
    }
  }

  // MARK: Imports

  /// The import path that a qualifier stands for in a file: by the name given to the import, by the last part of its
  /// path, or else by the name of the package, which has to be looked at.
  private func importPath(_ qualifier: ByteString, _ index: FileIndex) -> ByteString? {
    if let named = index.imports.first(where: { $0.alias == qualifier }) { return named.path }
    let unnamed = index.imports.filter { $0.alias == nil }.map(\.path)
    if let path = unnamed.first(where: { $0.split(UInt8(ascii: "/")).last == qualifier }) { return path }
    for path in unnamed where loader.packageName(path, scope: scope, from: directory) == qualifier { return path }
    return unnamed.first { Self.guessedName($0) == qualifier }
  }

  /// What a package is probably called that cannot be looked at: `yaml` for `gopkg.in/yaml.v2`, `api` for `…/api/v4`.
  private static func guessedName(_ path: ByteString) -> ByteString? {
    var parts = path.split(UInt8(ascii: "/"))
    if let last = parts.last, parts.count > 1, last.first == UInt8(ascii: "v"), Int(last[1..<last.count].text) != nil {
      parts.removeLast()
    }
    return parts.last.map { $0[0..<($0.firstIndex(of: UInt8(ascii: ".")) ?? $0.count)] }
  }
}
