import Files
import Starlark

/// Runs a program with the module `assert`, and gives what went wrong, if anything did.
enum ProgramRun {
  struct Problem {
    var message: String
    var line: Int
  }

  static func run(_ source: ByteString, name: String, limits: Limits = Limits()) -> Problem? {
    let file = SourceFile.register(path: name, contents: source)
    do throws(Diagnostics) {
      let program = try Program.parse(file, predeclared: ["assert"], limits: limits)
      let thread = Thread(limits: limits)
      do throws(Failure) {
        _ = try thread.run(program, predeclared: [("assert", .object(assertModule))])
        return nil
      } catch {
        return Problem(message: error.message.text, line: error.frames.first?.position.line ?? 0)
      }
    } catch {
      return Problem(
        message: error.list.map(\.message).joined(separator: "\n"),
        line: error.list.first?.range?.start.line ?? 0)
    }
  }

  private static var assertModule: Module {
    Module(
      "assert",
      [
        (
          "eq",
          .object(
            Builtin("eq") { arguments, _ throws(Failure) in
              try arguments.check("eq", exactly: 2)
              let (left, right) = (arguments.positional[0], arguments.positional[1])
              if try left.isEqual(to: right) { return .none }
              throw Failure("\(left.repr) != \(right.repr)")
            })
        ),
        (
          "true",
          .object(
            Builtin("true") { arguments, _ throws(Failure) in
              try arguments.check("true", exactly: 1)
              if arguments.positional[0].truth { return .none }
              throw Failure("\(arguments.positional[0].repr) is not true")
            })
        ),
        (
          "fails",
          .object(
            Builtin("fails") { arguments, thread throws(Failure) in
              try arguments.check("fails", exactly: 2)
              let words = arguments.positional[1].str.text
              do throws(Failure) {
                _ = try thread.call(arguments.positional[0])
              } catch {
                if error.message.text.contains(words) { return .none }
                throw Failure("failed with \(error.message), not with \(words)")
              }
              throw Failure("did not fail with \(words)")
            })
        ),
      ])
  }
}
