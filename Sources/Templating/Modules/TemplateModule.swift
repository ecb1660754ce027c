import Files
import Starlark

/// `@ytt:template`: `replace`, which puts items in the place of the node that is being made.
enum TemplateModule {
  static func make(for run: TemplateLoader.Run) -> Module {
    let host = run.host
    return Module(
      "template",
      functions: [
        (
          "replace",
          { arguments, _ throws(Failure) in
            try host.replace(by: try arguments.only())
          }
        )
      ])
  }
}
