import ArgumentParser

struct BundleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bundle", abstract: "Build, push, pull and show bundles as imgpkg knows them.",
    discussion: """
      A bundle is an image that holds configuration, and names the images that belong to it. imgpkg, kapp-controller and \
      kctrl take what these commands make, and these take what those make.
      """,
    subcommands: [
      BuildBundleCommand.self, PushBundleCommand.self, PullBundleCommand.self, ShowBundleCommand.self,
    ])
}
