package import Files
import Glibc

/// Unpacks the layers of an image into a directory that nobody looks at yet: what fails half-way is thrown away with it.
///
/// There never is a link in the directory, for archives with links are refused: no path leads out of it.
package struct LayerExtraction {
  private let directory: String
  private let limits: LayerLimits

  /// - Parameter directory: an empty directory.
  package init(into directory: String, limits: LayerLimits) {
    self.directory = directory
    self.limits = limits
  }

  /// Unpacks one layer over those before.
  /// - Returns: the digest of the layer before it was compressed.
  /// - Throws: a diagnostic that names archive and entry, if it holds what is refused, see `TarReader`; or if something
  ///   cannot be written.
  package func extract(_ source: BlobContents, shown: String) throws(Diagnostic) -> ContentDigest {
    let stream = LayerStream(source, shown: shown, limit: limits.size)
    var reader = TarReader(stream, limits: limits)
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    // What a layer hides is in the layers below it, wherever in the archive that is said.
    var own: Set<ByteString> = []
    while let entry = try reader.next() {
      if try hide(entry.path, except: own, shown) { continue }
      own.insert(entry.path)
      let path = entry.path.isEmpty ? directory : "\(directory)/\(entry.path)"
      if entry.isDirectory {
        if try Disk.kind(path) != .directory {
          try Disk.remove(path)
          try Disk.createDirectory(path)
        }
        continue
      }
      try makeRoom(for: entry.path)
      let file = try FileWriter(creating: path, permissions: Self.permissions(entry.permissions))
      while true {
        let got = try buffer.withUnsafeMutableBufferPointer { (buffer) throws(Diagnostic) in
          try reader.read(into: buffer)
        }
        if got == 0 { break }
        try buffer.withUnsafeBufferPointer { (buffer) throws(Diagnostic) in
          try file.write(UnsafeBufferPointer(rebasing: buffer[..<got]))
        }
      }
      try file.close()
    }
    return stream.digest
  }

  /// Makes the directories above, and removes what lower layers have in the place.
  private func makeRoom(for path: ByteString) throws(Diagnostic) {
    if let slash = path.lastIndex(of: UInt8(ascii: "/")) {
      let parent = path[0..<slash]
      switch try Disk.kind("\(directory)/\(parent)") {
      case .directory?: break
      case nil: try Disk.createDirectory("\(directory)/\(parent)")
      default:
        try Disk.remove("\(directory)/\(parent)")
        try Disk.createDirectory("\(directory)/\(parent)")
      }
    }
    try Disk.remove("\(directory)/\(path)")
  }

  /// Follows `.wh.NAME`, by which a layer says that a file of the layers below is gone, and `.wh..wh..opq`, by which it says
  /// that of all in a directory.
  private func hide(_ path: ByteString, except own: Set<ByteString>, _ shown: String) throws(Diagnostic) -> Bool {
    let slash = path.lastIndex(of: UInt8(ascii: "/"))
    let name = path[(slash.map { $0 + 1 } ?? 0)..<path.count]
    guard name.hasPrefix(".wh.") else { return false }
    let parent = slash.map { path[0..<$0 + 1] } ?? .empty
    guard name == ".wh..wh..opq" else {
      let hidden = name[4..<name.count]
      // What these name is no file of a lower layer, but a directory, and with two dots one that is none of ours.
      guard !["", ".", ".."].contains(hidden) else {
        throw Diagnostic(
          "\(shown) holds \(path), which says that '\(hidden)' is gone",
          hint: "nothing was unpacked; have it made anew from plain files")
      }
      let place = parent.appending(hidden)
      if !own.contains(place) { try Disk.remove("\(directory)/\(place)") }
      return true
    }
    guard Disk.isDirectory("\(directory)/\(parent)") else { return true }
    for entry in try Disk.entries("\(directory)/\(parent)") {
      let inner = parent.appending(entry.name)
      let prefix = inner.appending("/")
      if !own.contains(where: { $0 == inner || $0.hasPrefix(prefix) }) { try Disk.remove("\(directory)/\(inner)") }
    }
    return true
  }

  /// What imgpkg gives: those of the owner for everybody, unless the archive says something about the others as well.
  private static func permissions(_ stored: UInt32) -> UInt32 {
    let owner = stored & 0o700
    return stored & 0o077 == 0 ? owner | owner >> 3 | owner >> 6 : stored
  }
}

extension LayerTree {
  /// Reads the files of a layer that is small enough to be held in memory.
  /// - Throws: as `LayerExtraction` does.
  package init(_ source: BlobContents, shown: String, limits: LayerLimits = .configuration) throws(Diagnostic) {
    var reader = TarReader(LayerStream(source, shown: shown, limit: limits.size), limits: limits)
    var files: [ByteString: File] = [:]
    var directories: Set<ByteString> = []
    while let entry = try reader.next() {
      if entry.isDirectory {
        directories.insert(entry.path)
      } else {
        files[entry.path] = File(try reader.contents(), isExecutable: entry.permissions & 0o100 != 0)
      }
    }
    self.init(files: files, directories: directories)
  }
}
