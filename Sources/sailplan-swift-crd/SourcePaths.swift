#if SwiftAPI
import Files

/// Finds Swift sources.
enum SourcePaths {
  /// The most that a source may hold, in bytes.
  private static let largest = 10 << 20

  /// The sources at `paths`: files, and all that lie in or below directories. What begins with a dot is passed over.
  ///
  /// Fails if there are none.
  static func read(_ paths: [String]) throws(Diagnostics) -> [SourceFile] {
    var diagnostics = Diagnostics()
    var sources: [String: SourceFile] = [:]
    for path in paths {
      do throws(Diagnostic) {
        let path = path.hasSuffix("/...") ? String(path.dropLast(4)) : path
        guard let kind = try Disk.kind(path) else { throw .nothing(path) }
        let files = kind == .directory ? try self.files(below: path) : [path]
        if files.isEmpty { throw .noSources(path) }
        for file in files where sources[file] == nil {
          sources[file] = SourceFile.register(path: file, contents: try Disk.read(file, limit: largest))
        }
      } catch {
        diagnostics.append(error)
      }
    }
    try diagnostics.throwIfErrors()
    return sources.values.sorted { ByteString($0.path) < ByteString($1.path) }
  }

  private static func files(below directory: String) throws(Diagnostic) -> [String] {
    var files: [String] = []
    for entry in try Disk.entries(directory) where !entry.name.hasPrefix(".") {
      let path = "\(directory)/\(entry.name)"
      if entry.kind == .directory {
        files += try self.files(below: path)
      } else if entry.name.hasSuffix(".swift") {
        files.append(path)
      }
    }
    return files
  }
}

extension Diagnostic {
  fileprivate static func nothing(_ path: String) -> Diagnostic {
    Diagnostic("there is nothing at \(path)", hint: "name Swift sources, or directories that have some")
  }

  fileprivate static func noSources(_ path: String) -> Diagnostic {
    Diagnostic("\(path) has no Swift sources", hint: "name a directory with files that end in .swift")
  }
}
#endif
