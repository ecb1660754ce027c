import Files
import Starlark

/// `@ytt:module`: modules of a template's own.
enum ModuleModule {
  static func make() -> Module {
    Module(
      "module",
      functions: [
        (
          "make",
          { arguments, _ throws(Failure) in
            guard arguments.positional.count == 1 else {
              throw Failure("got \(arguments.positional.count) arguments, want 1")
            }
            guard case .string(let name) = arguments.positional[0] else {
              throw Failure("for parameter 1: got \(arguments.positional[0].typeName), want string")
            }
            return .object(Module(name, arguments.keyword))
          }
        )
      ])
  }
}
