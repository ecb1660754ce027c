import Files
import OCI
import TestSupport
import Testing

@Suite struct CredentialStoreTests {
  static let configuration: ByteString = """
    {"auths": {
      "registry.example:5000": {"auth": "aG9zdDpwYXNz"},
      "https://index.docker.io/v1/": {"auth": "aHViOnBhc3M6d29yZA=="},
      "http://scheme.example/v2/": {"username": "plain", "password": "text"},
      "quay.example/team": {"auth": "dGVhbTpwYXNz"},
      "quay.example/team/app": {"auth": "YXBwOnBhc3M="},
      "quay.example": {"auth": "YWxsOnBhc3M"},
      "token.example": {"auth": "dTpw", "identitytoken": "refresh"},
      "bearer.example": {"registrytoken": "bear"},
      "empty.example": {}
    }}
    """

  private static func store(_ directory: TemporaryDirectory, _ more: [String: String] = [:]) -> CredentialStore {
    CredentialStore(given: nil, environment: ["DOCKER_CONFIG": directory.path].merging(more) { $1 })
  }

  @Test(arguments: [
    ("registry.example:5000", "any", Credential.basic(user: "host", password: "pass")),
    ("registry.example", "any", .anonymous),
    ("index.docker.io", "library/redis", .basic(user: "hub", password: "pass:word")),
    ("scheme.example", "any", .basic(user: "plain", password: "text")),
    ("quay.example", "other", .basic(user: "all", password: "pass")),
    ("quay.example", "teams", .basic(user: "all", password: "pass")),
    ("quay.example", "team/other", .basic(user: "team", password: "pass")),
    ("quay.example", "team/app", .basic(user: "app", password: "pass")),
    ("token.example", "any", .identityToken("refresh")),
    ("bearer.example", "any", .registryToken("bear")),
    ("empty.example", "any", .anonymous),
  ])
  func findsEntries(_ registry: String, _ path: String, _ expected: Credential) throws {
    let directory = try TemporaryDirectory()
    try directory.write(Self.configuration, to: "config.json")
    #expect(try Self.store(directory).credential(registry: registry, path: path) == expected)
  }

  @Test func prefersTheEnvironmentThatNamesTheRegistry() throws {
    let directory = try TemporaryDirectory()
    try directory.write(Self.configuration, to: "config.json")
    let environment = [
      "DOCKER_CONFIG": directory.path,
      "IMGPKG_REGISTRY_HOSTNAME_1": "https://registry.example:5000", "IMGPKG_REGISTRY_USERNAME_1": "one",
      "IMGPKG_REGISTRY_PASSWORD_1": "1", "IMGPKG_REGISTRY_HOSTNAME_2": "registry.example:5000/team",
      "IMGPKG_REGISTRY_REGISTRY_TOKEN_2": "two", "IMGPKG_REGISTRY_HOSTNAME": "*.wild.example",
      "IMGPKG_REGISTRY_USERNAME": "wild",
    ]
    let store = CredentialStore(given: .basic(user: "given", password: "x"), environment: environment)
    #expect(try store.credential(registry: "registry.example:5000", path: "a") == .basic(user: "one", password: "1"))
    #expect(try store.credential(registry: "registry.example:5000", path: "team/a") == .registryToken("two"))
    #expect(try store.credential(registry: "a.wild.example", path: "a") == .basic(user: "wild", password: ""))
    #expect(try store.credential(registry: "quay.example", path: "a") == .basic(user: "given", password: "x"))
  }

