package import Files
import YAML

/// What `sailplan.yaml` says.
package struct WorkspaceConfiguration: Sendable, Hashable {
  /// The directory of a bundle in the workspace; nothing for the one in the binary.
  package var bundle: ByteString?
  /// The checks that are switched off.
  package var checksOff: [CheckExemption]

  /// Which branches the rendered trees are committed to; nothing where they lie beside their values.
  package var branch: BranchPattern?

  package init(bundle: ByteString? = nil, checksOff: [CheckExemption] = [], branch: BranchPattern? = nil) {
    self.bundle = bundle
    self.branch = branch
    self.checksOff = checksOff
  }

  /// The name of the file at a workspace's top.
  package static let file: ByteString = "sailplan.yaml"
  /// The version of all files that sailplan reads and writes for itself.
  package static let apiVersion: ByteString = "sailplan.dev/v1alpha1"

  /// Reads the file's text.
  /// - Throws: all that is wrong with it.
  package init(parsing source: SourceFile) throws(Diagnostics) {
    let document = try Self.onlyDocument(of: source)
    var map = ConfigurationMap(document, of: source, known: ["apiVersion", "kind", "branch", "bundle", "checksOff"])
    map.expect("apiVersion", Self.apiVersion)
    map.expect("kind", "Workspace")
    let bundle = map.text("bundle")
    if let bundle, let reason = Self.objection(toDirectory: bundle.value) {
      map.append(
        Diagnostic(
          "'bundle' cannot be '\(bundle.value)': \(reason)", at: bundle.range,
          hint: "name a directory of the workspace, such as overlays/velero"))
    }
    let checksOff = CheckExemption.list(&map)
    branch = map.branchPattern()
    try map.diagnostics.throwIfErrors()
    self.checksOff = checksOff
    self.bundle = bundle.map { ByteString(pathComponents: $0.value.pathComponents) }
  }

  /// The value of the one document that one of our own files holds.
  static func onlyDocument(of source: SourceFile) throws(Diagnostics) -> Node {
    let documents = try ParsedFile.parse(source, options: ParseOptions(duplicateKeys: .error)).documents
    let filled = documents.filter { if case .null = $0.value { false } else { true } }
    guard let first = filled.first else {
      throw Diagnostics(
        Diagnostic(
          "\(source.path) is empty", at: source.range(0..<0), hint: "run 'sailplan init' to create a workspace"))
    }
    if filled.count > 1 {
      throw Diagnostics(Diagnostic("\(source.path) holds more than one document", at: filled[1].position))
    }
    return first.value
  }

  private static func objection(toDirectory path: ByteString) -> String? {
    if path.hasPrefix("/") { return "it is an absolute path" }
    if path.pathComponents.isEmpty { return "it is empty" }
    if path.pathComponents.contains("..") { return "it leads out of the workspace" }
    return nil
  }
}
