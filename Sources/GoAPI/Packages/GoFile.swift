import Files

/// A file of a package. Its top level is read when something is asked for that it may declare.
final class GoFile {
  let name: ByteString
  let header: FileHeader
  /// Its path as a person would write it.
  private let path: String
  private let contents: ByteString
  private var registered: SourceFile?
  private var known: FileIndex?
  /// What qualifiers have been found to stand for; nothing stands for no import.
  var importPaths: [ByteString: ByteString?] = [:]
  /// The first type of each name, by its place in the index.
  private var typePlaces: [ByteString: Int] = [:]

  /// The most that a file may hold, in bytes.
  private static let largest = 64 << 20

  /// Reads a file of `directory`; its first lines are interpreted, nothing else.
  /// - Parameter shown: how the directory is called in messages.
  init(_ name: ByteString, in directory: String, shown: String) throws(Diagnostic) {
    self.name = name
    path = shown.isEmpty ? name.text : "\(shown)/\(name)"
    contents = try Disk.read("\(directory)/\(name)", limit: Self.largest)
    header = FileHeader(contents)
  }

  /// Reads a file from memory.
  init(_ name: ByteString, path: String, contents: ByteString) {
    self.name = name
    self.path = path
    self.contents = contents
    header = FileHeader(contents)
  }

  /// The file with a number, for positions.
  var source: SourceFile {
    if let registered { return registered }
    let source = SourceFile.register(path: path, contents: contents)
    registered = source
    return source
  }

  var isIndexed: Bool { known != nil }

  /// What stands at its top level.
  func index() throws(Diagnostic) -> FileIndex {
    if let known { return known }
    let index = try DeclarationScanner.index(source)
    for (place, type) in index.types.enumerated() where typePlaces[type.name] == nil { typePlaces[type.name] = place }
    known = index
    return index
  }

  /// The declaration of a type, if the file has been indexed and declares it.
  func declaration(of name: ByteString) -> FileIndex.TypeDeclaration? {
    guard let known, let place = typePlaces[name] else { return nil }
    return known.types[place]
  }

  /// Whether the bytes occur anywhere: without them, the file declares nothing of that name.
  func mentions(_ name: ByteString) -> Bool { contents.firstRange(of: name) != nil }

  /// The comments in it that look like markers.
  var possibleMarkers: [ByteString] { contents.withBytes(MarkerLines.find).map { contents[$0] } }

  /// Whether it needs cgo.
  var usesCgo: Bool { mentions("import \"C\"") }

  /// Where to look first: types are usually in files named so, and generated ones hold few.
  var rank: Int {
    if mentions("// Code generated") { return 2 }
    return name.firstRange(of: "types") != nil ? 0 : 1
  }
}
