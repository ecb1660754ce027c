package import Files
import Glibc

/// A directory that a test may fill; it goes with its last reference.
package final class TemporaryDirectory: Sendable {
  /// Its absolute path, free of links.
  package let path: String

  /// Makes one below `TMPDIR`, or below `/tmp`.
  package init() throws(TemporaryDirectory.Failure) {
    let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(base)/sailplan-test-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Failure(path: base, errorNumber: errno) }
    let made = template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? base }
    guard let resolved = realpath(made, nil) else { throw Failure(path: made, errorNumber: errno) }
    path = String(cString: resolved)
    free(resolved)
  }

  deinit { TemporaryDirectory.remove(path) }

  private static func remove(_ path: String) {
    var facts = stat()
    guard lstat(path, &facts) == 0 else { return }
    if facts.st_mode & S_IFMT == S_IFDIR {
      // A test may have taken away the right to list or to change it.
      chmod(path, 0o700)
      for name in names(in: path) { remove("\(path)/\(name)") }
    }
    Glibc.remove(path)
  }

  private static func names(in directory: String) -> [String] {
    guard let stream = opendir(directory) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: pointer.pointee)) {
          String(cString: $0)
        }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names
  }

  /// Why a test's file could not be made or read.
  package struct Failure: Error, CustomStringConvertible {
    package var path: String
    package var errorNumber: Int32

    package var description: String { "\(path): \(String(cString: strerror(errorNumber)))" }
  }

  /// The absolute path of something inside.
  package func path(_ relative: String) -> String { relative.isEmpty ? path : "\(path)/\(relative)" }

  /// Writes a file, and makes the directories that it needs.
  package func write(_ contents: ByteString, to relative: String, mode: UInt32 = 0o644) throws(Failure) {
    var directory = path
    let parts = relative.split(separator: "/")
    for part in parts.dropLast() {
      directory += "/\(part)"
      if mkdir(directory, 0o755) != 0 && errno != EEXIST { throw Failure(path: directory, errorNumber: errno) }
    }
    let file = open(path(relative), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
    guard file >= 0 else { throw Failure(path: relative, errorNumber: errno) }
    defer { close(file) }
    let complete = contents.withBytes { bytes in
      var done = 0
      while done < bytes.count, let base = bytes.baseAddress {
        let written = Glibc.write(file, base + done, bytes.count - done)
        if written <= 0 { return false }
        done += written
      }
      return true
    }
    if !complete { throw Failure(path: relative, errorNumber: errno) }
  }

  /// Reads a file; nothing where it cannot be read.
  package func read(_ relative: String) -> ByteString? {
    let file = open(path(relative), O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var all: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 65536)
    while true {
      let got = Glibc.read(file, &piece, piece.count)
      if got < 0 { return nil }
      if got == 0 { return ByteString(all) }
      all += piece[..<got]
    }
  }

  /// Whether something, if only a link to nowhere, stands at `relative`.
  package func exists(_ relative: String) -> Bool {
    var facts = stat()
    return lstat(path(relative), &facts) == 0
  }
}
