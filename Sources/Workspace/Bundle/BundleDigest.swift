package import Files
package import OCI

extension ContentDigest {
  /// The digest of files: of their sorted paths, lengths and bytes, so that no two trees have the same one.
  package init(_ files: FileSet) {
    var hash = Hasher()
    for file in files.files {
      hash.update(ByteString("\(file.path.count) \(file.contents.count)\n"))
      hash.update(file.path)
      hash.update(file.contents)
    }
    self = hash.finish()
  }
}
