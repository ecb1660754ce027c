import Files
import Starlark

/// The modules that `load("@ytt:name", …)` gives.
enum StandardModules {
  /// The names and values of a module, for the file that is running.
  static func load(_ name: ByteString, for run: TemplateLoader.Run) throws(Failure) -> Exports {
    let module: Module
    switch name {
    case "assert": module = AssertModule.make()
    case "base64": module = Base64Module.make()
    case "data":
      run.loader.rendering.dependencies.insert(.data)
      module = try DataModule.make(for: run)
    case "ip": module = IPModule.make()
    case "json": module = JSONModule.make()
    case "library":
      run.loader.rendering.dependsOnRun()
      module = LibraryModule.make(for: run)
    case "math":
      run.loader.rendering.dependencies.insert(.run)
      module = MathModule.make(for: run)
    case "md5": module = MD5Module.make()
    case "module": module = ModuleModule.make()
    case "overlay": module = OverlayModule.make()
    case "regexp": module = RegexpModule.make()
    case "sha256": module = SHA256Module.make()
    case "struct": module = StructModule.make()
    case "template":
      run.loader.rendering.dependencies.insert(.run)
      module = TemplateModule.make(for: run)
    case "toml": module = TOMLModule.make()
    case "url": module = URLModule.make()
    case "version": module = VersionModule.make()
    case "yaml": module = YAMLModule.make()
    default:
      throw Failure(
        "builtin ytt library does not have module '\(name)' (hint: is it available in newer version of ytt?)")
    }
    return Exports([(module.name, .object(module))])
  }
}

extension Module {
  /// A module of functions; in failures each function's name stands in front of what went wrong.
  convenience init(_ name: ByteString, functions: [(name: ByteString, body: Builtin.Body)]) {
    self.init(
      name,
      functions.map { function in
        (function.name, .function(ByteString("\(name).\(function.name)"), function.body))
      })
  }
}

extension Value {
  /// A built-in function that puts its name in front of its failures.
  static func function(_ name: ByteString, _ body: @escaping Builtin.Body) -> Value {
    .object(
      Builtin(name) { arguments, thread throws(Failure) in
        do throws(Failure) {
          return try body(arguments, thread)
        } catch {
          throw error.prefixed(name.appending(": "))
        }
      })
  }
}

extension Arguments {
  /// The only positional argument.
  func only() throws(Failure) -> Value {
    guard positional.count == 1 else { throw Failure("expected exactly one argument") }
    return positional[0]
  }

  /// The value of a named argument that is a `bool`, if it is given.
  func flag(_ name: ByteString) throws(Failure) -> Bool? { try named(name)?.requireBool() }

  /// Fails for names that are not among `allowed`.
  func checkNames(_ allowed: [ByteString]) throws(Failure) {
    for argument in keyword where !allowed.contains(argument.name) {
      throw Failure("invalid argument name: \(argument.name)")
    }
  }
}
