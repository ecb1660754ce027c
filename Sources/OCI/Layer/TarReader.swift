package import Files

/// What an entry of an archive is, and how its contents may be used.
package struct TarEntry: Hashable, Sendable {
  /// The path from the top: no empty part, no `.` or `..` in it; empty for the top itself.
  package let path: ByteString
  package let isDirectory: Bool
  /// Read, write and run for owner, group and others: nine bits.
  package let permissions: UInt32
  /// How many bytes its contents have; 0 for a directory.
  package let size: Int
}

/// Reads a tar archive piece by piece: ustar, PAX, and GNU's long names.
///
/// Takes nothing but directories and files below the top: what leads out of it, links and devices are errors, as imgpkg makes
/// none and no configuration needs any. A backslash separates names like a slash, for old imgpkg on Windows wrote it.
package struct TarReader: ~Copyable {
  private let stream: LayerStream
  private let limits: LayerLimits
  /// How many bytes of the entry's contents are left, and of the zeros behind them.
  private var left = 0
  private var padding = 0
  private var count = 0
  private var kinds: [ByteString: Bool] = [:]

  package init(_ stream: LayerStream, limits: LayerLimits) {
    self.stream = stream
    self.limits = limits
  }

  /// What messages call the archive.
  package var shown: String { stream.shown }

  // MARK: Entries

  /// The next entry; nothing once all were read, and the archive to its end.
  /// - Throws: a diagnostic that names archive and entry where something is not as it has to be.
  package mutating func next() throws(Diagnostic) -> TarEntry? {
    var long: ByteString?
    var extended: [ByteString: ByteString] = [:]
    while true {
      try skip()
      guard let header = try header() else { return nil }
      left = header.size
      padding = (TarHeader.size - header.size % TarHeader.size) % TarHeader.size
      switch header.kind {
      case TarHeader.Kind.extended:
        guard let records = PAXRecords.read(try small(header)) else { throw mistake("a PAX header is malformed") }
        extended.merge(records) { $1 }
      case TarHeader.Kind.longName:
        let text = try small(header)
        long = text[0..<(text.firstIndex(of: 0) ?? text.count)]
      case TarHeader.Kind.longLink, TarHeader.Kind.global: _ = try small(header)
      default: return try entry(header, long: long, extended)
      }
    }
  }

  private mutating func entry(
    _ header: TarHeader, long: ByteString?, _ extended: [ByteString: ByteString]
  ) throws(Diagnostic) -> TarEntry {
    let short = header.prefix.isEmpty ? header.name : header.prefix.appending("/").appending(header.name)
    let name = extended["path"] ?? long ?? short
    if extended.keys.contains(where: { $0.hasPrefix("GNU.sparse.") }) { throw refused(name, "a file with holes") }
    switch header.kind {
    case TarHeader.Kind.file, UInt8(ascii: "7"), TarHeader.Kind.directory: break
    case UInt8(ascii: "1"): throw refused(name, "a hard link")
    case UInt8(ascii: "2"): throw refused(name, "a symbolic link")
    case UInt8(ascii: "3"), UInt8(ascii: "4"): throw refused(name, "a device")
    case UInt8(ascii: "6"): throw refused(name, "a pipe")
    case let kind: throw refused(name, "of a kind that is not known (\(Character(Unicode.Scalar(kind))))")
    }
    // Very old archives have directories that only the slash at the end tells from files.
    let isDirectory = header.kind == TarHeader.Kind.directory || name.hasSuffix("/")
    if let size = extended["size"] {
      guard let value = Int(size.text), value >= 0 else { throw mistake("a PAX header is malformed") }
      left = value
      padding = (TarHeader.size - value % TarHeader.size) % TarHeader.size
    }
    let path = try path(name)
    if isDirectory, left > 0 { throw refused(name, "a directory with contents") }
    if !isDirectory, path.isEmpty { throw refused(name, "a file in the place of the top") }
    guard left <= limits.file else { throw refused(name, "\(left) bytes long; at most \(limits.file) are taken") }
    try remember(path, isDirectory, name)
    return TarEntry(path: path, isDirectory: isDirectory, permissions: UInt32(header.mode & 0o777), size: left)
  }

  /// Refuses what stands twice, and files that are directories elsewhere. Directories may stand several times.
  private mutating func remember(_ path: ByteString, _ isDirectory: Bool, _ name: ByteString) throws(Diagnostic) {
    count += 1
    guard count <= limits.entries else { throw mistake("it has more than \(limits.entries) entries") }
    if let before = kinds[path] {
      guard isDirectory, before else { throw refused(name, "in the archive twice") }
      return
    }
    kinds[path] = isDirectory
    var above = path
    while let slash = above.lastIndex(of: UInt8(ascii: "/")) {
      above = above[0..<slash]
      if let before = kinds[above] {
        guard before else { throw refused(name, "below \(above), which is a file") }
        return
      }
      kinds[above] = true
    }
  }

  /// The path that a name means.
  private func path(_ name: ByteString) throws(Diagnostic) -> ByteString {
    let text = name.text
    guard ByteString(text) == name, name.firstIndex(of: 0) == nil else { throw refused(name, "named in no UTF-8") }
    guard !text.hasPrefix("/"), !text.hasPrefix("\\") else {
      throw refused(name, "not below the top: its name is absolute")
    }
    let parts = text.split { $0 == "/" || $0 == "\\" }.filter { $0 != "." }
    guard !parts.contains("..") else { throw refused(name, "named with '..', which may lead out of the top") }
    guard parts.allSatisfy({ $0.utf8.count <= 255 }), name.count <= 4096 - 256 else {
      throw refused(name, "named longer than a file system takes")
    }
    return ByteString(parts.joined(separator: "/"))
  }

  // MARK: Contents

  /// Reads the next bytes of the entry's contents.
  /// - Returns: how many bytes were written to `buffer`; 0 at the end.
  package mutating func read(into buffer: UnsafeMutableBufferPointer<UInt8>) throws(Diagnostic) -> Int {
    let wanted = UnsafeMutableBufferPointer(rebasing: buffer[..<min(buffer.count, left)])
    if wanted.isEmpty { return 0 }
    guard try stream.read(into: wanted) == wanted.count else { throw .cutOff(shown) }
    left -= wanted.count
    return wanted.count
  }

  /// All contents of the entry that were not read yet.
  package mutating func contents() throws(Diagnostic) -> ByteString {
    guard left <= ByteString.maximumCount else { throw mistake("a file has too many bytes") }
    let count = left
    // Memory is only taken for what is there: sizes in headers may be made up.
    var out = ByteBuffer(capacity: min(count, 1 << 20))
    var piece = [UInt8](repeating: 0, count: min(max(count, 1), 1 << 16))
    while left > 0 {
      let got = try piece.withUnsafeMutableBufferPointer { (buffer) throws(Diagnostic) in try read(into: buffer) }
      piece.withUnsafeBufferPointer { out.append(UnsafeBufferPointer(rebasing: $0[..<got])) }
    }
    return out.finish()
  }

  private mutating func small(_ header: TarHeader) throws(Diagnostic) -> ByteString {
    guard header.size <= limits.header else { throw mistake("the name of an entry is too long") }
    return try contents()
  }

  /// Passes over what is left of an entry.
  private mutating func skip() throws(Diagnostic) {
    left += padding
    padding = 0
    var piece = [UInt8](repeating: 0, count: 1 << 14)
    while left > 0 {
      _ = try piece.withUnsafeMutableBufferPointer { (buffer) throws(Diagnostic) in try read(into: buffer) }
    }
  }

  /// The next header; nothing at the end of the archive, of which the rest is read then, for its digest.
  private mutating func header() throws(Diagnostic) -> TarHeader? {
    var block = [UInt8](repeating: 0, count: TarHeader.size)
    let got = try fill(&block)
    guard got == block.count else { throw .cutOff(shown) }
    if block.allSatisfy({ $0 == 0 }) {
      while try fill(&block) > 0 {}
      return nil
    }
    guard let header = block.withUnsafeBufferPointer({ TarHeader($0) }) else {
      throw mistake(count == 0 ? "it is no tar archive" : "the header of entry \(count + 1) is damaged")
    }
    return header
  }

  private func fill(_ block: inout [UInt8]) throws(Diagnostic) -> Int {
    try block.withUnsafeMutableBufferPointer { (buffer) throws(Diagnostic) in try stream.read(into: buffer) }
  }

  private func mistake(_ what: String) -> Diagnostic {
    Diagnostic("\(shown) cannot be read: \(what)", hint: "have it made anew")
  }

  private func refused(_ name: ByteString, _ what: String) -> Diagnostic {
    Diagnostic(
      "\(shown) holds \(name), which is \(what)", hint: "nothing was unpacked; have it made anew from plain files")
  }
}