  @Test func asksHelpers() throws {
    let directory = try TemporaryDirectory()
    try directory.write(
      """
      {"credsStore": "sailplan-test-store", "credHelpers": {"helped.example": "sailplan-test-one"},
       "auths": {"file.example": {"auth": "aG9zdDpwYXNz"}}}
      """, to: "config.json")
    try directory.write(
      """
      #!/bin/sh
      read server
      case "$server" in
      helped.example) echo '{"ServerURL":"x","Username":"<token>","Secret":"refresh"}' ;;
      *) echo "no such thing"; exit 1 ;;
      esac
      """, to: "docker-credential-sailplan-test-one", mode: 0o755)
    try directory.write(
      """
      #!/bin/sh
      read server
      case "$server" in
      https://index.docker.io/v1/) echo '{"Username":"hub","Secret":"s"}' ;;
      broken.example) echo '{"Username":"u","Secret":' ;;
      failing.example) echo "the keychain is locked"; exit 1 ;;
      *) echo "credentials not found in native keychain"; exit 1 ;;
      esac
      """, to: "docker-credential-sailplan-test-store", mode: 0o755)
    // The helpers are found through the PATH of the process: named here by their directory.
    let store = CredentialStore(
      given: nil, environment: ["DOCKER_CONFIG": directory.path, "PATH": directory.path])
    #expect(try store.credential(registry: "helped.example", path: "a") == .identityToken("refresh"))
    #expect(try store.credential(registry: "index.docker.io", path: "a") == .basic(user: "hub", password: "s"))
    #expect(try store.credential(registry: "file.example", path: "a") == .basic(user: "host", password: "pass"))
    #expect(try store.credential(registry: "nobody.example", path: "a") == .anonymous)
    let locked = #expect(throws: Diagnostic.self) { try store.credential(registry: "failing.example", path: "a") }
    #expect(
      locked?.message
        == "the credential helper docker-credential-sailplan-test-store failed for failing.example: the keychain is locked"
    )
    let broken = #expect(throws: Diagnostic.self) { try store.credential(registry: "broken.example", path: "a") }
    #expect(broken?.message.contains("gave no JSON with Username and Secret") == true)
  }

  @Test func saysWhichHelperIsMissing() throws {
    let directory = try TemporaryDirectory()
    try directory.write(#"{"credsStore": "nowhere-to-be-found"}"#, to: "config.json")
    let error = #expect(throws: Diagnostic.self) {
      try Self.store(directory).credential(registry: "a.example", path: "a")
    }
    #expect(
      error?.message.hasPrefix("the credential helper docker-credential-nowhere-to-be-found cannot be started") == true)
  }

  @Test(arguments: [
    (#"{"auths": {"a.example": {"auth": "secret:text"}}}"#, "is not base 64"),
    (#"{"auths": {"a.example": {"auth": "c2VjcmV0"}}}"#, "is not base 64"),
    (#"{"auths": {"a.example": {"password": "secret""#, "is no JSON"),
  ])
  func showsNoSecretsOfABrokenFile(_ text: String, _ expected: String) throws {
    let directory = try TemporaryDirectory()
    try directory.write(ByteString(text), to: "config.json")
    let error = try #require(
      #expect(throws: Diagnostic.self) { try Self.store(directory).credential(registry: "a.example", path: "a") })
    #expect(error.message.contains(expected))
    #expect(!error.description.contains("secret"))
    #expect(!error.description.contains("c2VjcmV0"))
  }

  @Test func readsTheFilesOfPodman() throws {
    let directory = try TemporaryDirectory()
    try directory.write(#"{"auths": {"a.example": {"auth": "aG9zdDpwYXNz"}}}"#, to: "containers/auth.json")
    let expected = Credential.basic(user: "host", password: "pass")
    for environment in [
      ["REGISTRY_AUTH_FILE": directory.path("containers/auth.json")], ["XDG_RUNTIME_DIR": directory.path],
      ["XDG_CONFIG_HOME": directory.path],
    ] {
      let store = CredentialStore(given: nil, environment: environment)
      #expect(try store.credential(registry: "a.example", path: "a") == expected)
    }
  }

  @Test func describesItselfWithoutSecrets() {
    for credential in [
      Credential.basic(user: "u", password: "secret"), .identityToken("secret"), .registryToken("secret"),
    ] {
      #expect(!"\(credential) \(String(reflecting: credential))".contains("secret"))
    }
  }
}
