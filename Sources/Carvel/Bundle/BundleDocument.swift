import Files
import YAML

/// One document of imgpkg's own, with the keys that it may have.
struct BundleDocument {
  static let apiVersion: ByteString = "imgpkg.carvel.dev/v1alpha1"

  let root: Node
  private let shown: String
  private let place: SourceRange

  /// Reads a file of one document.
  /// - Parameter keys: those that may stand at the top besides `apiVersion` and `kind`; nothing for any.
  /// - Throws: a diagnostic if it is no YAML or of another kind.
  init(parsing source: SourceFile, kind: ByteString, keys: [ByteString]? = nil) throws(Diagnostics) {
    let documents = try ParsedFile.parse(source, options: ParseOptions(duplicateKeys: .error)).documents
    guard let document = documents.first(where: { if case .null = $0.value { false } else { true } }) else {
      throw Diagnostics(Diagnostic("the file is empty; expected a document of kind \(kind)", at: source.position(0)))
    }
    root = document.value
    place = SourceRange(document.position)
    shown = kind.text
    guard root.value(at: "apiVersion")?.stringValue == Self.apiVersion, root.value(at: "kind")?.stringValue == kind
    else {
      throw Diagnostics(
        Diagnostic("this is not of kind \(kind) and apiVersion \(Self.apiVersion), as it has to be", at: place))
    }
    guard let keys, case .map(let items) = root else { return }
    for item in items {
      let key = item.key.stringValue ?? .empty
      guard key != "apiVersion", key != "kind", !keys.contains(key) else { continue }
      throw Diagnostics(
        Diagnostic(
          "a \(kind) has no key '\(key)'", at: item.position,
          hint: "expected one of: \(keys.map(\.text).joined(separator: ", "))"))
    }
  }

  /// The text at a path; nothing where there is none.
  func text(_ first: ByteString, _ second: ByteString) -> ByteString? { root.value(at: first, second)?.stringValue }

  /// The items of a list at the top.
  func list(_ key: ByteString) throws(Diagnostics) -> [Node] {
    switch root.value(at: key) {
    case nil, .null?: return []
    case .sequence(let items)?: return items.map(\.value)
    default: throw mistake("'\(key)' of a \(shown) is a list, and here it is not")
    }
  }

  func mistake(_ message: String, hint: String? = nil) -> Diagnostics {
    Diagnostics(Diagnostic(message, at: place, hint: hint))
  }
}

extension Node {
  /// The text of a file of one document with keys in order, as Carvel's tools write it.
  var documentText: ByteString { ByteString("---\n").appending(print([Document(self)])) }
}
