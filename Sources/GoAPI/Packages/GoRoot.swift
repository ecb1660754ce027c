import Files

/// Go's own directory, with the standard library below `src`. It is looked for when a package of the standard library
/// is first needed, which is seldom.
final class GoRoot {
  private let environment: GoEnvironment

  init(_ environment: GoEnvironment) { self.environment = environment }

  /// Nothing if there is none.
  private(set) lazy var directory: String? = places.first { Disk.isDirectory("\($0)/src/time") }

  /// Where it may be: the directory that `GOROOT` names, else that to which a `go` on `PATH` belongs, or a usual one.
  private(set) lazy var places: [String] = {
    if let named = environment.rootVariable { return [named] }
    return environment.programPaths.flatMap(Self.roots(ofProgramIn:)) + Self.usualPlaces
  }()

  private static let usualPlaces = ["/usr/local/go", "/usr/lib/go", "/usr/lib/golang", "/usr/share/go"]

  private static func roots(ofProgramIn directory: String) -> [String] {
    guard let program = Disk.resolve("\(directory)/go") else { return [] }
    let above = Disk.path("../..", below: program)
    var roots = [above]
    // What stands for Go may be a script: that of a Go which came as a package of Python, or one that chooses between
    // several Pythons.
    guard let head = try? Disk.read(program, limit: 1 << 16), head.hasPrefix("#!") else { return roots }
    var pythons = [above]
    let versions = Disk.path("versions", below: above)
    for version in (try? Disk.entries(versions)) ?? [] { pythons.append("\(versions)/\(version.name)") }
    for python in pythons {
      for library in (try? Disk.entries("\(python)/lib")) ?? [] where library.name.hasPrefix("python") {
        roots.append("\(python)/lib/\(library.name)/site-packages/go")
      }
    }
    return roots
  }
}
