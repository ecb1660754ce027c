import ArgumentParser
import Files
import OCI

struct ResolveImagesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resolve", abstract: "Print the digests that registries have for images.",
    discussion: """
      Each on a line by itself, as registry/repository@sha256:…, in the order of the arguments.
      Exit status: 0 done, 2 could not, 64 wrong usage.
      """)

  @OptionGroup var registry: RegistryArguments
  @Argument(help: ArgumentHelp("Names of images.", valueName: "image"))
  var images: [String]

  func run() throws {
    let references = try images.map { try ImageReference(ByteString($0)) }
    let client = try registry.client()
    for reference in references {
      Output.standard.write("\(reference.with(digest: try client.digest(of: reference)))\n")
    }
  }
}
