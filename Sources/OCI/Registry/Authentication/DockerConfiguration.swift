package import Files
import YAML

/// What a file in the format of Docker's `config.json` says about credentials.
package struct DockerConfiguration: Sendable {
  private struct Entry {
    var host: String
    /// The beginning of the repositories that it is for; empty for all of the host.
    var path: String
    var credential: Credential
  }

  private var entries: [Entry] = []
  /// The helper of single hosts: the end of the program's name behind `docker-credential-`.
  private var helpers: [String: String] = [:]
  /// The helper of all others.
  private var store: String?

  private static let limit = 16 << 20

  /// Reads a file; nothing where there is none.
  /// - Throws: a diagnostic without any of its contents, which are secret.
  package init?(path: String) throws(Diagnostic) {
    guard try Disk.kind(path) != nil else { return nil }
    let contents = try Disk.read(path, limit: Self.limit)
    if contents.isEmpty { return }
    guard let document = try? JSONField(document: contents, shown: path) else {
      throw Diagnostic("\(path) is no JSON", hint: "mend it, or log in again with 'docker login'")
    }
    for (server, fields) in try document["auths"].entries() {
      guard let credential = try Self.credential(fields, server: server.text, path: path) else { continue }
      let (host, prefix) = Self.split(server.text)
      entries.append(Entry(host: host, path: prefix, credential: credential))
    }
    for (server, name) in try document["credHelpers"].entries() {
      helpers[Self.split(server.text).host] = try name.text().text
    }
    if let name = try document["credsStore"].optionalText(), !name.isEmpty { store = name.text }
  }

  private static func credential(
    _ fields: JSONField, server: String, path: String
  ) throws(Diagnostic) -> Credential? {
    func text(_ key: ByteString) throws(Diagnostic) -> String? {
      let text = try fields[key].optionalText()
      return text?.isEmpty == false ? text?.text : nil
    }
    if let token = try text("identitytoken") { return .identityToken(token) }
    if let token = try text("registrytoken") { return .registryToken(token) }
    if let auth = try text("auth") {
      // Some write it without padding, or with zero bytes at its end.
      let padded = auth + String(repeating: "=", count: (4 - auth.utf8.count % 4) % 4)
      guard let decoded = Base64.decode(ByteString(padded)), let colon = decoded.firstIndex(of: UInt8(ascii: ":"))
      else {
        throw Diagnostic(
          "\(path): the field 'auth' of \(server) is not base 64 of a user, a colon and a password",
          hint: "log in again with 'docker login \(server)'")
      }
      let password = decoded[colon + 1..<decoded.count].bytes
      let end = password.lastIndex { $0 != 0 }.map { $0 + 1 } ?? 0
      return .basic(user: decoded[0..<colon].text, password: String(decoding: password[..<end], as: UTF8.self))
    }
    guard let user = try text("username") else { return nil }
    return .basic(user: user, password: try text("password") ?? "")
  }

  /// Host and path of a key, which may begin with a scheme and end in the path of an API.
  private static func split(_ server: String) -> (host: String, path: String) {
    var rest = server[...]
    for scheme in ["https://", "http://"] where rest.hasPrefix(scheme) { rest = rest.dropFirst(scheme.count) }
    let host = String(rest.prefix { $0 != "/" }).lowercased()
    var path = rest.dropFirst(host.count)
    while path.first == "/" { path.removeFirst() }
    while path.last == "/" { path.removeLast() }
    return (RegistryName.canonical(host), path == "v1" || path == "v2" ? "" : String(path))
  }

  /// What it says for repositories of a registry: that of a helper, else the entry with the longest path.
  /// - Parameter directories: where helpers lie, as PATH lists them.
  package func credential(
    registry: String, path: String, directories: String?
  ) throws(Diagnostic) -> Credential? {
    let host = RegistryName.canonical(registry.lowercased())
    if let helper = helpers[host] ?? store,
      let credential = try CredentialHelper(name: helper, directories: directories)
        .credential(for: RegistryName.server(host))
    {
      return credential
    }
    return entries.filter { entry in
      entry.host == host && (entry.path.isEmpty || path == entry.path || path.hasPrefix(entry.path + "/"))
    }.max { $0.path.utf8.count < $1.path.utf8.count }?.credential
  }
}

/// The names of one registry: Docker's has several.
enum RegistryName {
  private static let hub = "index.docker.io"

  static func canonical(_ host: String) -> String {
    host == "docker.io" || host == "registry-1.docker.io" ? hub : host
  }

  /// What credential helpers know a registry by.
  static func server(_ host: String) -> String { host == hub ? "https://index.docker.io/v1/" : host }

  /// Where requests go.
  static func endpoint(_ host: String) -> String { canonical(host) == hub ? "registry-1.docker.io" : host }
}
