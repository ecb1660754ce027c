import Files

/// Finds the files in and below a directory, links followed, and ends whatever the links do.
struct FileWalk {
  let tree: any InputTree
  let resolver: PathResolver
  private(set) var paths: [ByteString] = []
  /// The directories that lead to where we are, without links.
  private var chain: [ByteString] = []
  private var visited = 0

  init(tree: any InputTree, resolver: PathResolver) {
    self.tree = tree
    self.resolver = resolver
  }

  private static let deepest = 64
  /// How many files and directories there may be.
  private static let most = 10_000

  mutating func visit(_ directory: ByteString) throws(Diagnostic) {
    guard let top = try resolver.resolve(directory) else { return }
    guard !chain.contains(top.path), chain.count < Self.deepest else { throw .circle(tree.shown(directory)) }
    chain.append(top.path)
    for entry in try tree.entries(top.path) {
      let path = directory.appendingPath(entry.name)
      visited += 1
      guard visited <= Self.most else { throw .tooMany(tree.shown(directory), Self.most) }
      var kind = entry.kind
      if kind == .link {
        guard let found = try resolver.resolve(path) else { throw .danglingLink(tree.shown(path)) }
        kind = found.kind
      }
      if kind == .directory { try visit(path) } else { paths.append(path) }
    }
    chain.removeLast()
  }
}

extension Diagnostic {
  fileprivate static func circle(_ path: String) -> Diagnostic {
    Diagnostic("\(path) leads in a circle of symbolic links", hint: "remove one of the links")
  }

  fileprivate static func tooMany(_ path: String, _ limit: Int) -> Diagnostic {
    Diagnostic("\(path) holds too many files (more than \(limit))")
  }

  fileprivate static func danglingLink(_ path: String) -> Diagnostic {
    Diagnostic("\(path) is a symbolic link to nothing", hint: "remove it, or create what it points at")
  }
}
