import ArgumentParser
import Carvel
import Files
import OCI

struct BuildBundleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build", abstract: "Make a bundle, and print its digest.",
    discussion: """
      The same files give the same digest, whoever makes it, when and where. What is made can be a directory as \
      'imgpkg pull' makes it, an OCI image layout, or a tar archive of one; without any, only the digest is computed.
      """)

  @OptionGroup var files: BundleFileArguments
  @Option(
    name: .shortAndLong, help: ArgumentHelp("Write the files into this directory.", valueName: "directory"))
  var output: OutputDirectory?
  @Option(help: ArgumentHelp("Write an OCI image layout into this directory.", valueName: "directory"))
  var toLayout: OutputDirectory?
  @Option(help: ArgumentHelp("Write a tar archive of an OCI image layout.", valueName: "file"))
  var toTar: String?
  @Option(help: ArgumentHelp("What the layout is to call the bundle.", valueName: "tag"))
  var tag: String?
  @Flag(help: "Replace directories that have something in them.")
  var overwrite = false
  @OptionGroup var workspace: WorkspaceOptions

  func run() throws {
    let contents = try files.contents(in: workspace)
    let image = try files.bundleImage(in: workspace)
    if let output {
      try Self.stage(at: output, replacing: overwrite) { directory throws(Diagnostic) in
        let archive = TarWriter.archive(contents.tree)
        _ = try LayerExtraction(into: directory, limits: .configuration).extract(.bytes(archive), shown: "the bundle")
      }
    }
    let layout = ImageLayout.files(image, name: tag.map { ByteString($0) })
    if let toLayout {
      try Self.stage(at: toLayout, replacing: overwrite) { directory throws(Diagnostic) in
        for file in layout.files {
          let path = "\(directory)/\(file.path)"
          if let slash = path.lastIndex(of: "/") { try Disk.createDirectory(String(path[..<slash])) }
          try Disk.create(path, file.contents)
        }
      }
    }
    if let toTar { try Disk.replace(toTar, with: TarWriter.archive(LayerTree(layout))) }
    Output.standard.write("\(image.digest)\n")
  }

  private static func stage(
    at output: OutputDirectory, replacing replaces: Bool, _ fill: (String) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    var place = try DiskReplacement(path: output.path)
    try fill(try place.stageDirectory(replacing: replaces))
    try place.publish()
  }
}
