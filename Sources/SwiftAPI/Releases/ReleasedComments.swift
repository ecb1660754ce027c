#if SwiftAPI
import APISchema
import Files

/// What the comments above a declaration say about one release.
struct ReleasedComments {
  /// Whether the release has what is declared.
  private(set) var isPresent = true
  /// The documentation and the markers that hold.
  private(set) var lines: [CommentGroup.Comment] = []
  /// What the schema takes the declaration for.
  private(set) var schemaType: SchemaType?

  struct SchemaType {
    let text: String
    let position: Position
  }

  /// Reads comments; no release means one that is later than all others.
  init(_ comments: [CommentLine], release: Release?) throws(Diagnostic) {
    for comment in comments {
      guard var marker = comment.marker else {
        if let line = comment.generated { add(line, comment.position) }
        continue
      }
      var isConditional = false
      if marker.hasPrefix("releases=") {
        let parts = marker.dropFirst("releases=".count).split(separator: " ", maxSplits: 1)
        let range = try ReleaseRange(parts.first.map(String.init) ?? "", at: comment.position)
        guard parts.count == 2 else {
          isPresent = isPresent && range.contains(release)
          continue
        }
        let rest = parts[1].drop { $0 == " " }
        guard rest.hasPrefix("+"), rest.count > 1 else { throw .noMarker(String(rest), at: comment.position) }
        guard range.contains(release) else { continue }
        marker = String(rest.dropFirst())
        isConditional = true
      }
      if marker.hasPrefix("schemaType=") {
        schemaType = SchemaType(text: String(marker.dropFirst("schemaType=".count)), position: comment.position)
      } else {
        add(isConditional ? "// +\(marker)" : comment.text, comment.position)
      }
    }
  }

  /// Adds a marker that stands in no source.
  mutating func addMarker(_ text: String, at position: Position) { add("// +\(text)", position) }

  /// Whether there is a marker of that name.
  func has(_ name: String) -> Bool {
    lines.contains { $0.text.text.hasPrefix("// +\(name)") || $0.text.text.hasPrefix("//+\(name)") }
  }

  /// The lines as a group, if there are any.
  var group: CommentGroup? { lines.isEmpty ? nil : CommentGroup(lines) }

  private mutating func add(_ text: String, _ position: Position) {
    lines.append(CommentGroup.Comment(ByteString(text), at: position))
  }
}

extension Diagnostic {
  fileprivate static func noMarker(_ text: String, at position: Position) -> Diagnostic {
    Diagnostic(
      "\"\(text)\" is not a marker", at: position,
      hint: "end the line with the range, or name a marker with its plus sign: +releases=v1.8.0... +nullable")
  }
}
#endif
