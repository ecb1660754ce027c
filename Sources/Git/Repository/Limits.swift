/// How much is read from a repository that somebody else may have filled.
package struct Limits: Sendable {
  /// The most levels of directories, in trees and in paths.
  package var depth = 64
  /// The most entries that one listing gives: a tree of a few kilobytes can name billions of files.
  package var entries = 4_000_000
  /// The most bytes of one object.
  package var objectBytes = 256 << 20
  /// The most bytes of a path.
  package var pathBytes = 4096

  package init() {}
}
