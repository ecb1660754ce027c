import Files
import Glibc

/// Where `--output-files` and `--dangerous-emptied-output-directory` write: files that only their owner can read.
struct YttOutputDirectory {
  let path: String
  /// Whether what was there before is removed.
  let empties: Bool

  /// Writes the files, and says so for each.
  func write(_ files: [(path: ByteString, contents: ByteString)]) throws(Diagnostic) {
    if empties {
      var seen: Set<ByteString> = []
      for file in files where !seen.insert(file.path).inserted {
        throw Diagnostic("Multiple files have same output destination paths: \(file.path)")
      }
      if ["/", ".", "./", ""].contains(path) {
        throw Diagnostic("Expected output directory path to not be one of '/', '.', './', ''")
      }
      try Self.remove(path)
    }
    try Self.createDirectory(path)
    for file in files {
      let target = Self.cleaned("\(path)/\(file.path)")
      Output.standard.write("creating: \(target)\n")
      if let slash = target.lastIndex(of: "/"), slash != target.startIndex {
        try Self.createDirectory(String(target[..<slash]))
      }
      try Self.write(file.contents, to: target)
    }
  }

  /// The path without empty parts and `.`, and with `..` taken up where that can be.
  private static func cleaned(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." { parts.removeLast() } else { parts.append(part) }
    }
    return (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
  }

  private static func createDirectory(_ path: String) throws(Diagnostic) {
    var made = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
      made += (made.isEmpty || made.hasSuffix("/") ? "" : "/") + part
      if mkdir(made, 0o700) != 0 && errno != EEXIST { throw .failed("create the directory", made) }
    }
  }

  private static func write(_ contents: ByteString, to path: String) throws(Diagnostic) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o700)
    guard descriptor >= 0 else { throw .failed("write", path) }
    defer { close(descriptor) }
    let isWritten = contents.withBytes { bytes in
      var written = 0
      while written < bytes.count {
        let count = Glibc.write(descriptor, bytes.baseAddress?.advanced(by: written), bytes.count - written)
        if count < 0 {
          if errno == EINTR { continue }
          return false
        }
        written += count
      }
      return true
    }
    guard isWritten else { throw .failed("write", path) }
  }

  private static func remove(_ path: String) throws(Diagnostic) {
    guard let kind = try Disk.kind(path) else { return }
    if kind == .directory {
      for entry in try Disk.entries(path) { try remove("\(path)/\(entry.name)") }
      if rmdir(path) != 0 { throw .failed("remove", path) }
    } else if unlink(path) != 0 {
      throw .failed("remove", path)
    }
  }
}

extension Diagnostic {
  fileprivate static func failed(_ action: String, _ path: String) -> Diagnostic {
    Diagnostic("cannot \(action) '\(path)': \(String(cString: strerror(errno)))")
  }
}
