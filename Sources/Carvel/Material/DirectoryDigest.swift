package import Files
package import OCI

extension ContentDigest {
  /// The digest of a tree of files that in-toto calls `dirHash`, and Go `h1`: that of the lines that `sha256sum` prints
  /// for the files in the order of their paths' bytes. In the tree,
  /// `find . -type f | cut -c3- | LC_ALL=C sort | xargs sha256sum | sha256sum` prints it.
  package init(directoryOf files: [(path: ByteString, digest: ContentDigest)]) {
    var lines = ByteBuffer()
    for file in files.sorted(by: { $0.path < $1.path }) {
      lines.append(file.digest.hex)
      lines.append(literal: "  ")
      lines.append(file.path)
      lines.append(literal: "\n")
    }
    self.init(lines.finish())
  }
}
