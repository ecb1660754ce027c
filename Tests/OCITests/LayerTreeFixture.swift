import Files
import OCI
import TestSupport

/// The trees of `fixtures/oci/layers.tsv`.
enum LayerTreeFixture {
  static func tree(_ name: String) -> LayerTree {
    var files: [ByteString: LayerTree.File] = [:]
    var directories: Set<ByteString> = []
    for row in Repository.rows("oci/layers.tsv") where row[0] == name {
      if row[1].hasSuffix("/") {
        directories.insert(ByteString(String(row[1].dropLast())))
      } else {
        let contents = row[2].split(separator: "\\n", omittingEmptySubsequences: false).joined(separator: "\n")
        files[ByteString(row[1])] = LayerTree.File(ByteString(contents), isExecutable: row[3] == "x")
      }
    }
    return LayerTree(files: files, directories: directories)
  }
}
