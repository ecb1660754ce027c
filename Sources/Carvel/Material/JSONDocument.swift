import Files
import YAML

/// JSON for people and programs: keys sorted, two blanks a level, a line end behind it.
enum JSONDocument {
  static func text(_ node: Node) throws(Diagnostics) -> ByteString {
    var out = ByteBuffer()
    try printJSON(node, style: JSONStyle(escapesHTML: false, indent: 2), into: &out)
    out.append(literal: "\n")
    return out.finish()
  }
}
