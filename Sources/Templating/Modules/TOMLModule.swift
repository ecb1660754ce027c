import Files
import Starlark

/// `@ytt:toml`.
enum TOMLModule {
  static func make() -> Module {
    Module(
      "toml",
      functions: [
        ("encode", encode),
        (
          "decode",
          { arguments, _ throws(Failure) in
            var reader = TOMLReader(try arguments.only().requireString())
            do throws(TOMLReader.Problem) {
              return try reader.document()
            } catch {
              throw Failure(error.message)
            }
          }
        ),
      ])
  }

  private static func encode(_ arguments: Arguments, _ thread: Thread) throws(Failure) -> Value {
    let value = try arguments.only()
    try arguments.checkNames(["indent"])
    var indent: Int64 = 0
    if let given = arguments.named("indent") {
      guard case .int(let number) = given else { throw Failure("expected starlark.Int") }
      indent = number
    }
    guard (0...8).contains(indent) else { throw Failure("indent value must be between 0 and 8") }
    let node = try Conversion.node(value)
    do throws(TOMLWriter.Problem) {
      return .string(try TOMLWriter.print(node, indent: indent == 0 ? 2 : Int(indent)))
    } catch {
      throw Failure(error.message)
    }
  }
}
