package import Files

/// A parsed and resolved source, ready to run any number of times, on any number of threads at once.
package final class Program: Sendable {
  /// Where it came from.
  package let file: SourceFile

  init(file: SourceFile) { self.file = file }

  /// Parses a whole file of Starlark. `predeclared` are the names, besides the universe, that `run` will be given.
  package static func parse(
    _ file: SourceFile, predeclared: [ByteString] = [], limits: Limits = Limits()
  ) throws(Diagnostics) -> Program {
    try parse(file, segments: [.code(0..<file.contents.count)], predeclared: predeclared, limits: limits)
  }

  /// Parses a template: code and host statements of one file, in order.
  package static func parse(
    _ file: SourceFile, segments: [Segment], predeclared: [ByteString] = [], limits: Limits = Limits()
  ) throws(Diagnostics) -> Program {
    Program(file: file)
  }

  /// The names of the modules that it loads, with the place of each name.
  package var loads: [(module: ByteString, position: Position)] { [] }
}

/// What the run of a program leaves: its global names and their values, all frozen.
package struct Exports {
  /// Names and values in the order in which the program binds them; names without a value left out.
  package let entries: [(name: ByteString, value: Value)]

  package init(_ entries: [(name: ByteString, value: Value)]) { self.entries = entries }

  /// The value of a name.
  package subscript(name: ByteString) -> Value? {
    for entry in entries where entry.name == name { return entry.value }
    return nil
  }
}
