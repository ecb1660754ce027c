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
  /// The last part of the path.
  package private(set) var name: ByteString
  /// What it is by the end of its name.
  private var namedKind: Kind
  private var hasLibrarySuffix: Bool
  /// What file marks say; nothing where the name decides.
  package var markedKind: Kind?
  package var markedTemplate: Bool?
  package var markedForOutput: Bool?

  package init(_ unit: SourceUnit) {
    self.unit = unit
    originalPath = unit.path
    name = Self.name(of: unit.path)
    namedKind = Kind(name: name)
    hasLibrarySuffix = name.hasLibrarySuffix
  }

  package init(path: ByteString, contents: ByteString, limits: ParseOptions.Limits = ParseOptions.Limits()) {
    self.init(SourceUnit(path: path, contents: contents, limits: limits))
  }

  /// The path that templates know it by, and where its output goes.
  package var path: ByteString { unit.path }

  /// Gives it another path.
  package mutating func rename(to path: ByteString) {
    unit = SourceUnit(path: path, contents: unit.contents, limits: unit.limits)
    name = Self.name(of: path)
    namedKind = Kind(name: name)
    hasLibrarySuffix = name.hasLibrarySuffix
  }

  private static func name(of path: ByteString) -> ByteString {
    var start = path.count
    while start > 0, path[start - 1] != UInt8(ascii: "/") { start -= 1 }
    return path[start..<path.count]
  }

  /// What it is: by the end of its name, unless a mark says otherwise.
  package var kind: Kind { markedKind ?? namedKind }

  /// Whether it can be loaded, and makes no output: Starlark, and what has `.lib` before its last suffix.
  package var isLibrary: Bool { kind == .starlark || hasLibrarySuffix }

  private var isNamedTemplate: Bool { !isLibrary && (kind == .yaml || kind == .text) }

  /// Whether code in it is carried out.
  package var isTemplate: Bool { markedTemplate ?? isNamedTemplate }

  /// Whether what it makes is part of the output.
  package var isForOutput: Bool {
    if let markedForOutput { return markedForOutput }
    return markedTemplate == true || isNamedTemplate
  }
}

extension InputFile.Kind {
  fileprivate init(name: ByteString) {
    self =
      if name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
        .yaml
      } else if name.hasSuffix(".star") {
        .starlark
      } else {
        name.hasSuffix(".txt") ? .text : .data
      }
  }
}

extension ByteString {
  /// Whether the last suffix has `.lib` before it, and something before that.
  fileprivate var hasLibrarySuffix: Bool {
    let parts = split(at: UInt8(ascii: "."))
    return parts.count > 2 && parts[parts.count - 2] == "lib"
  }
}
