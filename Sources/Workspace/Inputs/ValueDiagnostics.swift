import Files
import Kubernetes
import Templating
import YAML

extension Diagnostics {
  /// The same with places that the user can mend.
  ///
  /// A value that nobody gave has its place in the bundle's schema, where its default stands. What is to be mended is the
  /// environment's own file: the key that the value would stand under, as far as there is one. Notes that show the
  /// embedded bundle are left out: its files are on nobody's disk.
  ///
  /// - Parameter sources: the numbers of the bundle's files.
  func placed(in inputs: EnvironmentInputs, bundle: Bundle, sources: Set<UInt32>) -> Diagnostics {
    Diagnostics(
      list.map { diagnostic in
        var diagnostic = diagnostic
        if let field = diagnostic.field, let range = diagnostic.range, sources.contains(range.start.file),
          let file = inputs.values.last
        {
          diagnostic.range = file.place(ofMissing: field.split(separator: ".").map { ByteString(String($0)) })
          if diagnostic.hint == nil { diagnostic.hint = "write \(field) into \(file.path)" }
          diagnostic.notes.insert(Diagnostic.Note("it is not given; this is its default", at: range), at: 0)
        }
        if bundle.source == .embedded {
          diagnostic.notes.removeAll { note in note.range.map { sources.contains($0.start.file) } ?? false }
        }
        return diagnostic
      })
  }
}

extension WorkspaceFile {
  /// Where a value would have to be written: at the innermost key above it that the file has, else at its beginning.
  fileprivate func place(ofMissing path: [ByteString]) -> SourceRange {
    let source = input.unit.source
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
