package import Files

/// How JSON is to be written.
package struct JSONStyle: Sendable {
  /// Whether `<`, `>`, `&` become `\u003c` and so on, as Go does where nobody asks otherwise.
  package var escapesHTML = true
  /// How many blanks a level is indented by; 0 writes everything on one line.
  package var indent = 0

  package init(escapesHTML: Bool = true, indent: Int = 0) {
    self.escapesHTML = escapesHTML
    self.indent = indent
  }
}

/// Appends `node` as JSON, its keys sorted by their bytes, without a newline at the end.
///
/// Keys that are not strings, and numbers that JSON lacks, are errors; their diagnostics point at the item.
package func printJSON(
  _ node: Node, style: JSONStyle = JSONStyle(), into out: inout ByteBuffer
) throws(Diagnostics) {
}
