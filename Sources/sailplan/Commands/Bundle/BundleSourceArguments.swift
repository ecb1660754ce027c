import ArgumentParser
import Carvel
import Files
import OCI

/// Where a bundle is read from.
struct BundleSourceArguments: ParsableArguments {
  @Option(name: .shortAndLong, help: ArgumentHelp("The bundle of this name in a registry.", valueName: "image"))
  var bundle: String?
  @Option(help: ArgumentHelp("The bundle that this BundleLock names.", valueName: "file"))
  var lock: String?
  @Option(help: ArgumentHelp("The bundle in this OCI image layout.", valueName: "directory"))
  var layout: String?
  @Option(help: ArgumentHelp("The bundle in this tar archive of an OCI image layout.", valueName: "file"))
  var tar: String?
  @Option(help: ArgumentHelp("Which image of the layout, where it holds several.", valueName: "tag"))
  var tag: String?

  /// How many of them are given.
  var count: Int { [bundle, lock, layout, tar].count { $0 != nil } }

  /// What was named: in a layout on disk, or else in a registry.
  enum Place {
    case registry(ImageReference)
    case layout(ImageLayout, ImageReference)
  }

  var place: Place {
    get throws {
      if let path = layout ?? tar {
        let layout = try ImageLayout(path)
        let image = try layout.image(named: tag.map { ByteString($0) })
        return .layout(layout, try ImageReference("localhost/layout").with(digest: image.digest))
      }
      if let lock {
        let source = SourceFile.register(path: lock, contents: try Disk.read(lock, limit: 1 << 20))
        return .registry(try BundleLock(parsing: source).image)
      }
      return .registry(try ImageReference(ByteString(bundle ?? "")))
    }
  }
}
