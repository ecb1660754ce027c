import Files
import Starlark
import YAML

/// How much of this machine templates may use: the flags that ytt does not have.
struct YttLimits {
  /// Of programs and of what they make.
  private(set) var programs = Limits()
  /// Of YAML files.
  private(set) var files = ParseOptions.Limits()
  /// Bytes of all that is printed or written.
  private(set) var output = 1 << 30

  /// Beyond this the reader's own stack would not be enough.
  private static let deepest = 500

  static let flags: [YttFlags.Flag] = [
    YttFlags.Flag(name: "max-steps", kind: .value, help: "loop rounds and calls of all templates (2000M)"),
    YttFlags.Flag(name: "max-call-depth", kind: .value, help: "calls of functions inside each other (5000)"),
    YttFlags.Flag(name: "max-depth", kind: .value, help: "levels of maps and arrays in a file (256; at most 500)"),
    YttFlags.Flag(name: "max-file-size", kind: .value, help: "bytes of a file (256M)"),
    YttFlags.Flag(
      name: "max-nodes", kind: .value,
      help: "map and array items of a file with aliases expanded, or of a value that a template makes (20M)"),
    YttFlags.Flag(name: "max-string-size", kind: .value, help: "bytes of a string, or of a text file made (256M)"),
    YttFlags.Flag(name: "max-elements", kind: .value, help: "elements of a list, dictionary or set (32M)"),
    YttFlags.Flag(name: "max-output-size", kind: .value, help: "bytes of the output (1G)"),
  ]

  init(_ flags: YttFlags) throws(YttFlags.Problem) {
    if let count = try flags.count("max-steps") { programs.steps = Int64(count) }
    if let count = try flags.count("max-call-depth") { programs.callDepth = count }
    if let count = try flags.count("max-depth") {
      guard count <= Self.deepest else {
        throw YttFlags.Problem(
          message: "invalid argument \"\(count)\" for \"--max-depth\" flag: at most \(Self.deepest)")
      }
      files.depth = count
    }
    if let size = try flags.count("max-file-size") { files.size = size }
    if let count = try flags.count("max-nodes") {
      files.nodes = count
      programs.nodes = count
    }
    if let size = try flags.count("max-string-size") { programs.stringBytes = size }
    if let count = try flags.count("max-elements") { programs.elements = count }
    if let size = try flags.count("max-output-size") { output = size }
  }
}

extension YttFlags {
  /// A number above 0, in which `k`, `M` and `G` stand for thousands, millions and so on (1024 each).
  fileprivate func count(_ name: String) throws(Problem) -> Int? {
    guard let text = last(name) else { return nil }
    let units: [Character: Int] = ["k": 10, "K": 10, "M": 20, "G": 30]
    let shift = text.last.flatMap { units[$0] }
    guard let number = Int(shift == nil ? text : String(text.dropLast())), number > 0,
      number <= Int.max >> (shift ?? 0)
    else {
      throw Problem(
        message: "invalid argument \"\(text)\" for \"--\(name)\" flag: give a number, such as 500, 20M or 1G")
    }
    return number << (shift ?? 0)
  }
}
