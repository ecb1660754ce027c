package import Files

/// The documents as ytt prints them: joined by `---`, those that are null, `{}` or `[]` left out.
package func print(_ documents: [Document]) -> ByteString {
  var out = ByteBuffer()
  print(documents, into: &out)
  return out.finish()
}

/// Appends the documents as ytt prints them.
package func print(_ documents: [Document], into out: inout ByteBuffer) {
}

/// Appends one node as a document of its own: block style, ending with a newline.
package func print(_ node: Node, into out: inout ByteBuffer) {
}
