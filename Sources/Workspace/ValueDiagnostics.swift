import Files
import Kubernetes
import Templating
import YAML

extension Diagnostics {
  /// The same with places that the user can mend.
  ///
  /// A value that nobody gave has its place in the bundle's schema, where its default stands. What is to be mended is the
  /// environment's own file: the key that the value would stand under, as far as there is one.
  func placed(in inputs: EnvironmentInputs) -> Diagnostics {
    let own = Set(inputs.all.map { $0.input.unit.source.id })
    return Diagnostics(
      list.map { diagnostic in
        guard let range = diagnostic.range, !own.contains(range.start.file), let path = diagnostic.valuePath,
          let place = inputs.place(ofMissing: path)
        else { return diagnostic }
        var diagnostic = diagnostic
        diagnostic.range = place
        if diagnostic.hint == nil, let file = inputs.values.last {
          diagnostic.hint = "write \(ByteString(pathComponents: path).text.replacing("/", with: ".")) into \(file.path)"
        }
        diagnostic.notes.insert(Diagnostic.Note("it is not given; this is its default", at: range), at: 0)
        return diagnostic
      })
  }
}

extension Diagnostic {
  /// The keys that lead to the value that a rule refused; nothing if this is about something else.
  fileprivate var valuePath: [ByteString]? {
    let parts = message.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == "value " else { return nil }
    return parts[1].split(separator: ".").map { ByteString(String($0)) }
  }
}

extension EnvironmentInputs {
  /// Where a value would have to be written: at the innermost key above it that the environment's own file has, else at
  /// the beginning of that file.
  fileprivate func place(ofMissing path: [ByteString]) -> SourceRange? {
    guard let source = values.last?.input.unit.source else { return nil }
    var place = source.range(0..<0)
    guard var node = try? ParsedFile.parse(source).documents.first?.value else { return place }
    for key in path {
      guard case .map(let items) = node, let item = items.item(key) else { break }
      place = SourceRange(start: item.position, length: UInt32(clamping: key.count))
      node = item.value
    }
    return place
  }
}
