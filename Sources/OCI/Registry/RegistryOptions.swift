import Files

/// How registries are reached, and as whom.
package struct RegistryOptions: Sendable {
  /// Files with certificates of authorities that are trusted besides those of the system.
  package var authorityPaths: [String] = []
  package var verifiesCertificates = true
  /// Whether plain HTTP is spoken where a registry does not answer by HTTPS; registries on this machine may always.
  package var isInsecure = false
  /// What the command line says, for every registry that the environment does not name; nothing for what files say.
  package var credential: Credential?
  /// How often a request is sent again that failed for a reason which may pass.
  package var retryCount = 5
  /// How many seconds may pass without a byte.
  package var silenceTimeout = 30
  /// The most bytes of a blob that are sent with one request.
  package var chunkLength = 256 << 20
  /// The variables of the process.
  package var environment: [String: String]

  package init(environment: [String: String] = [:]) { self.environment = environment }

  func settings() throws(Diagnostic) -> HTTPSettings {
    var settings = HTTPSettings()
    settings.silenceTimeout = silenceTimeout
    settings.verifiesCertificates = verifiesCertificates
    let system = environment["SSL_CERT_FILE"].flatMap { $0.isEmpty ? nil : $0 }
    try settings.trust(authorityPaths, system: system)
    return settings
  }
}
