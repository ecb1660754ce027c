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
    return file.documents[0].value
  }
}
