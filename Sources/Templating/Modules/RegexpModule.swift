import Files
import Regexp
import Starlark

/// `@ytt:regexp`: Go's regular expressions.
enum RegexpModule {
  static func make() -> Module { Module("regexp", functions: [("match", match), ("replace", replace)]) }

  private static func compile(_ pattern: Value) throws(Failure) -> Regexp {
    let pattern = try pattern.requireString()
    do throws(RegexpProblem) {
      return try Regexp(pattern)
    } catch {
      throw Failure(error.message)
    }
  }

  private static func match(_ arguments: Arguments, _ thread: Thread) throws(Failure) -> Value {
    guard arguments.positional.count == 2 else { throw Failure("expected exactly two arguments") }
    let text = try arguments.positional[1].requireString()
    return .bool(try compile(arguments.positional[0]).match(text) != nil)
  }

  private static func replace(_ arguments: Arguments, _ thread: Thread) throws(Failure) -> Value {
    guard arguments.positional.count == 3 else { throw Failure("expected exactly 3 arguments") }
    let regexp = try compile(arguments.positional[0])
    let text = try arguments.positional[1].requireString()
    let replacement = arguments.positional[2]
    if replacement.isCallable {
      return .string(
        try regexp.replacingAll(in: text) { found throws(Failure) in
          try thread.call(replacement, Arguments([.string(text[found[0]..<found[1]])])).requireString()
        })
    }
    let template = try replacement.requireString()
    return .string(regexp.replacingAll(in: text) { regexp.expand(template, $0, in: text) })
  }
}
