import Files
import Starlark
import YAML

/// `@ytt:data`: the data values, and the files given with `-f`.
enum DataModule {
  static func make(for run: TemplateLoader.Run) throws(Failure) -> Module {
    let current = run.file.directory
    let root = run.root
    let reads = run.loader.rendering.reads
    return Module(
      "data",
      [
        (
          "list",
          .function("data.list") { arguments, _ throws(Failure) in
            guard arguments.positional.count <= 1 else { throw Failure("expected exactly zero or one argument") }
            let path = try arguments.positional.first?.requireString() ?? .empty
            reads?.dependsOnMore = true
            return .object(List(try list(path, current, root).map { .string($0) }))
          }
        ),
        (
          "read",
          .function("data.read") { arguments, _ throws(Failure) in
            let path = try arguments.only().requireString()
            let isFromRoot = path.hasPrefix("/")
            let file = try (isFromRoot ? root : current).file(isFromRoot ? path[1..<path.count] : path)
            if !file.input.canBeReadByMany { reads?.dependsOnMore = true }
            return .string(file.input.unit.contents)
          }
        ),
        ("values", try values(run.loader, reads)),
      ])
  }

  private static func values(_ loader: TemplateLoader, _ reads: ValueReads?) throws(Failure) -> Value {
    if let values = try reads?.values(for: loader) { return values }
    return try Conversion.structure(loader.values.value)
  }

  /// The paths of the files below a directory, in the form in which `read` takes them from there.
  private static func list(
    _ path: ByteString, _ current: Directory, _ root: Directory
  ) throws(Failure) -> [ByteString] {
    let isFromRoot = path.hasPrefix("/")
    var directory = isFromRoot ? root : current
    let rest = isFromRoot ? path[1..<path.count] : path
    if !rest.isEmpty { directory = try directory.directory(rest) }
    return directory.accessibleFiles().map { isFromRoot ? ByteString("/").appending($0.path) : $0.path }
  }
}
