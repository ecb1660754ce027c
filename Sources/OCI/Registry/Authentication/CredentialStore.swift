package import Files
import Synchronization

/// Finds credentials for a registry where users of Docker and of Carvel's tools keep them.
///
/// In this order: variables of the environment that name the registry (`IMGPKG_REGISTRY_HOSTNAME_x` with
/// `IMGPKG_REGISTRY_USERNAME_x` and so on); what the command line says; Docker's `config.json`; the files of Podman and
/// Skopeo.
package final class CredentialStore: Sendable {
  private let given: Credential?
  private let environment: [String: String]
  /// What the files say, read when it is first needed.
  private let files = Mutex<[DockerConfiguration]?>(nil)
  private let found = Mutex<[String: Credential]>([:])

  /// - Parameters:
  ///   - given: what the command line says, for every registry that the environment does not name.
  ///   - environment: the variables of the process.
  package init(given: Credential?, environment: [String: String]) {
    self.given = given
    self.environment = environment
  }

  /// The credential for repositories of a registry.
  package func credential(registry: String, path: String) throws(Diagnostic) -> Credential {
    let key = "\(registry)/\(path)"
    if let known = found.withLock({ $0[key] }) { return known }
    let credential = try look(registry: registry, path: path)
    found.withLock { $0[key] = credential }
    return credential
  }

  private func look(registry: String, path: String) throws(Diagnostic) -> Credential {
    if let named = namedInEnvironment(registry: registry, path: path) { return named }
    if let given { return given }
    for file in try configurations() {
      let found = try file.credential(registry: registry, path: path, directories: environment["PATH"])
      if let found { return found }
    }
    return .anonymous
  }

  // MARK: The environment

  private func namedInEnvironment(registry: String, path: String) -> Credential? {
    let prefix = "IMGPKG_REGISTRY_HOSTNAME"
    let host = RegistryName.canonical(registry.lowercased())
    var best: (credential: Credential, length: Int)?
    for (name, value) in environment.sorted(by: { $0.key < $1.key }) where name.hasPrefix(prefix) {
      let suffix = String(name.dropFirst(prefix.count))
      guard suffix.isEmpty || suffix.hasPrefix("_") else { continue }
      let place = Self.split(value)
      guard Self.matches(host, pattern: place.host),
        path == place.path || place.path.isEmpty || path.hasPrefix(place.path + "/"),
        place.path.utf8.count >= best?.length ?? 0, let credential = credential(suffix)
      else { continue }
      best = (credential, place.path.utf8.count)
    }
    return best?.credential
  }

  private func credential(_ suffix: String) -> Credential? {
    func value(_ key: String) -> String? {
      let value = environment["IMGPKG_REGISTRY_\(key)\(suffix)"]
      return value?.isEmpty == false ? value : nil
    }
    if let token = value("REGISTRY_TOKEN") { return .registryToken(token) }
    if let token = value("IDENTITY_TOKEN") { return .identityToken(token) }
    guard let user = value("USERNAME") else { return nil }
    return .basic(user: user, password: value("PASSWORD") ?? "")
  }

  private static func split(_ value: String) -> (host: String, path: String) {
    var rest = value[...]
    for scheme in ["https://", "http://"] where rest.hasPrefix(scheme) { rest = rest.dropFirst(scheme.count) }
    let host = String(rest.prefix { $0 != "/" })
    var path = rest.dropFirst(host.count)
    for version in ["/v1/", "/v2/"] where path.hasPrefix(version) { path = path.dropFirst(version.count) }
    while path.first == "/" { path.removeFirst() }
    while path.last == "/" { path.removeLast() }
    return (RegistryName.canonical(host.lowercased()), String(path))
  }

  /// Whether the labels of a host are those of a pattern, in which `*` stands for any one.
  private static func matches(_ host: String, pattern: String) -> Bool {
    let labels = host.split(separator: ".", omittingEmptySubsequences: false)
    let patterns = pattern.split(separator: ".", omittingEmptySubsequences: false)
    return labels.count == patterns.count && zip(labels, patterns).allSatisfy { $0 == $1 || $1 == "*" }
  }

  // MARK: Files

  private func configurations() throws(Diagnostic) -> [DockerConfiguration] {
    if let known = files.withLock({ $0 }) { return known }
    var read: [DockerConfiguration] = []
    for path in paths {
      if let configuration = try DockerConfiguration(path: path) { read.append(configuration) }
    }
    files.withLock { $0 = read }
    return read
  }

  /// The files that are looked at; the first that has something for a registry counts.
  private var paths: [String] {
    func set(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    let home = set("HOME")
    var paths: [String] = []
    if let path = set("REGISTRY_AUTH_FILE") { paths.append(path) }
    if let directory = set("DOCKER_CONFIG") ?? home.map({ "\($0)/.docker" }) {
      paths.append("\(directory)/config.json")
    }
    if let directory = set("XDG_RUNTIME_DIR") { paths.append("\(directory)/containers/auth.json") }
    if let directory = set("XDG_CONFIG_HOME") ?? home.map({ "\($0)/.config" }) {
      paths.append("\(directory)/containers/auth.json")
    }
    return paths
  }
}
