package import Files
import Kubernetes
package import YAML

extension InstallRequest {
  /// What the flags come to where they ask for resource definitions only; nothing where they ask for more.
  package var adoptionOfDefinitions: Adoption? {
    guard isOn("crds-only") else { return nil }
    var values = ValueTree()
    values.set("velero.version", .text(version.description))
    values.set("velero.crdsOnly", .bool(true))
    return Adoption(release: version, values: Document(values.node), compared: 0)
  }

  /// The objects that the flags make, the Secret aside: credentials stay where they are.
  ///
  /// - Parameters:
  ///   - render: renders with the bundle.
  ///   - read: reads a file that a flag names; the one with credentials is not read.
  /// - Throws: what is wrong with the flags, and what `read` throws.
  package func installedObjects(
    catalogue: ReleaseCatalogue, rendering render: (Document, ByteString?) throws(Diagnostics) -> [Document],
    reading read: (String) throws(Diagnostic) -> ByteString
  ) throws(Diagnostics) -> InstalledObjects {
    let secretFile = text("secret-file")
    var values = try values { path throws(Diagnostic) in path == secretFile ? ByteString("-") : try read(path) }.value
    values.update("credentials") { $0 = $0.without("content", "renderSecret") }
    return try InstalledObjects(
      try render(Document(values), nil), catalogue: catalogue, release: version, isWhole: true)
  }

  /// What the flags asked for and the values do not say.
  package var adoptionNotes: [AdoptionNote] {
    let file = text("secret-file")
    if file.isEmpty { return [] }
    return [
      AdoptionNote(
        "--secret-file", "credentials stay out of git: the values name the Secret 'cloud-credentials'",
        mend: "if it is not there, make it: kubectl create secret generic cloud-credentials "
          + "-n \(text("namespace").isEmpty ? "velero" : text("namespace")) --from-file=cloud=\(file)")
    ]
  }
}
