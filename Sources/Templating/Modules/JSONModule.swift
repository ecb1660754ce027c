import Files
import Starlark
import YAML

/// `@ytt:json`, as Go's `encoding/json` does it: keys sorted, numbers decoded to floats.
enum JSONModule {
  static func make() -> Module {
    Module(
      "json",
      functions: [
        ("encode", encode),
        (
          "decode",
          { arguments, _ throws(Failure) in
            var reader = JSONReader(try arguments.only().requireString())
            return try reader.document()
          }
        ),
      ])
  }

  private static func encode(_ arguments: Arguments, _ thread: Thread) throws(Failure) -> Value {
    let value = try arguments.only()
    try arguments.checkNames(["indent", "escape_html"])
    let node = try Conversion.node(value)
    var indent: Int64 = 0
    if let given = arguments.named("indent") {
      guard case .int(let number) = given else { throw Failure("expected starlark.Int") }
      indent = number
    }
    guard (0...8).contains(indent) else { throw Failure("indent value must be between 0 and 8") }
    let style = JSONStyle(escapesHTML: try arguments.flag("escape_html") ?? true, indent: Int(indent))
    let limit = thread.limits.stringBytes
    var out = ByteBuffer(limit: limit)
    do throws(Diagnostics) {
      try printJSON(node, style: style, into: &out)
    } catch {
      throw Failure(ByteString(error.list.first?.message ?? ""))
    }
    if out.isOverLimit { throw .textTooLong(limit) }
    return .string(out.finish())
  }
}
