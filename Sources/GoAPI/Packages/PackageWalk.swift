import Files

/// Goes through the directories below one, as the patterns of Go do: without `vendor`, `testdata` and those whose names
/// begin with a dot or an underscore.
struct PackageWalk {
  /// Whether directories with a `go.mod` of their own are entered.
  let entersModules: Bool

  /// The most directories that are looked at.
  static let most = 200_000

  /// The directories, itself first, in order.
  func directories(below root: String) throws(Diagnostic) -> [String] {
    var found: [String] = []
    var open = [root]
    while let directory = open.popLast() {
      guard found.count < Self.most else { throw .tooManyDirectories(root) }
      guard let entries = try? Disk.entries(directory) else { continue }
      if directory != root, !entersModules, entries.contains(where: { $0.name == "go.mod" }) { continue }
      found.append(directory)
      for entry in entries.reversed() where entry.kind == .directory && Self.isEntered(entry.name) {
        open.append(directory == "/" ? "/\(entry.name)" : "\(directory)/\(entry.name)")
      }
    }
    return found
  }

  private static func isEntered(_ name: ByteString) -> Bool {
    name != "vendor" && name != "testdata" && name[0] != UInt8(ascii: ".") && name[0] != UInt8(ascii: "_")
  }
}

extension Diagnostic {
  fileprivate static func tooManyDirectories(_ root: String) -> Diagnostic {
    Diagnostic(
      "there are more than \(PackageWalk.most) directories below \(root)", hint: "name a directory further down")
  }
}
