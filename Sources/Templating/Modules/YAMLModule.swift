import Files
import Starlark
import YAML

/// `@ytt:yaml`.
enum YAMLModule {
  static func make() -> Module {
    Module(
      "yaml",
      functions: [
        (
          "encode",
          { arguments, thread throws(Failure) in
            .string(try encode(try arguments.only(), limit: thread.limits.stringBytes))
          }
        ),
        (
          "decode",
          { arguments, _ throws(Failure) in
            Conversion.plain(try decode(try arguments.only().requireString()))
          }
        ),
      ])
  }

  /// A value as ytt prints a document of it: nothing at all for null and empty fragments.
  static func encode(_ value: Value, limit: Int = Limits().stringBytes) throws(Failure) -> ByteString {
    guard let text = print(try documents(value), limit: limit) else { throw .textTooLong(limit) }
    return text
  }

  private static func documents(_ value: Value) throws(Failure) -> [Document] {
    if let documents = Conversion.documents(value) { return documents }
    var document = Document(try Conversion.node(value))
    document.isKeptEmpty = !value.isFragment
    return [document]
  }

  private static func decode(_ text: ByteString) throws(Failure) -> Node {
    let source = SourceFile.register(path: "yaml.decode", contents: text)
    let file: ParsedFile
    do throws(Diagnostics) {
      file = try ParsedFile.parse(source, options: ParseOptions(duplicateKeys: .lastValueAtFirstPosition))
    } catch {
      throw Failure(ByteString(error.list.first?.message ?? "yaml: invalid"))
    }
    guard file.documents.count == 1 else { throw Failure("Expected to find exactly one YAML document") }
    let value = file.documents[0].value
    if let key = value.collectionAsKey { throw .collectionAsKey(key) }
    return value
  }
}

extension Node {
  /// A map or a sequence that is a key somewhere inside: no dictionary can have it.
  fileprivate var collectionAsKey: Node? {
    switch self {
    case .map(let items):
      for item in items {
        if item.key.isCollection { return item.key }
        if item.value.isCollection, let key = item.value.collectionAsKey { return key }
      }
    case .sequence(let items):
      for item in items where item.value.isCollection {
        if let key = item.value.collectionAsKey { return key }
      }
    default: break
    }
    return nil
  }
}

extension Failure {
  fileprivate static func collectionAsKey(_ key: Node) -> Failure {
    let isMap = if case .map = key { true } else { false }
    return Failure(
      "(p) unknown type yaml.\(isMap ? "MapSlice" : "ArrayItem") for conversion to starlark value",
      hint: "keys of dictionaries are strings, numbers and the like")
  }
}
