import Files

/// What a `go.mod` or a `go.work` says.
struct ModuleFile: Sendable {
  struct Requirement: Sendable {
    var path: ByteString
    var version: ModuleVersion
  }

  struct Replacement: Sendable {
    var path: ByteString
    /// Nothing: every version is replaced.
    var version: ModuleVersion?
    /// A module path, or a directory.
    var target: ByteString
    /// Nothing: the target is a directory.
    var targetVersion: ModuleVersion?
  }

  /// The module's path; empty in a `go.work`.
  var path = ByteString.empty
  /// The minor version of Go 1 that it asks for; Go takes 16 for granted.
  var goMinorVersion = 16
  var requirements: [Requirement] = []
  var replacements: [Replacement] = []
  /// Versions that are never chosen.
  var exclusions: [Requirement] = []
  /// The directories of a workspace's modules, as written.
  var uses: [ByteString] = []
  /// Directories that patterns pass over, as written.
  var ignores: [ByteString] = []

  /// The most that one may hold, in bytes.
  private static let largest = 4 << 20

  /// Reads the file at `path`.
  /// - Throws: if it cannot be read, or a line of it is malformed.
  static func read(_ path: String) throws(Diagnostic) -> ModuleFile {
    try ModuleFile(SourceFile.register(path: path, contents: try Disk.read(path, limit: largest)))
  }

  init(_ file: SourceFile) throws(Diagnostic) {
    var block: ByteString?
    var at = 0
    while at < file.contents.count {
      let end = file.contents.firstIndex(of: UInt8(ascii: "\n"), from: at) ?? file.contents.count
      let range = file.range(at..<max(end, at + 1))
      let words = Self.words(file.contents[at..<end])
      at = end + 1
      guard let first = words.first else { continue }
      if block != nil, first == ")" {
        block = nil
      } else if let block {
        try apply(block, words, range)
      } else if words.last == "(" {
        block = first
      } else {
        try apply(first, Array(words.dropFirst()), range)
      }
    }
  }

  private mutating func apply(_ verb: ByteString, _ words: [ByteString], _ range: SourceRange) throws(Diagnostic) {
    func check(_ isGood: Bool, _ form: String) throws(Diagnostic) {
      if !isGood { throw Diagnostic("expected \(form)", at: range) }
    }
    switch verb {
    case "module":
      try check(words.count == 1, "'module' and a path")
      path = words[0]
    case "go":
      try check(words.count == 1, "'go' and a version")
      let parts = words[0].split(UInt8(ascii: "."))
      if parts.count > 1, let minor = Int(parts[1].text) { goMinorVersion = minor }
    case "require", "exclude":
      try check(words.count == 2, "'\(verb)', a module path and a version")
      let requirement = Requirement(path: words[0], version: ModuleVersion(words[1]))
      if verb == "require" { requirements.append(requirement) } else { exclusions.append(requirement) }
    case "replace":
      let arrow = words.firstIndex(of: "=>") ?? 0
      let target = words[(arrow + 1)...]
      try check(
        (1...2).contains(arrow) && (1...2).contains(target.count), "'replace MODULE [VERSION] => TARGET [VERSION]'")
      replacements.append(
        Replacement(
          path: words[0], version: arrow == 2 ? ModuleVersion(words[1]) : nil, target: words[arrow + 1],
          targetVersion: target.count == 2 ? ModuleVersion(words[arrow + 2]) : nil))
    case "use":
      try check(words.count == 1, "'use' and a directory")
      uses.append(words[0])
    case "ignore":
      try check(words.count == 1, "'ignore' and a directory")
      ignores.append(words[0])
    default: break  // What newer releases of Go add does not change where packages are.
    }
  }

  /// The words of a line without its comment; quotes are taken off.
  private static func words(_ line: ByteString) -> [ByteString] {
    var words: [ByteString] = []
    var at = 0
    while at < line.count {
      switch line[at] {
      case 0x20, 0x09, 0x0D: at += 1
      case UInt8(ascii: "/") where at + 1 < line.count && line[at + 1] == UInt8(ascii: "/"): return words
      case UInt8(ascii: "("), UInt8(ascii: ")"):
        words.append(line[at..<at + 1])
        at += 1
      case UInt8(ascii: "\""), UInt8(ascii: "`"):
        let end = line.firstIndex(of: line[at], from: at + 1) ?? line.count
        words.append(line[at + 1..<max(end, at + 1)])
        at = min(end + 1, line.count)
      default:
        let start = at
        while at < line.count, ![0x20, 0x09, 0x0D, UInt8(ascii: ")")].contains(line[at]) { at += 1 }
        words.append(line[start..<at])
      }
    }
    return words
  }
}
