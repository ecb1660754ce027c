import Files
import Glibc
import Templating
import YAML

/// Reads the files that `-f` and its like name.
struct YttFiles {
  let limits: ParseOptions.Limits
  /// Links may lead there; nothing allows none.
  let allowedLinks: [String]
  let allowsAllLinks: Bool
  private var hasReadInput = false

  init(limits: ParseOptions.Limits, allowedLinks: [String], allowsAllLinks: Bool) {
    self.limits = limits
    self.allowedLinks = allowedLinks
    self.allowsAllLinks = allowsAllLinks
  }

  /// The most bytes of a file that are read: the reader of YAML says of one that is larger by how much.
  private var largest: Int { max(limits.size, 1 << 30) }

  /// The files of one `-f`: `path`, `name=path`, `-`. Those of a directory are sorted by path.
  mutating func files(_ argument: String) throws(Diagnostic) -> [InputFile] {
    let parts = argument.split(separator: "=", omittingEmptySubsequences: false)
    guard parts.count <= 2, let last = parts.last else {
      throw Diagnostic(
        "Expected file '\(argument)' to only have single '=' sign to for relative path assignment")
    }
    let path = String(last)
    var files: [InputFile]
    if path == "-" {
      files = [InputFile(path: "stdin.yml", contents: try input(), limits: limits)]
    } else if path.hasPrefix("http://") || path.hasPrefix("https://") {
      throw .noNetwork(path)
    } else {
      return try localFiles(path, name: parts.count == 2 ? String(parts[0]) : nil)
    }
    if parts.count == 2, !parts[0].isEmpty { files[0].rename(to: ByteString(String(parts[0]))) }
    return files
  }

  /// Standard input, which can be read once.
  mutating func input() throws(Diagnostic) -> ByteString {
    if hasReadInput {
      throw Diagnostic(
        "Standard input has already been read, has the '-' argument been used in more than one flag?")
    }
    hasReadInput = true
    return try Disk.readStandardInput(limit: largest)
  }

  private func localFiles(_ path: String, name: String?) throws(Diagnostic) -> [InputFile] {
    guard let kind = try Disk.kind(path) else {
      throw Diagnostic("Checking file '\(path)': lstat \(path): no such file or directory")
    }
    if kind == .directory {
      var files: [InputFile] = []
      try walk(path, prefix: "", into: &files)
      files.sort { $0.path < $1.path }
      return files
    }
    var file = InputFile(path: ByteString(baseName(path)), contents: try contents(path, kind), limits: limits)
    if let name, !name.isEmpty { file.rename(to: ByteString(name)) }
    return [file]
  }

  private func walk(_ path: String, prefix: String, into files: inout [InputFile]) throws(Diagnostic) {
    for entry in try Disk.entries(path) {
      let inner = path.hasSuffix("/") ? path + entry.name.text : "\(path)/\(entry.name)"
      let relative = prefix + entry.name.text
      if entry.kind == .directory {
        try walk(inner, prefix: relative + "/", into: &files)
      } else {
        files.append(InputFile(path: ByteString(relative), contents: try contents(inner, entry.kind), limits: limits))
      }
    }
  }

  private func contents(_ path: String, _ kind: FileKind) throws(Diagnostic) -> ByteString {
    // A pipe holds what its writer gives: no link to it can lead to somebody's file.
    if kind == .link || kind == .other, Disk.isPipe(path) { return try Disk.readPipe(path, limit: largest) }
    if kind == .link { try checkLink(path) }
    if kind == .other { throw Diagnostic("Expected file '\(path)' to be a regular file, but was not") }
    return try Disk.read(path, limit: largest)
  }

  /// Links are followed only where the user allows it: a link in somebody else's directory could show a secret.
  private func checkLink(_ path: String) throws(Diagnostic) {
    if allowsAllLinks { return }
    guard let target = Self.resolved(path) else {
      throw Diagnostic("Checking symlink file '\(path)': Eval symlink: it leads nowhere")
    }
    for allowed in allowedLinks {
      guard let allowed = Self.resolved(allowed) ?? Self.absolute(allowed) else { continue }
      if target == allowed || allowed == "/" || target.hasPrefix(allowed + "/") { return }
    }
    throw Diagnostic(
      "Checking symlink file '\(path)': Expected symlink file '\(path)' -> '\(target)' to be allowed, but was not "
        + "(hint: symlinks are disallowed as a security feature, use '--allow-symlink-destination' flags to override)")
  }

  private static func resolved(_ path: String) -> String? {
    guard let pointer = realpath(path, nil) else { return nil }
    defer { free(pointer) }
    return String(cString: pointer)
  }

  private static func absolute(_ path: String) -> String? { path.hasPrefix("/") ? path : nil }

  private func baseName(_ path: String) -> String {
    String(path.split(separator: "/").last ?? "/")
  }
}

extension Diagnostic {
  /// ytt would ask the network; what is rendered here depends on nothing that may be different the next time.
  fileprivate static func noNetwork(_ address: String) -> Diagnostic {
    let name = address.split(separator: "/").last ?? "name"
    return Diagnostic(
      "cannot fetch '\(address)': rendering does not use the network",
      hint: "hand it over, as in: curl -fsSL '\(address)' | sailplan ytt -f '\(name)=-'")
  }
}
