import ArgumentParser
import Workspace

struct ListImagesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Print every image that can be started, and where from.",
    discussion: """
      Those that manifests name, and those that no manifest names: the restore helper, pods and jobs that Velero makes,
      what the plugin for vSphere installs. Without arguments those of all environments, as they are rendered.
      Exit status: 0 done, 2 could not, 64 wrong usage.
      """)

  @OptionGroup var source: ImageSourceArguments
  @Flag(help: "Call images what templates call them, whatever images.lock.yaml and environment.yaml make of that.")
  var asWritten = false
  @Option(
    help: ArgumentHelp("How to print: text, json, yaml, or images (their names alone).", valueName: "format"))
  var format = ImageListFormat.text

  func run() throws {
    Output.standard.write(try format.print(try source.images(asWritten: asWritten)))
  }
}
