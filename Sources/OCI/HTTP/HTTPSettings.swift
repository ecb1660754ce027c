package import Files

/// What holds for all requests.
package struct HTTPSettings: Sendable {
  package var userAgent = "sailplan"
  /// How many seconds a connection may take to come about.
  package var connectTimeout = 30
  /// How many seconds may pass without a byte.
  package var silenceTimeout = 30
  package var verifiesCertificates = true
  /// Certificates of authorities that are trusted, in PEM; empty for those that libcurl knows.
  package var authorities = ByteString.empty

  package init() {}

  /// The files in which systems keep the certificates that they trust; the first that is there counts.
  private static let systemBundles = [
    "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
  ]
  private static let bundleLimit = 16 << 20

  /// Trusts the authorities of these files besides those of the system.
  /// - Parameter system: the file that takes the place of the system's, as SSL_CERT_FILE names it.
  package mutating func trust(_ paths: [String], system: String?) throws(Diagnostic) {
    guard !paths.isEmpty || system != nil else { return }
    var all = ByteBuffer()
    let named = system.map { [$0] } ?? Self.systemBundles.filter(Disk.isFile).prefix(1).map { $0 }
    for path in named + paths {
      let bytes = try Disk.read(path, limit: Self.bundleLimit)
      if !bytes.text.contains("-----BEGIN CERTIFICATE-----") {
        throw Diagnostic(
          "\(path) holds no certificate in PEM format",
          hint: "convert it: openssl x509 -inform der -in FILE -out ca.pem")
      }
      all.append(bytes)
      all.append(UInt8(ascii: "\n"))
    }
    authorities = all.finish()
  }
}
