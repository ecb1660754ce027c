import Files
import YAML

/// A comment of a YAML template, told apart by how it begins.
struct TemplateComment {
  enum Kind {
    /// `#! …`, or a plain comment where these are allowed.
    case remark
    /// `#@ …` on a line of its own.
    case code
    /// `#@ …` on the line of a node: an expression.
    case value
    /// `#@name …`: an annotation, its arguments behind the name.
    case annotation(ByteString)
  }

  let kind: Kind
  /// The bytes of the file that hold the code, the expression or the arguments.
  let content: Range<Int>

  /// Reads a comment that belongs to a node on line `nodeLine` (0 where that has none). Nothing for a comment that is
  /// neither `#@` nor `#!`.
  ///
  /// A name reaches up to the first blank, so `#@ x` has an empty name and is code, `#@x` an annotation. The long
  /// forms `#@template/code` and `#@template/value` do not depend on lines.
  init?(_ comment: Comment, nodeLine: Int32) {
    let text = comment.text
    let start = Int(comment.position.offset) + 1
    let end = start + text.count
    guard !text.isEmpty else { return nil }
    switch text[0] {
    case UInt8(ascii: "!"):
      kind = .remark
      content = start + 1..<end
    case UInt8(ascii: "@"):
      let nameEnd = text.firstIndex(of: UInt8(ascii: " "), from: 1) ?? text.count
      content = min(start + nameEnd + 1, end)..<end
      switch text[1..<nameEnd] {
      case "": kind = comment.line == nodeLine ? .value : .code
      case "template/code": kind = .code
      case "template/value": kind = .value
      case "comment": kind = .remark
      case let name: kind = .annotation(name)
      }
    default:
      return nil
    }
  }

  /// Whether a file with this comment is a template.
  static func isTemplating(_ comment: Comment) -> Bool {
    !comment.text.isEmpty && comment.text[0] == UInt8(ascii: "@")
  }
}
