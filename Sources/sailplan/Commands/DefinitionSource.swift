import Files
import Kubernetes
import Velero
import Workspace
import YAML

/// Where CustomResourceDefinitions come from: a release of Velero, or files.
struct DefinitionSource {
  /// As it was given: `v1.17.2`, a file, a directory, or `-`.
  let text: String

  init(_ text: String) { self.text = text }

  /// - Throws: what is wrong with the files; or that there is no definition in them; or no such release.
  func definitions() throws(Diagnostics) -> DefinitionSet {
    // A file of that name would have to be called ./v1.17.2.
    if ReleaseVersion(text) != nil { return try Self.definitions(ofRelease: text) }
    let set = try DefinitionSet(
      documents: ManifestFiles.documents(at: text, options: ParseOptions(duplicateKeys: .error)))
    if set.definitions.isEmpty { throw Diagnostics(.noDefinition(text)) }
    return set
  }

  /// The definitions of a release that the binary's bundle knows.
  static func definitions(ofRelease text: String) throws(Diagnostics) -> DefinitionSet {
    let bundle = Bundle.embedded
    let catalogue = try ReleaseCatalogue(bundle: bundle.files)
    let release: ReleaseVersion
    do {
      release = try catalogue.release(named: text)
    } catch {
      throw Diagnostics(error)
    }
    return try bundle.definitions(of: release)
  }

  /// The definitions of the newest release that the binary's bundle knows.
  static func newestDefinitions() throws(Diagnostics) -> DefinitionSet {
    guard let newest = try ReleaseCatalogue(bundle: Bundle.embedded.files).releases.first else {
      return DefinitionSet()
    }
    return try definitions(ofRelease: newest.description)
  }
}

extension Diagnostic {
  fileprivate static func noDefinition(_ path: String) -> Diagnostic {
    Diagnostic(
      "there is no CustomResourceDefinition in \(path == "-" ? "standard input" : path)",
      hint: "name a file or directory with some, or a release such as v1.17.2")
  }
}
