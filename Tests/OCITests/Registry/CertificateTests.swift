import Files
import OCI
import TestSupport
import Testing

/// HTTPS with a certificate that no system trusts.
@Suite(
  .enabled(if: RegistryServer.isAvailable, "docker-registry is not installed"),
  .enabled(if: Repository.search("openssl") != nil, "openssl is not installed"))
struct CertificateTests {
  private static func server() throws -> RegistryServer {
    try RegistryServer(certificate: ("server.pem", "key.pem")) { directory in
      let made = try Command([
        "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
        "-subj", "/CN=tests", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", directory.path("key.pem"), "-out",
        directory.path("server.pem"),
      ]).run()
      try #require(made.status == 0, "\(made.errorOutput)")
    }
  }

  private static func push(_ server: RegistryServer, _ change: (inout RegistryOptions) -> Void) throws {
    var options = RegistryOptions()
    change(&options)
    let blob = ByteString("some bytes")
    let reference = try ImageReference(ByteString("\(server.name)/app"))
    try RegistryClient(options).pushBlob(.bytes(blob), ContentDigest(blob), to: reference)
  }

  @Test func isTrustedWhereItsAuthorityIsNamed() throws {
    let server = try Self.server()
    try Self.push(server) { $0.authorityPaths = [server.directory.path("server.pem")] }
    try Self.push(server) { $0.environment = ["SSL_CERT_FILE": server.directory.path("server.pem")] }
    try Self.push(server) { $0.verifiesCertificates = false }
  }

  @Test(arguments: [true, false])
  func isNotTrustedOtherwise(isInsecure: Bool) throws {
    let server = try Self.server()
    let error = #expect(throws: Diagnostic.self) { try Self.push(server) { $0.isInsecure = isInsecure } }
    #expect(error?.hint == "name the certificate of its authority with --registry-ca-cert-path")
  }

  @Test func saysWhichFileHoldsNoCertificate() throws {
    let directory = try TemporaryDirectory()
    try directory.write("nothing", to: "ca.pem")
    var options = RegistryOptions()
    options.authorityPaths = [directory.path("ca.pem")]
    let error = #expect(throws: Diagnostic.self) { try RegistryClient(options) }
    #expect(error?.message == "\(directory.path("ca.pem")) holds no certificate in PEM format")
  }
}
