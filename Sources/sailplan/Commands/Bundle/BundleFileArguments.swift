import ArgumentParser
import Carvel
import Files
import OCI
import Workspace

/// What goes into a bundle or an image.
struct BundleFileArguments: ParsableArguments {
  @Option(
    name: [.customShort("f"), .customLong("file")],
    help: ArgumentHelp(
      "Take this directory or file; several may be given, in any order. Without it, the bundle that environments are "
        + "rendered from: that of the workspace, or the one in the program.", valueName: "path"))
  var paths: [String] = []
  @Option(
    name: .customLong("file-exclusion"),
    help: ArgumentHelp("Leave out what is at this path below a directory (default: .git).", valueName: "path"))
  var exclusions: [String] = []
  @Option(
    name: [.customShort("l"), .customLong("labels")],
    help: ArgumentHelp("Say this about the image besides.", valueName: "key=value"))
  var labels: [String] = []
  @Option(
    help: ArgumentHelp(
      "Put this lock of images into the bundle that environments are rendered from.", valueName: "file"))
  var imagesLock: String?

  func validate() throws {
    for label in labels {
      guard let equals = label.firstIndex(of: "="), equals != label.startIndex else {
        throw ValidationError("--labels must be like key=value, not '\(label)'")
      }
      if label[..<equals] == Image.bundleLabel.text {
        throw ValidationError("the label \(Image.bundleLabel) is set for bundles, and for nothing else")
      }
    }
    if imagesLock != nil && !paths.isEmpty {
      throw ValidationError("--images-lock goes without -f; put the lock into .imgpkg/images.yml")
    }
  }

  /// The labels by their keys.
  private var labelValues: [ByteString: ByteString] {
    var values: [ByteString: ByteString] = [:]
    for label in labels {
      guard let equals = label.firstIndex(of: "=") else { continue }
      values[ByteString(String(label[..<equals]))] = ByteString(String(label[label.index(after: equals)...]))
    }
    return values
  }

  private var tree: LayerTree {
    get throws {
      let excluded = exclusions.isEmpty ? [".git"] : exclusions
      return try LayerTree(reading: paths, excluding: Set(excluded.map { ByteString(Self.plain($0)) }))
    }
  }

  /// A path without `./` in front and `/` behind.
  private static func plain(_ path: String) -> String {
    path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
  }

  /// The files of the bundle.
  func contents(in workspace: WorkspaceOptions) throws -> BundleContents {
    guard paths.isEmpty else {
      return try BundleContents(try tree, shown: paths.joined(separator: ", "))
    }
    let lock = try imagesLock.map { path in
      try ImagesLock(parsing: .register(path: path, contents: try Disk.read(path, limit: 16 << 20)))
    }
    let reader = try WorkspaceLocation.onDiskIfAny(from: workspace.start).map { try WorkspaceReader($0) }
    return try BundlePublication.contents(of: reader, lock: lock)
  }

  /// The image of the bundle.
  func bundleImage(in workspace: WorkspaceOptions) throws -> Image {
    try Image(try contents(in: workspace), labels: labelValues)
  }

  /// The image of files that are no bundle.
  func plainImage() throws -> Image {
    let tree = try tree
    guard !tree.entries.contains(where: { $0.path == BundleContents.directory }) else {
      throw Diagnostic(
        "\(paths.joined(separator: ", ")) is a bundle: it has .imgpkg", hint: "push it with -b in place of -i")
    }
    return try Image(tree, labels: labelValues)
  }
}
