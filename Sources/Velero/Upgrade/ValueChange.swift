package import YAML

/// A value that is another one after a hop.
package struct ValueChange: Sendable {
  package enum Kind: Sendable, Hashable {
    /// It says something else.
    case replaced(old: String, new: String)
    /// It was not given.
    case added(String)
    /// The release does not take it: it is kept as a comment. Why: a sentence.
    case setAside(why: String)
    /// The release takes it again.
    case takenBack
  }

  package let path: NodePath
  package let kind: Kind
  /// The file, and the line of it after the hop.
  package let file: String
  package let line: Int
}
