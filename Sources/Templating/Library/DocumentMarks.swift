import Files
import YAML

/// Looks for the annotations that make a document something else than output, before anything is evaluated.
struct DocumentMarks {
  private let file: ParsedFile
  private let source: SourceFile

  init(_ file: ParsedFile, _ source: SourceFile) {
    self.file = file
    self.source = source
  }

  /// Whether a document has the annotation. Fails where another node has it, or a document twice.
  func hasDocument(annotated name: ByteString) throws(Diagnostics) -> Bool {
    guard file.comments.contains(where: { $0.isAnnotation(name) }) else { return false }
    let attachment = Attachment(file, lineTable: source.lineTable)
    var marked: Set<Int32> = []
    for (node, index) in attachment.comments where file.comments[Int(index)].isAnnotation(name) {
      let comment = file.comments[Int(index)]
      let kind = attachment.kinds[Int(node)]
      guard kind == .document else {
        throw Diagnostics(.misplaced(name, on: kind, line: attachment.lines[Int(node)], comment))
      }
      guard marked.insert(node).inserted else { throw Diagnostics(.repeated(name, comment)) }
    }
    return !marked.isEmpty || attachment.leftOver.contains { file.comments[Int($0)].isAnnotation(name) }
  }
}

extension Comment {
  /// Whether it is the annotation of that name.
  fileprivate func isAnnotation(_ name: ByteString) -> Bool {
    guard text.count > name.count, text[0] == UInt8(ascii: "@"), text[1..<name.count + 1] == name else { return false }
    return text.count == name.count + 1 || text[name.count + 1] == UInt8(ascii: " ")
  }

  /// All of it.
  fileprivate var range: SourceRange { SourceRange(start: position, length: UInt32(clamping: text.count + 1)) }
}

extension Diagnostic {
  fileprivate static func misplaced(
    _ name: ByteString, on kind: Template.Blueprint.Kind, line: Int32, _ comment: Comment
  ) -> Diagnostic {
    let path = comment.position.source?.path ?? ""
    return Diagnostic(
      "Found @\(name) on \(kind.name) (\(path):\(line)); only documents (---) can be annotated with @\(name)",
      at: comment.range, hint: "put a line '---' between the comment and what follows")
  }

  fileprivate static func repeated(_ name: ByteString, _ comment: Comment) -> Diagnostic {
    Diagnostic("\(name) annotation may only be used once per document", at: comment.range)
  }
}
