/// In what releases of controller-gen differ when they load packages.
package struct LoadOptions: Sendable {
  /// Whether `...` reaches into nested modules, as from v0.9.0 on.
  package var entersModules = true
  /// Whether the standard library is documented as before its names became links.
  package var removesDocumentationLinks = false

  package init() {}
}
