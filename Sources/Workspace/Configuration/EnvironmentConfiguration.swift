import Carvel
import Files
import Kubernetes
import YAML

/// What an `environment.yaml` says about the environments in and below its directory: what is no value of theirs.
struct EnvironmentConfiguration: Sendable, Hashable {
  /// A file that values are taken over from.
  struct Reference: Sendable, Hashable {
    /// Its path, from the directory of the `environment.yaml`.
    var file: ByteString
    /// The name of the Secret or ConfigMap in it, where it holds several.
    var name: ByteString?
    /// The one key of it to read.
    var key: ByteString?
    /// Where it is asked for.
    var range: SourceRange
  }

  /// In order: a later one wins.
  var valuesFrom: [Reference] = []

  /// What the environments can be chosen by. Those of a directory below win, key by key.
  var labels: [ByteString: ByteString] = [:]

  /// Which branch the rendered trees are committed to. That of a directory below wins.
  var branch: BranchPattern?

  /// What brings the manifests into the clusters. What a directory below says wins, key by key.
  var engine = EngineSettings()

  /// Where images are taken from. That of a directory below wins where both have the same beginning of a name.
  var rewrittenImages: [ImageRewriting.Rule] = []

  /// The name of the file.
  static let file: ByteString = "environment.yaml"

  private static let keys: [ByteString] = [
    "apiVersion", "kind", "branch", "engine", "kappController", "labels", "rewriteImages", "valuesFrom",
  ]

  /// Reads the file's text.
  /// - Throws: all that is wrong with it.
  init(parsing source: SourceFile) throws(Diagnostics) {
    let document = try WorkspaceConfiguration.onlyDocument(of: source)
    var map = ConfigurationMap(document, of: source, known: Self.keys)
    map.expect("apiVersion", WorkspaceConfiguration.apiVersion)
    map.expect("kind", "Environment")
    branch = map.branchPattern()
    engine = EngineSettings(&map)
    for entry in map.entries("valuesFrom", known: ["file", "name", "key"]) {
      var entry = entry
      let file = entry.text("file", required: true)
      if let file, file.value.hasPrefix("/") || file.value.isEmpty {
        entry.append(
          Diagnostic(
            "'file' cannot be '\(file.value)'", at: file.range,
            hint: "name a file of the workspace by its path from this directory"))
      }
      let name = entry.text("name")?.value
      let key = entry.text("key")?.value
      if let file { valuesFrom.append(Reference(file: file.value, name: name, key: key, range: file.range)) }
      for diagnostic in entry.diagnostics.list { map.append(diagnostic) }
    }
    for label in map.pairs("labels") {
      if let reason = LabelSyntax.objection(toKey: label.key) {
        map.append(.badLabel("'\(label.key)' cannot be the key of a label: \(reason)", at: label.range))
      } else if let reason = LabelSyntax.objection(toValue: label.value) {
        map.append(
          .badLabel("'\(label.value)' cannot be the value of the label '\(label.key)': \(reason)", at: label.range))
      } else {
        labels[label.key] = label.value
      }
    }
    for pair in map.pairs("rewriteImages") {
      do throws(Diagnostic) {
        rewrittenImages.append(try ImageRewriting.Rule(from: pair.key, to: pair.value))
      } catch {
        map.append(Diagnostic(error.message, at: pair.range, hint: error.hint))
      }
    }
    try map.diagnostics.throwIfErrors()
  }
}

extension Diagnostic {
  fileprivate static func badLabel(_ message: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(message, at: range, hint: "the rules are those of Kubernetes: 'tier: prod', 'example.org/region: eu-1'")
  }
}
