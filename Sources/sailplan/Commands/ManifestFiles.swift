import Files
import YAML

/// Manifests that somebody names on the command line: files, directories, `-` for standard input.
enum ManifestFiles {
  /// The most bytes that a file may have.
  private static let largest = 64 << 20
  /// How deep directories may nest, and how many files they may hold.
  private static let deepest = 64
  private static let most = 100_000

  /// All documents of a path, those of a directory by the bytes of their files' names.
  /// - Throws: a diagnostic for each file that cannot be read or is not YAML.
  static func documents(at path: String, options: ParseOptions = ParseOptions()) throws(Diagnostics) -> [Document] {
    var diagnostics = Diagnostics()
    var documents: [Document] = []
    for source in try sources(at: path) {
      do throws(Diagnostics) {
        documents += try ParsedFile.parse(source, options: options).documents
      } catch {
        diagnostics.append(contentsOf: error)
      }
    }
    try diagnostics.throwIfErrors()
    return documents
  }

  /// All documents of several paths, in their order, in which no map may have a key twice.
  /// - Throws: a diagnostic for each file that cannot be read or is not such YAML.
  static func documents(at paths: [String]) throws(Diagnostics) -> [Document] {
    var diagnostics = Diagnostics()
    var documents: [Document] = []
    for path in paths {
      do throws(Diagnostics) {
        documents += try Self.documents(at: path, options: ParseOptions(duplicateKeys: .error))
      } catch {
        diagnostics.append(contentsOf: error)
      }
    }
    try diagnostics.throwIfErrors()
    return documents
  }

  /// The files that a path stands for, read.
  private static func sources(at path: String) throws(Diagnostics) -> [SourceFile] {
    do throws(Diagnostic) {
      if path == "-" {
        return [.register(path: "standard input", contents: try Disk.readStandardInput(limit: largest))]
      }
      var found: [String] = []
      // Through a link as well: whoever names it means what it points at.
      if isDirectory(path) {
        try collect(path, depth: 0, into: &found)
      } else {
        found = [path]
      }
      var sources: [SourceFile] = []
      for file in found {
        sources.append(.register(path: file, contents: try Disk.read(file, limit: largest)))
      }
      return sources
    } catch {
      throw Diagnostics(error)
    }
  }

  private static func isDirectory(_ path: String) -> Bool { (try? Disk.entries(path)) != nil }

  /// Adds the manifests in and below a directory; links are not followed, and what begins with a dot is passed over.
  private static func collect(_ directory: String, depth: Int, into found: inout [String]) throws(Diagnostic) {
    guard depth < deepest else { throw .tooDeep(directory, deepest) }
    for entry in try Disk.entries(directory) where !entry.name.hasPrefix(".") {
      let path = directory.hasSuffix("/") ? directory + entry.name.text : "\(directory)/\(entry.name)"
      switch entry.kind {
      case .directory: try collect(path, depth: depth + 1, into: &found)
      case .file, .executable:
        if [".yaml", ".yml", ".json"].contains(where: path.hasSuffix) { found.append(path) }
      case .link, .other: break
      }
    }
    guard found.count <= most else { throw .tooMany(directory, most) }
  }
}

extension Diagnostic {
  fileprivate static func tooDeep(_ path: String, _ limit: Int) -> Diagnostic {
    Diagnostic("\(path) lies more than \(limit) directories deep")
  }

  fileprivate static func tooMany(_ path: String, _ limit: Int) -> Diagnostic {
    Diagnostic("\(path) holds more than \(limit) manifests", hint: "name the directories that matter one by one")
  }
}
