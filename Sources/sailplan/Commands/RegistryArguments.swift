import ArgumentParser
import Files
import Glibc
import OCI

/// How registries are reached, and as whom: every command that talks to one takes this. The names are those of imgpkg.
struct RegistryArguments: ParsableArguments {
  @Option(
    name: .customLong("registry-ca-cert-path"),
    help: ArgumentHelp(
      "Trust the authorities of this file (PEM) besides those of the system. Several may be given.", valueName: "path"))
  var authorityPaths: [String] = []
  @Option(
    name: .customLong("registry-verify-certs"),
    help: ArgumentHelp("Whether to check the certificates of registries.", valueName: "true|false"))
  var verifiesCertificates = true
  @Flag(
    name: [.customLong("registry-insecure"), .customLong("insecure")],
    help: "Speak plain HTTP where a registry does not answer by HTTPS. Registries on this machine need no flag.")
  var isInsecure = false
  @Option(
    name: .customLong("registry-username"),
    help: ArgumentHelp("Log in to registries as this user ($IMGPKG_USERNAME).", valueName: "name"))
  var user: String?
  @Option(
    name: .customLong("registry-password"),
    help: ArgumentHelp("The user's password ($IMGPKG_PASSWORD).", valueName: "password"))
  var password: String?
  @Option(
    name: .customLong("registry-token"),
    help: ArgumentHelp("Log in to registries with this token ($IMGPKG_TOKEN).", valueName: "token"))
  var token: String?
  @Flag(
    name: .customLong("registry-anon"), help: "Do not log in, whatever Docker's configuration says ($IMGPKG_ANON).")
  var isAnonymous = false
  @Option(
    name: .customLong("registry-retry-count"),
    help: ArgumentHelp("How often to try again what failed for a reason that may pass.", valueName: "number"))
  var retryCount = 5
  @Option(
    name: .customLong("registry-response-header-timeout"),
    help: ArgumentHelp(
      "How long to wait for a registry that says nothing: seconds, or a number with s, m or h.", valueName: "duration"))
  var silenceTimeout = "30s"

  func validate() throws {
    if retryCount < 0 || retryCount > 100 { throw ValidationError("--registry-retry-count must be between 0 and 100") }
    if seconds == nil { throw ValidationError("--registry-response-header-timeout must be like 30s, 2m or 1h") }
    if password != nil && user == nil { throw ValidationError("--registry-password goes with --registry-username") }
    if [user != nil, token != nil, isAnonymous].count(where: \.self) > 1 {
      throw ValidationError("--registry-username, --registry-token and --registry-anon exclude each other")
    }
  }

  private var seconds: Int? {
    let factors: [Character: Int] = ["s": 1, "m": 60, "h": 3600]
    let factor = silenceTimeout.last.flatMap { factors[$0] }
    guard let number = Int(factor == nil ? silenceTimeout[...] : silenceTimeout.dropLast()) else { return nil }
    return (1...86_400).contains(number) ? number * (factor ?? 1) : nil
  }

  /// What the flags say, and where they say nothing the environment.
  var options: RegistryOptions {
    var options = RegistryOptions(environment: Self.environment)
    options.authorityPaths = authorityPaths
    options.verifiesCertificates = verifiesCertificates
    options.isInsecure = isInsecure
    options.retryCount = retryCount
    options.silenceTimeout = seconds ?? options.silenceTimeout
    options.credential = credential(options.environment)
    return options
  }

  /// A client with these options.
  func client() throws(Diagnostic) -> RegistryClient { try RegistryClient(options) }

  private func credential(_ environment: [String: String]) -> Credential? {
    if let user { return .basic(user: user, password: password ?? environment["IMGPKG_PASSWORD"] ?? "") }
    if let token { return .registryToken(token) }
    if isAnonymous { return .anonymous }
    func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    if let user = value("IMGPKG_USERNAME") { return .basic(user: user, password: value("IMGPKG_PASSWORD") ?? "") }
    if let token = value("IMGPKG_TOKEN") { return .registryToken(token) }
    return value("IMGPKG_ANON") == "true" ? .anonymous : nil
  }

  /// The variables of the process.
  private static var environment: [String: String] {
    var variables: [String: String] = [:]
    var next = environ
    while let entry = next.pointee {
      let text = String(cString: entry)
      if let equals = text.firstIndex(of: "=") {
        variables[String(text[..<equals])] = String(text[text.index(after: equals)...])
      }
      next += 1
    }
    return variables
  }
}
