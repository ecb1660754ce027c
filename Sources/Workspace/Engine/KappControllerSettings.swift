import Carvel
import Files

/// What an `environment.yaml` says about kapp-controller's objects under `kappController`; defaults stand in
/// `KappControllerObjects`.
package struct KappControllerSettings: Sendable, Hashable {
  /// The namespace of its objects, which has the service account that installs.
  var namespace: ByteString?
  /// The name of the package.
  var package: ByteString?
  /// Which versions of the package will do.
  var version: ByteString?
  /// Names of Secrets of that namespace with more values; those of the environment win over them.
  var secretValues: [ByteString]?
  /// How often kapp-controller looks.
  var syncPeriod: ByteString?
  /// The repository that an App takes the rendered tree from, in place of a package.
  var repository: ByteString?
  /// The branch, tag or commit of it; `{environment}` stands for the environment's name.
  var reference: ByteString?
  /// Where the rendered tree is in it, `.` for its top; `{environment}` stands for the environment's name.
  var directory: ByteString?
  /// The name of a Secret of that namespace with the account for it.
  var repositorySecret: ByteString?

  static let keys: [ByteString] = [
    "namespace", "package", "version", "secretValues", "syncPeriod", "repository", "reference", "directory",
    "repositorySecret",
  ]

  init() {}

  /// Reads the map; what is wrong with it is noted there.
  init(_ map: inout ConfigurationMap) {
    namespace = map.text("namespace")?.value
    if let name = map.text("package") {
      do throws(Diagnostic) {
        package = try PackageName(name.value).text
      } catch {
        map.append(Diagnostic(error.message, at: name.range, hint: error.hint))
      }
    }
    version = map.text("version")?.value
    let secrets = map.texts("secretValues").map(\.value)
    secretValues = secrets.isEmpty ? nil : secrets
    syncPeriod = map.text("syncPeriod")?.value
    repository = map.text("repository")?.value
    reference = map.text("reference")?.value
    directory = map.text("directory")?.value
    repositorySecret = map.text("repositorySecret")?.value
  }

  /// Keys that are given in `nearer` win.
  mutating func merge(_ nearer: KappControllerSettings) {
    namespace = nearer.namespace ?? namespace
    package = nearer.package ?? package
    version = nearer.version ?? version
    secretValues = nearer.secretValues ?? secretValues
    syncPeriod = nearer.syncPeriod ?? syncPeriod
    repository = nearer.repository ?? repository
    reference = nearer.reference ?? reference
    directory = nearer.directory ?? directory
    repositorySecret = nearer.repositorySecret ?? repositorySecret
  }
}
