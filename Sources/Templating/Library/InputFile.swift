package import Files
package import YAML

/// A file that a rendering is given, and what it is taken for.
package struct InputFile: Sendable {
  /// What is done with a file.
  package enum Kind: Sendable, Hashable {
    case yaml, text, starlark
    /// Only read by `data.read`.
    case data
  }

  /// The file's content and what was made of it so far; renderings that share it share the work.
  package private(set) var unit: SourceUnit
  /// The path that file marks match.
  package let originalPath: ByteString
  /// What file marks say; nothing where the name decides.
  package var markedKind: Kind?
  package var markedTemplate: Bool?
  package var markedForOutput: Bool?

  package init(_ unit: SourceUnit) {
    self.unit = unit
    originalPath = unit.path
  }

  package init(path: ByteString, contents: ByteString, limits: ParseOptions.Limits = ParseOptions.Limits()) {
    self.init(SourceUnit(path: path, contents: contents, limits: limits))
  }

  /// The path that templates know it by, and where its output goes.
  package var path: ByteString { unit.path }

  /// Gives it another path.
  package mutating func rename(to path: ByteString) {
    unit = SourceUnit(path: path, contents: unit.contents, limits: unit.limits)
  }

  /// The last part of the path.
  package var name: ByteString {
    var start = 0
    for index in 0..<path.count where path[index] == UInt8(ascii: "/") { start = index + 1 }
    return path[start..<path.count]
  }

  /// What it is: by the end of its name, unless a mark says otherwise.
  package var kind: Kind {
    if let markedKind { return markedKind }
    let name = name
    if name.hasSuffix(".yaml") || name.hasSuffix(".yml") { return .yaml }
    if name.hasSuffix(".star") { return .starlark }
    return name.hasSuffix(".txt") ? .text : .data
  }

  /// Whether it can be loaded, and makes no output: Starlark, and what has `.lib` before its last suffix.
  package var isLibrary: Bool { kind == .starlark || name.hasLibrarySuffix }

  private var isNamedTemplate: Bool { !isLibrary && (kind == .yaml || kind == .text) }

  /// Whether code in it is carried out.
  package var isTemplate: Bool { markedTemplate ?? isNamedTemplate }

  /// Whether what it makes is part of the output.
  package var isForOutput: Bool {
    if let markedForOutput { return markedForOutput }
    return markedTemplate == true || isNamedTemplate
  }
}

extension ByteString {
  /// Whether the last suffix has `.lib` before it, and something before that.
  fileprivate var hasLibrarySuffix: Bool {
    let parts = split(at: UInt8(ascii: "."))
    return parts.count > 2 && parts[parts.count - 2] == "lib"
  }
}
