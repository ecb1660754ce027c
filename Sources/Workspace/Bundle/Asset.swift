import CAssets
package import Files

/// The files that the binary carries: paths in the repository of sailplan → bytes.
package enum Asset {
  /// The files below a directory, with paths relative to it.
  package static func files(below directory: ByteString) -> FileSet {
    let prefix = directory.appending("/")
    var files: [FileSet.File] = []
    for index in 0..<CAssetsCount() {
      guard let asset = CAssetsFile(index)?.pointee, let name = asset.path, let bytes = asset.bytes else { continue }
      let path = ByteString(String(cString: name))
      guard path.hasPrefix(prefix) else { continue }
      let contents = ByteString(permanent: UnsafeBufferPointer(start: bytes, count: asset.count))
      files.append(FileSet.File(path: path[prefix.count..<path.count], contents: contents))
    }
    return FileSet(files)
  }

  /// One file; nothing if the binary carries none at `path`.
  package static func file(_ path: ByteString) -> ByteString? {
    for index in 0..<CAssetsCount() {
      guard let asset = CAssetsFile(index)?.pointee, let name = asset.path, let bytes = asset.bytes else { continue }
      if ByteString(String(cString: name)) == path {
        return ByteString(permanent: UnsafeBufferPointer(start: bytes, count: asset.count))
      }
    }
    return nil
  }
}
