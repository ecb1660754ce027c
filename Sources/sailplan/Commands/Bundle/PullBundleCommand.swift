import ArgumentParser
import Carvel
import Files
import OCI

struct PullBundleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pull", abstract: "Unpack a bundle, or an image of plain files.",
    discussion: """
      Where all images of a bundle are in its own repository, as after 'images copy', its .imgpkg/images.yml is rewritten \
      to name them there. The directory is made as a whole or not at all.
      """)

  @OptionGroup var source: BundleSourceArguments
  @Option(name: .shortAndLong, help: ArgumentHelp("Unpack an image that is no bundle.", valueName: "image"))
  var image: String?
  @Option(name: .shortAndLong, help: ArgumentHelp("The directory to be made.", valueName: "directory"))
  var output: OutputDirectory
  @Flag(name: .shortAndLong, help: "Unpack the bundles that it names as well, into .imgpkg/bundles/.")
  var recursive = false
  @Flag(help: "Replace the directory if something is in it.")
  var overwrite = false
  @OptionGroup var registry: RegistryArguments

  func validate() throws {
    if source.count + (image == nil ? 0 : 1) != 1 {
      throw ValidationError("give one of -b, -i, --lock, --layout and --tar")
    }
    if recursive && image != nil { throw ValidationError("--recursive goes with bundles") }
  }

  func run() throws {
    // What was not pulled in the end is nothing to tell of.
    var lines: [String] = []
    let report = { (line: String) in lines.append(line) }
    if let image {
      let pull = BundlePull(from: try registry.client(), relocates: true, report: report)
      try pull.image(try ImageReference(ByteString(image)), to: output.path, replacing: overwrite)
    } else {
      switch try source.place {
      case .registry(let reference):
        let pull = BundlePull(from: try registry.client(), relocates: true, report: report)
        try pull.bundle(reference, to: output.path, nested: recursive, replacing: overwrite)
      case .layout(let layout, let reference):
        let pull = BundlePull(from: layout, relocates: false, report: report)
        try pull.bundle(reference, to: output.path, nested: recursive, replacing: overwrite)
      }
    }
    Output.standard.write(lines.joined(separator: "\n") + "\n")
  }
}
