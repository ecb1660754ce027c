import ArgumentParser
import Carvel
import Files
import OCI

struct PushBundleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "push", abstract: "Push a bundle, or an image of plain files, to a registry.",
    discussion: """
      The tag, 'latest' if none is given, is set last, once all else is there. One that names another image already is \
      refused unless --overwrite is given.
      """)

  @Option(name: .shortAndLong, help: ArgumentHelp("Push a bundle under this name.", valueName: "image"))
  var bundle: String?
  @Option(name: .shortAndLong, help: ArgumentHelp("Push files that are no bundle under this name.", valueName: "image"))
  var image: String?
  @OptionGroup var files: BundleFileArguments
  @Option(help: ArgumentHelp("Write the bundle's digest to this file, for 'pull --lock'.", valueName: "file"))
  var lockOutput: String?
  @Flag(help: "Move the tag if it names another image.")
  var overwrite = false
  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var registry: RegistryArguments

  func validate() throws {
    if (bundle == nil) == (image == nil) { throw ValidationError("give -b for a bundle or -i for an image") }
    if image != nil && files.paths.isEmpty { throw ValidationError("give the files of the image with -f") }
    if image != nil && lockOutput != nil { throw ValidationError("--lock-output goes with -b") }
  }

  func run() throws {
    let reference = try ImageReference(ByteString(bundle ?? image ?? ""))
    guard reference.digest == nil else {
      throw Diagnostic("'\(reference)' names what is there already", hint: "give a name with a tag, or without")
    }
    let made = try bundle == nil ? files.plainImage() : files.bundleImage(in: workspace)
    let tag = reference.tag ?? ImageReference.defaultTag
    // Its own tag comes first: the one that people know is to name nothing that is not complete.
    try registry.client().push(made, to: reference, tags: [made.digest.tag, tag], overwrites: overwrite)
    let pushed = reference.with(digest: made.digest)
    if let lockOutput { try Disk.replace(lockOutput, with: BundleLock(image: pushed, tag: tag).text) }
    Output.standard.write("Pushed '\(pushed)'\n")
  }
}
