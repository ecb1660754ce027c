/// Bounds on what a layer from outside may ask of us; beyond them reading fails.
package struct LayerLimits: Sendable {
  /// How many bytes the archive may have once it is inflated.
  package var size: Int
  /// How many files and directories it may have.
  package var entries: Int
  /// How many bytes a file in it may have.
  package var file: Int
  /// How many bytes the headers of one entry may have that hold its long name.
  package var header = 1 << 20

  package init(size: Int, entries: Int, file: Int) {
    self.size = size
    self.entries = entries
    self.file = file
  }

  /// For configuration: 512 MiB in 100 000 files of at most 128 MiB.
  package static let configuration = LayerLimits(size: 512 << 20, entries: 100_000, file: 128 << 20)
  /// For any image: 16 GiB in a million files.
  package static let image = LayerLimits(size: 16 << 30, entries: 1_000_000, file: 16 << 30)
}
