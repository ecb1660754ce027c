package import Files

/// Where the files of a tar archive stand, for archives that are too large to be read from the start to the end.
package struct TarIndex: Sendable {
  /// The bytes of each file, by its name.
  package let files: [ByteString: Range<Int>]

  private static let mostFiles = 100_000

  /// Goes through the headers of an archive.
  /// - Throws: a diagnostic if it is none, is cut off, or holds anything but plain files with short names.
  package init(_ archive: OpenFile) throws(Diagnostic) {
    var files: [ByteString: Range<Int>] = [:]
    let total = archive.count
    var offset = 0
    while offset + TarHeader.size <= total {
      let block = try Self.block(archive, at: offset)
      if block.allSatisfy({ $0 == 0 }) { break }
      guard let header = block.withUnsafeBufferPointer({ TarHeader($0) }) else {
        throw .noArchive(archive.path, offset)
      }
      guard header.kind == TarHeader.Kind.file, header.prefix.isEmpty else {
        throw .strangeEntry(archive.path, header.name)
      }
      let start = offset + TarHeader.size
      guard header.size <= total - start else { throw .cutOff(archive.path, header.name) }
      guard files.updateValue(start..<start + header.size, forKey: header.name) == nil, files.count <= Self.mostFiles
      else { throw .strangeEntry(archive.path, header.name) }
      offset = start + TarHeader.padded(header.size)
    }
    if files.isEmpty { throw .noArchive(archive.path, 0) }
    self.files = files
  }

  private static func block(_ archive: OpenFile, at offset: Int) throws(Diagnostic) -> [UInt8] {
    var block = [UInt8](repeating: 0, count: TarHeader.size)
    var problem: Diagnostic?
    block.withUnsafeMutableBytes { buffer in
      do throws(Diagnostic) { _ = try archive.read(at: offset, into: buffer) } catch { problem = error }
    }
    if let problem { throw problem }
    return block
  }
}

/// Where the files of an archive will stand, whose sizes are known before their bytes are.
package struct TarPlan: Sendable {
  /// A file of the archive.
  package struct File: Sendable {
    package let name: ByteString
    package let size: Int
    /// Where its header begins.
    package let start: Int

    /// The block in front of its bytes.
    package var header: ByteString {
      ByteString(TarHeader(name: name, mode: 0o644, size: size, kind: TarHeader.Kind.file).block)
    }

    /// Where its bytes begin.
    package var offset: Int { start + TarHeader.size }
  }

  package let files: [File]
  /// How many bytes the archive has, with the two empty blocks at its end.
  package let count: Int

  /// The most bytes that the header of a file has digits for.
  private static let largestFile = 1 << 33 - 1

  /// - Throws: a diagnostic if a file is larger than the headers can say.
  package init(_ files: [(name: ByteString, size: Int)]) throws(Diagnostic) {
    var start = 0
    var planned: [File] = []
    for file in files {
      guard file.size <= Self.largestFile, file.name.count <= TarHeader.longestName else {
        throw Diagnostic("\(file.name) has \(file.size) bytes, and an archive takes files of at most 8 GiB")
      }
      planned.append(File(name: file.name, size: file.size, start: start))
      start += TarHeader.size + TarHeader.padded(file.size)
    }
    self.files = planned
    count = start + 2 * TarHeader.size
  }
}

extension TarHeader {
  /// `count` bytes with what fills the last block.
  fileprivate static func padded(_ count: Int) -> Int { (count + size - 1) / size * size }
}

extension Diagnostic {
  fileprivate static func noArchive(_ path: String, _ offset: Int) -> Diagnostic {
    Diagnostic("\(path) is no tar archive: there is no header at byte \(offset)", hint: "have it written once more")
  }

  fileprivate static func strangeEntry(_ path: String, _ name: ByteString) -> Diagnostic {
    Diagnostic(
      "\(path) holds '\(name)', which is no plain file, or holds it twice",
      hint: "use an archive that 'sailplan images copy' or 'imgpkg copy' wrote")
  }

  fileprivate static func cutOff(_ path: String, _ name: ByteString) -> Diagnostic {
    Diagnostic("\(path) is cut off in '\(name)'", hint: "have it written, or brought here, once more")
  }
}
