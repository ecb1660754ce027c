package import Files
package import Starlark
package import YAML

/// The data values that a command line gives, with what its files hold. Reading files and the environment is up to
/// the caller.
package struct DataValueArguments: Sendable {
  /// A file or directory of `--data-values-file`.
  package struct ValuesFile: Sendable {
    /// The argument as given, `@library:` in front included.
    package var argument: ByteString
    /// The file, or the files of the directory, by the names to show.
    package var files: [(name: String, contents: ByteString)]
    /// Whether messages must not show what is in them.
    package var isSecret: Bool

    package init(argument: ByteString, files: [(name: String, contents: ByteString)], isSecret: Bool = false) {
      self.argument = argument
      self.files = files
      self.isSecret = isSecret
    }
  }

  /// Values that a program made and no file holds: they are put over the schema's first, as those of a file are.
  package var made: [Document] = []
  /// `--data-values-file`.
  package var valuesFiles: [ValuesFile] = []
  /// Prefixes of `--data-values-env`.
  package var environment: [ByteString] = []
  /// Prefixes of `--data-values-env-yaml`.
  package var environmentYAML: [ByteString] = []
  /// `--data-value`: `key=value`.
  package var strings: [ByteString] = []
  /// `--data-value-yaml`: `key=value`.
  package var yaml: [ByteString] = []
  /// `--data-value-file`: `key=path`, and what is in the file.
  package var fileContents: [(argument: ByteString, contents: ByteString)] = []
  /// The variables of the environment, each `name=value`.
  package var variables: [ByteString] = []
  /// Whether YAML must mean the same in every version.
  package var isStrict = false
  /// What a file or value may ask of us to read it.
  package var limits = ParseOptions.Limits()

  package init() {}

  /// The documents in the order in which they are put over each other: values files, then the environment, then single
  /// values, then single values from files. Source: ytt 0.48; see `docs` of its data values.
  package func documents() throws(Failure) -> [DataValuesDocument] { try documents(sharing: nil) }

  func documents(sharing shared: SharedValues?) throws(Failure) -> [DataValuesDocument] {
    var documents = made.map { DataValuesDocument($0, .plain) }
    for file in valuesFiles {
      documents += try Self.context("Extracting data value from file: ") { () throws(Failure) in
        guard let shared else { return try read(file) }
        return try shared.documents(of: file, options) { () throws(Failure) in try read(file) }
      }
    }
    for (prefixes, flag, isYAML) in [
      (environment, "data-values-env", false), (environmentYAML, "data-values-env-yaml", true),
    ] {
      for prefix in prefixes {
        documents += try Self.context("Extracting data values from env under prefix '\(prefix)': ") {
          () throws(Failure) in try read(prefix: prefix, flag, isYAML: isYAML)
        }
      }
    }
    for (arguments, flag, isYAML) in [(strings, "data-value", false), (yaml, "data-value-yaml", true)] {
      for argument in arguments {
        documents.append(
          try Self.context("Extracting data value from KV: ") { () throws(Failure) in
            try read(argument, flag, isYAML: isYAML)
          })
      }
    }
    for file in fileContents {
      documents.append(
        try Self.context("Extracting data value from file: ") { () throws(Failure) in
          try read(file.argument, contents: file.contents)
        })
    }
    return documents
  }

  private static func context<R>(_ prefix: String, _ body: () throws(Failure) -> R) throws(Failure) -> R {
    do throws(Failure) {
      return try body()
    } catch {
      throw error.prefixed(prefix)
    }
  }

  /// Splits `@library:rest`; without a library the rest is everything.
  package static func split(
    _ argument: ByteString
  ) throws(Failure) -> (library: [LibraryReference], rest: ByteString) {
    guard argument.hasPrefix("@"), let colon = argument.firstIndex(of: UInt8(ascii: ":")) else {
      return ([], argument)
    }
    if colon == 1 { throw Failure("Expected library ref to not be empty") }
    return (try LibraryReference.parse(argument[0..<colon]), argument[colon + 1..<argument.count])
  }

  /// Splits `@library:key`; a key has no colon.
  private static func splitKey(
    _ argument: ByteString
  ) throws(Failure) -> (library: [LibraryReference], rest: ByteString) {
    let (library, key) = try split(argument)
    if key.firstIndex(of: UInt8(ascii: ":")) != nil {
      throw Failure("Expected at most one library-key separator ':' in '\(key)'")
    }
    return (library, key)
  }

  private func read(_ file: ValuesFile) throws(Failure) -> [DataValuesDocument] {
    let (library, path) = try Self.split(file.argument)
    var documents: [DataValuesDocument] = []
    for (name, contents) in file.files {
      let source = SourceFile.register(path: name, contents: contents)
      if file.isSecret { source.keepSecret() }
      let parsed: ParsedFile
      do throws(Diagnostics) {
        parsed = try ParsedFile.parse(source, options: options)
      } catch {
        throw Failure(
          ByteString("Unmarshaling YAML data values file '\(name)': \(error.yamlMessage)"), cause: .diagnostics(error))
      }
      let hasValues = parsed.documents.contains { !$0.value.isNull }
      if hasValues, let comment = parsed.comments.first(where: { $0.text.hasPrefix("@") }) {
        throw .annotated(path, comment.position)
      }
      for document in parsed.documents where !document.value.isNull {
        documents.append(DataValuesDocument(document, .plain, library: library))
      }
    }
    return documents
  }

  private func read(
    prefix argument: ByteString, _ flag: String, isYAML: Bool
  ) throws(Failure) -> [DataValuesDocument] {
    let (library, prefix) = try Self.splitKey(argument)
    let start = prefix.appending("_")
    var documents: [DataValuesDocument] = []
    // The environment has no order of its own that could be relied upon.
    for variable in variables.sorted() {
      guard let equals = variable.firstIndex(of: UInt8(ascii: "=")) else {
        throw Failure("Expected env variable to be key-value pair (format: key=value)")
      }
      let name = variable[0..<equals]
      guard name.hasPrefix(start) else { continue }
      let source = SourceFile.register(path: "(\(flag) arg) \(prefix)", contents: variable)
      let value = try value(variable[equals + 1..<variable.count], flag, isYAML: isYAML) {
        "Extracting data value from env variable '\(name)': "
      }
      let keys = name.pieces(from: start.count, betweenDouble: UInt8(ascii: "_"))
      documents.append(Self.assignment(keys, value, source, library))
    }
    return documents
  }

  private func read(
    _ argument: ByteString, _ flag: String, isYAML: Bool
  ) throws(Failure) -> DataValuesDocument {
    guard let equals = argument.firstIndex(of: UInt8(ascii: "=")) else { throw Failure("Expected format key=value") }
    let value = try value(argument[equals + 1..<argument.count], flag, isYAML: isYAML) {
      "Deserializing value for key '\(argument[0..<equals])': "
    }
    let (library, key) = try Self.splitKey(argument[0..<equals])
    let source = SourceFile.register(path: "(\(flag) arg)", contents: argument)
    return Self.assignment(key.pieces(from: equals - key.count, at: UInt8(ascii: ".")), value, source, library)
  }

  private func read(_ argument: ByteString, contents: ByteString) throws(Failure) -> DataValuesDocument {
    guard let equals = argument.firstIndex(of: UInt8(ascii: "=")) else {
      throw Failure("Expected format key=/file/path")
    }
    let (library, key) = try Self.splitKey(argument[0..<equals])
    let path = argument[equals + 1..<argument.count]
    let source = SourceFile.register(path: "(data-value-file arg) \(key)=\(path)", contents: contents)
    let keys = key.split(at: UInt8(ascii: ".")).map { KeyPiece(key: $0, offset: 0) }
    return Self.assignment(keys, .string(contents), source, library)
  }

  private var options: ParseOptions {
    var options = ParseOptions(duplicateKeys: .lastValueAtFirstPosition)
    options.isStrict = isStrict
    options.limits = limits
    return options
  }

  /// The value of an argument: as it is, or read as YAML.
  private func value(
    _ text: ByteString, _ flag: String, isYAML: Bool, context: () -> String
  ) throws(Failure) -> Node {
    guard isYAML else { return .string(text) }
    let source = SourceFile.register(path: "(\(flag) arg)", contents: text)
    do throws(Diagnostics) {
      return try ParsedFile.parse(source, options: options).documents.first?.value ?? .null
    } catch {
      throw Failure(
        ByteString("\(context())Deserializing YAML value: \(error.yamlMessage)"), cause: .diagnostics(error))
    }
  }

  /// A document that assigns a value to a key of a map of a map….
  private static func assignment(
    _ keys: [KeyPiece], _ value: Node, _ source: SourceFile, _ library: [LibraryReference]
  ) -> DataValuesDocument {
    var value = value
    for piece in keys.reversed() {
      value = .map([MapItem(key: .string(piece.key), value: value, position: source.position(piece.offset))])
    }
    return DataValuesDocument(
      Document(value, position: source.position(0)), .assignment(depth: keys.count), library: library)
  }
}

