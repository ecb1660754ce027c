import ArgumentParser

struct ImagesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "images", abstract: "List, lock and move the container images that environments can start.",
    subcommands: [
      ListImagesCommand.self, LockImagesCommand.self, ResolveImagesCommand.self, RewriteImagesCommand.self,
      CopyImagesCommand.self,
    ])
}
