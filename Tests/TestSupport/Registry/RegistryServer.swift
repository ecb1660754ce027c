import Files
import Glibc

/// The registry of the distribution project (`docker-registry`), on a free port of this machine; it ends with its last
/// reference. Tests that need one are skipped where the program is missing.
package final class RegistryServer: Sendable {
  /// The program: that which `SAILPLAN_REGISTRY` names, or one in PATH.
  package static let program: String? = {
    if let named = getenv("SAILPLAN_REGISTRY") { return String(cString: named) }
    return Repository.search("docker-registry")
  }()
  /// Whether there is a program.
  package static var isAvailable: Bool { program != nil }

  /// Host and port, as references begin.
  package let name: String
  /// Where its files lie.
  package let directory: TemporaryDirectory
  private let running: Running

  /// Starts one and waits until it answers.
  /// - Parameters:
  ///   - passwords: a file of htpasswd's, with bcrypt, below `directory`; nothing for a registry that is open to all.
  ///   - certificate: a certificate and its key, below `directory`, for HTTPS.
  ///   - prepare: puts those files there.
  package init(
    passwords: String? = nil, certificate: (path: String, key: String)? = nil,
    prepare: (TemporaryDirectory) throws -> Void = { _ in }
  ) throws {
    let directory = try TemporaryDirectory()
    try prepare(directory)
    let port = try FaultyServer.freePort()
    var lines = [
      "version: 0.1", "log: {level: error}",
      "storage: {filesystem: {rootdirectory: '\(directory.path("data"))'}, delete: {enabled: true}}",
      "http:", "  addr: 127.0.0.1:\(port)", "  secret: tests",
    ]
    if let certificate {
      lines.append(
        "  tls: {certificate: '\(directory.path(certificate.path))', key: '\(directory.path(certificate.key))'}")
    }
    if let passwords { lines.append("auth: {htpasswd: {realm: tests, path: '\(directory.path(passwords))'}}") }
    try directory.write(ByteString(lines.joined(separator: "\n") + "\n"), to: "config.yml")
    name = "127.0.0.1:\(port)"
    self.directory = directory
    running = try Command([Self.program ?? "docker-registry", "serve", directory.path("config.yml")]).start()
    for _ in 0..<500 where !FaultyServer.answers(port) { usleep(10_000) }
  }

  deinit {
    running.signal(SIGKILL)
    _ = running.wait()
  }
}
