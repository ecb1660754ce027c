package import Files
import Starlark

extension Template {
  /// Compiles a text template: a `.txt` file.
  package static func text(_ source: SourceFile) throws(Diagnostics) -> Template {
    var assembly = TemplateAssembly(source)
    do throws(Diagnostic) {
      try assembly.add(textOf: source)
    } catch {
      throw Diagnostics(error).prefixed("Parsing text template '\(source.path)': ")
    }
    return try assembly.finish(output: .text, nodes: [], overridesMapKeys: false)
  }

  /// Compiles a `.star` file.
  package static func starlark(_ source: SourceFile) throws(Diagnostics) -> Template {
    let program = try Program.parse(source)
    return Template(
      file: source, program: program, output: .nothing, operations: [], nodes: [], overridesMapKeys: false)
  }
}
