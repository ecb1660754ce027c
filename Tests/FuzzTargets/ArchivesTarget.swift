import Files
import OCI

extension FuzzTarget {
  /// Reads bytes as what a registry gives: a layer, a manifest, a list of manifests, a configuration.
  static func readArchives(_ input: ByteString) {
    let limits = LayerLimits(size: 1 << 22, entries: 1_000, file: 1 << 20)
    do throws(Diagnostic) {
      let tree = try LayerTree(.bytes(input), shown: "fuzz.tar", limits: limits)
      _ = TarWriter.archive(tree)
    } catch {
      _ = error.description
    }
    _ = try? ImageManifest(input, shown: "fuzz.json").contents
    _ = try? ImageIndex(input, shown: "fuzz.json").contents
    _ = try? ImageConfiguration(input, shown: "fuzz.json")
  }
}
