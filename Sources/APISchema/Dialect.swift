/// What one release of controller-gen does where releases differ.
///
/// Everything is decided here, once, from the version: no other code compares versions.
package struct Dialect: Sendable {
  /// The release that is followed; it stands in an annotation of every manifest.
  package let version: ControllerGenVersion

  package init(_ version: ControllerGenVersion) {
    self.version = version
  }
}
