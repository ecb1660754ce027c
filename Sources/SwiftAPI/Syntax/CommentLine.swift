#if SwiftAPI
import Files
import SwiftSyntax

/// One comment of a Swift source.
struct CommentLine: Sendable {
  /// With what begins it: `//`, `///`, `/*` or `/**`.
  let text: String
  let position: Position

  /// What stands behind the plus sign, if it is a marker: `nullable`.
  var marker: String? {
    guard text.hasPrefix("//"), !text.hasPrefix("///") else { return nil }
    let content = text.dropFirst(2).drop { $0 == " " || $0 == "\t" }
    guard content.first == "+" else { return nil }
    var marker = content.dropFirst()
    while let last = marker.last, last.isWhitespace { marker.removeLast() }
    return String(marker)
  }

  /// The line of Go that says the same to the generator; nothing for comments that are for readers of the source.
  var generated: String? {
    if text.hasPrefix("///") {
      let line = text.dropFirst(3)
      // Documentation that begins with a plus sign is no marker.
      return line.drop { $0 == " " }.first == "+" ? "/*\(line) */" : "//\(line)"
    }
    return marker != nil || text.hasPrefix("/**") ? text : nil
  }
}

/// The comments in front of something, in groups as blank lines part them.
struct CommentGroups {
  /// The group that stands directly above.
  var own: [CommentLine] = []
  /// The others: they belong to nothing.
  var loose: [[CommentLine]] = []

  /// Those in front of `node`.
  init(before node: some SyntaxProtocol, in file: SourceFile) {
    var group: [CommentLine] = []
    var lineBreaks = 0
    var offset = node.position.utf8Offset
    // What stands behind the last token of the line before is in front of the next one for swift-syntax.
    var isBesideCode = offset > 0
    for piece in node.leadingTrivia {
      switch piece {
      case .newlines(let count), .carriageReturnLineFeeds(let count), .carriageReturns(let count):
        lineBreaks += count
        isBesideCode = false
      case .lineComment(let text), .docLineComment(let text), .blockComment(let text), .docBlockComment(let text):
        if lineBreaks > 1, !group.isEmpty {
          loose.append(group)
          group = []
        }
        if !isBesideCode { group.append(CommentLine(text: text, position: file.position(offset))) }
        lineBreaks = 0
      default: break
      }
      offset += piece.sourceLength.utf8Length
    }
    if lineBreaks > 1 {
      if !group.isEmpty { loose.append(group) }
    } else {
      own = group
    }
  }
}
#endif
