import ArgumentParser
import Carvel
import Files
import OCI

struct ShowBundleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Print what a bundle says about itself, and the images that belong to it.")

  @OptionGroup var source: BundleSourceArguments
  @Flag(name: .shortAndLong, help: "Ask of each image whether it is a bundle, and show that as well.")
  var recursive = false
  @OptionGroup var registry: RegistryArguments

  func validate() throws {
    if source.count != 1 { throw ValidationError("give one of -b, --lock, --layout and --tar") }
  }

  func run() throws {
    let description =
      switch try source.place {
      case .registry(let reference):
        try BundleDescription(of: reference, in: try registry.client(), relocates: true, nested: recursive)
      case .layout(let layout, let reference):
        try BundleDescription(of: reference, in: layout, relocates: false, nested: recursive)
      }
    Output.standard.write(description.text)
  }
}
