import Glibc

/// Where the tests find their files: `fixtures/` at the repository's top, and the reference data where there is some.
package enum Repository {
  /// The repository's top folder.
  package static let root: String = {
    var parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    parts.removeLast(3)
    return parts.joined(separator: "/")
  }()

  /// A folder below `fixtures/`.
  package static func fixtures(_ path: String) -> String { "\(root)/fixtures/\(path)" }

  /// A program of this package, built beside the tests: beside the bundle that the test runner is told to load.
  package static func program(_ name: String) -> String {
    let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? ""
    guard let slash = bundle.lastIndex(of: "/") else { return name }
    return "\(bundle[..<slash])/\(name)"
  }

  /// Where a program lies that PATH leads to; nothing where it is not installed.
  package static func search(_ name: String) -> String? {
    let directories = getenv("PATH").map { String(cString: $0) }?.split(separator: ":") ?? []
    return directories.lazy.map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
  }

  /// The folder of recorded answers of the real tools, named by `SAILPLAN_GOLDENS`; nothing where that is unset.
  package static let goldens: String? = getenv("SAILPLAN_GOLDENS").map { String(cString: $0) }
}