/// A part of a dotted key, and where it stands in its argument.
private struct KeyPiece {
  let key: ByteString
  let offset: Int
}

extension ByteString {
  /// The runs of bytes between separators; `offset` is where this string stands in the text it was cut from.
  fileprivate func pieces(from offset: Int, at separator: UInt8) -> [KeyPiece] {
    var offset = offset
    return split(at: separator).map { piece in
      defer { offset += piece.count + 1 }
      return KeyPiece(key: piece, offset: offset)
    }
  }

  /// The runs of bytes, from `start` on, between two separators next to each other.
  fileprivate func pieces(from start: Int, betweenDouble separator: UInt8) -> [KeyPiece] {
    var pieces: [KeyPiece] = []
    var start = start
    var index = start
    while index + 1 < count {
      if self[index] == separator && self[index + 1] == separator {
        pieces.append(KeyPiece(key: self[start..<index], offset: start))
        index += 2
        start = index
      } else {
        index += 1
      }
    }
    pieces.append(KeyPiece(key: self[start..<count], offset: start))
    return pieces
  }
}

extension Diagnostics {
  /// What is wrong with a file of YAML, as ytt words it.
  fileprivate var yamlMessage: String {
    guard let first = list.first else { return "yaml: invalid" }
    if first.message.hasPrefix("yaml: ") { return first.message }
    guard let range = first.range else { return "yaml: \(first.message)" }
    return "yaml: line \(range.start.line): \(first.message)"
  }
}

extension Failure {
  fileprivate static func annotated(_ path: ByteString, _ position: Position) -> Failure {
    let message =
      "Expected to be plain YAML, having no annotations (hint: remove comments starting with `#@`)"
    return Failure(
      ByteString("Checking data values file '\(path)': \(message)"),
      cause: .diagnostics(
        Diagnostics(
          Diagnostic("annotations are not allowed in a file of plain values", at: position, hint: "remove '#@'"))))
  }
}
