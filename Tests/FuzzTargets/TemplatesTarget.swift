import Files
import Templating
import YAML

extension FuzzTarget {
  /// Renders files: each begins with a line `=== file NAME`; what stands before the first such line is `config.yml`.
  /// The recorded cases of `fixtures/templating` have this form too.
  static func renderTemplates(_ input: ByteString) {
    var render = RenderInput(files: Self.files(input).map { InputFile(path: $0, contents: $1) })
    render.limits = smallLimits
    do throws(Diagnostics) {
      let output = try Rendering.render(render)
      printInEveryForm(output.documents)
      _ = try Rendering.schema(render).openAPI
    } catch {
      _ = error.description
    }
  }

  /// The files of an input, the first few.
  private static func files(_ input: ByteString) -> [(name: ByteString, contents: ByteString)] {
    var files: [(name: ByteString, contents: ByteString)] = []
    var name: ByteString = "config.yml"
    var start = 0
    var line = 0
    while line < input.count, files.count < 8 {
      let end = input.firstIndex(of: UInt8(ascii: "\n"), from: line).map { $0 + 1 } ?? input.count
      if input[line..<end].hasPrefix("=== ") {
        if line > start, !name.isEmpty { files.append((name, input[start..<line])) }
        name = input[line..<end].hasPrefix("=== file ") ? input[line + 9..<max(line + 9, end - 1)] : ""
        start = end
      }
      line = end
    }
    if !name.isEmpty { files.append((name, input[start..<input.count])) }
    return files
  }
}
