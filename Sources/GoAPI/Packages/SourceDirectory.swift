import Files

/// The Go files of a directory.
enum SourceDirectory {
  /// The names of its files that belong to the platform, in order; nothing if there is no such directory or no Go file
  /// in it at all.
  static func fileNames(_ directory: String, _ build: BuildContext) -> [ByteString]? {
    guard let entries = try? Disk.entries(directory) else { return nil }
    let names = entries.filter { $0.kind != .directory }.map(\.name).filter { $0.hasSuffix(".go") }
    return names.isEmpty ? nil : names.filter(build.includes(fileName:))
  }
}
