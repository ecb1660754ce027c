package import Files

/// Writes a tar archive byte for byte as imgpkg does, which leaves that to Go's archive/tar: ustar headers, and one of PAX in
/// front of names that do not fit.
package enum TarWriter {
  /// The archive of `tree`. Directories can be read by their owner only, and so can files; nothing says who made them, or when.
  package static func archive(_ tree: LayerTree) -> ByteString {
    var out = ByteBuffer(capacity: tree.entries.reduce(1024) { $0 + 1024 + ($1.file?.contents.count ?? 0) })
    for entry in tree.entries {
      if let file = entry.file {
        append(
          entry.path, mode: file.isExecutable ? 0o700 : 0o600, kind: TarHeader.Kind.file, contents: file.contents, &out)
      } else {
        append(entry.path, mode: 0o700, kind: TarHeader.Kind.directory, contents: .empty, &out)
      }
    }
    out.append(repeating: 0, count: 2 * TarHeader.size)
    return out.finish()
  }

  private static func append(
    _ path: ByteString, mode: Int, kind: UInt8, contents: ByteString, _ out: inout ByteBuffer
  ) {
    var header = TarHeader(name: path, mode: mode, size: contents.count, kind: kind)
    if path.isASCII, path.count <= TarHeader.longestName {
      // It fits as it is.
    } else if path.isASCII, let split = split(path) {
      header.prefix = split.prefix
      header.name = split.name
    } else {
      let record = PAXRecords.record("path", path)
      append(TarHeader(name: extendedName(path), size: record.count, kind: TarHeader.Kind.extended), record, &out)
      header.name = path.asciiOnly
    }
    append(header, contents, &out)
  }

  private static func append(_ header: TarHeader, _ contents: ByteString, _ out: inout ByteBuffer) {
    header.block.withUnsafeBufferPointer { out.append($0) }
    out.append(contents)
    out.append(repeating: 0, count: (TarHeader.size - contents.count % TarHeader.size) % TarHeader.size)
  }

  /// The last slash that leaves a name and a directory in front of it that both fit.
  private static func split(_ path: ByteString) -> (prefix: ByteString, name: ByteString)? {
    let searched = path[0..<min(path.count, TarHeader.longestPrefix + 1)]
    guard let slash = searched.lastIndex(of: UInt8(ascii: "/")), slash > 0, slash + 1 < path.count,
      path.count - slash - 1 <= TarHeader.longestName
    else { return nil }
    return (path[0..<slash], path[slash + 1..<path.count])
  }

  /// What the entry is called that says the real name.
  private static func extendedName(_ path: ByteString) -> ByteString {
    let slash = path.lastIndex(of: UInt8(ascii: "/"))
    let directory = slash.map { path[0..<$0 + 1] } ?? .empty
    return directory.appending("PaxHeaders.0/").appending(path[(slash.map { $0 + 1 } ?? 0)..<path.count]).asciiOnly
      .cut(to: TarHeader.longestName)
  }
}

extension ByteString {
  fileprivate var isASCII: Bool { withBytes { $0.allSatisfy { $0 < 0x80 } } }

  fileprivate var asciiOnly: ByteString { ByteString(bytes.filter { $0 < 0x80 }) }
}
