import ArgumentParser
import Files
import Velero
import Workspace

/// What images are looked for in: environments, manifests of anybody, or a release of Velero by itself.
struct ImageSourceArguments: ParsableArguments {
  @OptionGroup var environments: EnvironmentArguments
  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var parallel: JobOptions
  @Option(
    help: ArgumentHelp(
      "Look at the manifests of this file or directory; - for standard input. Several are one cluster.",
      valueName: "path"))
  var path: [String] = []
  @Option(
    help: ArgumentHelp(
      "Look at this release of Velero with its plugins for all providers, or for those of --provider; with --path: the release that the manifests are of.",
      valueName: "version"))
  var veleroVersion: String?
  @Option(help: ArgumentHelp("With --velero-version: where the cluster runs.", valueName: "provider"))
  var provider: [String] = []

  func validate() throws {
    if path.contains("") { throw ValidationError("the path is empty") }
    if !isWorkspace && !environments.isAll {
      throw ValidationError("environments go with neither --path nor --velero-version")
    }
    if !provider.isEmpty && (veleroVersion == nil || !path.isEmpty) {
      throw ValidationError("--provider goes with --velero-version: values say so for environments")
    }
  }

  /// Whether it is about environments.
  var isWorkspace: Bool { path.isEmpty && veleroVersion == nil }

  /// What is there to be started.
  /// - Parameter asWritten: whether images are called what templates call them, whatever locks and mirrors there are.
  func images(asWritten: Bool) throws -> ListedImages {
    if isWorkspace { return try imagesOfEnvironments(asWritten: asWritten) }
    let release = try veleroVersion.map { try ReleaseCommand.catalogue().release(named: $0) }
    if !path.isEmpty {
      let uses = try ListedImages.uses(in: try ManifestFiles.documents(at: path), release: release)
      return ListedImages([(path.map { $0 == "-" ? "standard input" : $0 }.joined(separator: ", "), uses)])
    }
    guard let release else { return ListedImages([]) }
    let providers = provider.isEmpty ? WorkspaceCreation.providers : provider
    return ListedImages(try providers.map { ("\(release) on \($0)", try ListedImages.uses(of: release, on: $0)) })
  }

  private func imagesOfEnvironments(asWritten: Bool) throws -> ListedImages {
    let reader = try WorkspaceReader(try workspace.onDisk())
    reader.namesImagesAsWritten = asWritten
    let names = try environments.select(from: reader, workspace)
    let progress = Progress("rendering", of: names.count)
    let trees = try reader.render(names, jobs: parallel.jobs, progress: progress.show) { reader throws(Diagnostics) in
      let bundle = try reader.bundle()
      return { rendered throws(Diagnostics) in
        (name: "\(rendered.name)", uses: ListedImages.uses(of: rendered, bundle: bundle))
      }
    }
    return ListedImages(trees)
  }
}
