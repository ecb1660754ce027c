import Files
import OCI
import TestSupport
import Testing

/// Who asks, and to whom that is said.
@Suite struct AuthenticationTests {
  typealias Request = FaultyServer.Request
  typealias Answer = FaultyServer.Answer

  static let manifest = ByteString(#"{"schemaVersion":2,"layers":[]}"#)
  static let found = Answer(200, ["Content-Type: \(MediaType.manifest)"], manifest)

  /// The answer to whoever is not let in.
  static func refusal(_ realm: String, _ request: Request) -> Answer {
    Answer(401, [#"WWW-Authenticate: Bearer realm="\#(realm)",service="tests""#])
  }

  private static func client(_ credential: Credential?) throws -> RegistryClient {
    var options = RegistryOptions()
    options.credential = credential
    options.retryCount = 1
    return try RegistryClient(options)
  }

  @Test func fetchesATokenForWhatItDoes() throws {
    let tokens = try FaultyServer { request, _ in
      guard request.headers["authorization"] == "Basic c2hpcDpzZWNyZXQ=" else { return Answer(401) }
      return Answer(200, [], #"{"token":"good","expires_in":300}"#)
    }
    let server = try FaultyServer { [realm = "http://\(tokens.name)/token"] request, _ in
      request.headers["authorization"] == "Bearer good" ? Self.found : Self.refusal(realm, request)
    }
    let client = try Self.client(.basic(user: "ship", password: "secret"))
    let reference = try ImageReference(ByteString("\(server.name)/team/app:v1"))
    #expect(try client.manifest(reference).bytes == Self.manifest)
    #expect(try client.manifest(reference).bytes == Self.manifest)
    // The second time the token is known.
    #expect(tokens.requests.map(\.line) == ["GET /token?service=tests&scope=repository%3Ateam%2Fapp%3Apull"])
  }

  @Test func asksForTheRightToWriteBeforeItPushes() throws {
    let tokens = try FaultyServer { _, _ in Answer(200, [], #"{"token":"good"}"#) }
    let server = try FaultyServer { [realm = "http://\(tokens.name)/token"] request, _ in
      guard request.headers["authorization"] == "Bearer good" else { return Self.refusal(realm, request) }
      return request.method == "POST" ? Answer(201) : Answer(404)
    }
    let client = try Self.client(nil)
    let reference = try ImageReference(ByteString("\(server.name)/new/app"))
    let other = try ImageReference(ByteString("\(server.name)/old/app"))
    #expect(try client.pushBlob(.bytes("x"), ContentDigest("x"), to: reference, mountingFrom: other) == .mounted)
    // Some registries do not say to others whether a repository is there.
    #expect(
      tokens.requests.map(\.target) == [
        "/token?service=tests&scope=repository%3Anew%2Fapp%3Apull%2Cpush",
        "/token?service=tests&scope=repository%3Anew%2Fapp%3Apull%2Cpush&scope=repository%3Aold%2Fapp%3Apull",
      ])
  }

  @Test func asksATokenServerInTroubleAgain() throws {
    let tokens = try FaultyServer { _, before in before == 0 ? Answer(503) : Answer(200, [], #"{"token":"good"}"#) }
    let server = try FaultyServer { [realm = "http://\(tokens.name)/token"] request, _ in
      request.headers["authorization"] == "Bearer good" ? Self.found : Self.refusal(realm, request)
    }
    let client = try Self.client(nil)
    #expect(try client.manifest(ImageReference(ByteString("\(server.name)/app:v1"))).bytes == Self.manifest)
    #expect(tokens.requests.count == 2)
  }

  @Test func exchangesAnIdentityToken() throws {
    let tokens = try FaultyServer { request, _ in
      request.method == "POST" ? Answer(200, [], #"{"access_token":"good"}"#) : Answer(405)
    }
    let server = try FaultyServer { [realm = "http://\(tokens.name)/token"] request, _ in
      request.headers["authorization"] == "Bearer good" ? Self.found : Self.refusal(realm, request)
    }
    let client = try Self.client(.identityToken("a+b/c"))
    _ = try client.manifest(ImageReference(ByteString("\(server.name)/app:v1")))
    #expect(
      tokens.requests.first?.body
        == "grant_type=refresh_token&client_id=sailplan&refresh_token=a%2Bb%2Fc&service=tests&scope=repository%3Aapp%3Apull"
    )
  }

  /// A token server may not hand what it was given to somebody else.
  @Test func showsAnIdentityTokenToNoOtherServer() throws {
    let other = try FaultyServer { _, _ in Answer(200, [], #"{"token":"t"}"#) }
    let tokens = try FaultyServer { [place = "http://\(other.name)/token"] _, _ in Answer(307, ["Location: \(place)"]) }
    let server = try FaultyServer { [realm = "http://\(tokens.name)/token"] request, _ in
      Self.refusal(realm, request)
    }
    let client = try Self.client(.identityToken("s3cr3t"))
    #expect(throws: Diagnostic.self) {
      try client.manifest(ImageReference(ByteString("\(server.name)/app:v1")))
    }
    #expect(!tokens.requests.isEmpty && other.requests.isEmpty)
  }

  @Test func fetchesAnotherTokenWhenOneIsWornOut() throws {
    let tokens = try FaultyServer { _, before in Answer(200, [], ByteString(#"{"token":"t\#(before)"}"#)) }
    let server = try FaultyServer { [realm = "http://\(tokens.name)/token"] request, _ in
      // Each token is good for what is asked first with it.
      let isNew = request.headers["authorization"] == (request.target.hasSuffix("v1") ? "Bearer t0" : "Bearer t1")
      return isNew ? Self.found : Self.refusal(realm, request)
    }
    let client = try Self.client(nil)
    _ = try client.manifest(ImageReference(ByteString("\(server.name)/app:v1")))
    _ = try client.manifest(ImageReference(ByteString("\(server.name)/app:v2")))
    #expect(tokens.requests.count == 2)
  }

  @Test(arguments: [
    (Credential.basic(user: "ship", password: "s3cr3t"), 401), (.identityToken("s3cr3t"), 400), (.anonymous, 403),
  ])
  func saysWhoWasRefused(_ credential: Credential, _ status: Int) throws {
    let tokens = try FaultyServer { _, _ in Answer(status, [], "s3cr3t") }
    let server = try FaultyServer { [realm = "http://\(tokens.name)/token"] request, _ in
      Self.refusal(realm, request)
    }
    let client = try Self.client(credential)
    let error = try #require(
      #expect(throws: Diagnostic.self) { try client.manifest(ImageReference(ByteString("\(server.name)/app:v1"))) })
    #expect(
      error.message
        == "the token server http://\(tokens.name) of \(server.name) refuses \(credential) for repository:app:pull (status \(status))"
    )
    #expect(error.hint?.contains("docker login \(server.name)") == true)
    #expect(!error.description.contains("s3cr3t"))
  }

  @Test func showsNoTokens() throws {
    let tokens = try FaultyServer { _, _ in Answer(200, [], #"{"token": "s3cr3t""#) }
    let server = try FaultyServer { [realm = "http://\(tokens.name)/token"] request, _ in
      Self.refusal(realm, request)
    }
    let client = try Self.client(nil)
    let error = try #require(
      #expect(throws: Diagnostic.self) { try client.manifest(ImageReference(ByteString("\(server.name)/app:v1"))) })
    #expect(error.message == "the token server http://\(tokens.name) of \(server.name) gave no token")
    #expect(!error.description.contains("s3cr3t"))
  }

  @Test func asksOnlyEncryptedTokenServersElsewhere() throws {
    // The registry answers on this machine; another one's word for a server elsewhere is not taken in the clear.
    let server = try FaultyServer { request, _ in Self.refusal("http://tokens.example/token", request) }
    let client = try Self.client(.basic(user: "ship", password: "secret"))
    let error = #expect(throws: Diagnostic.self) {
      try client.manifest(ImageReference(ByteString("\(server.name)/app:v1")))
    }
    #expect(error?.message == "\(server.name) names the token server http://tokens.example, which is not encrypted")
  }

  @Test func givesNoPasswordToWhereItIsRedirected() throws {
    let other = try FaultyServer { _, _ in Self.found }
    let server = try FaultyServer { [location = "http://\(other.name)/elsewhere"] request, _ in
      guard request.headers["authorization"] == "Basic c2hpcDpzZWNyZXQ=" else {
        return Answer(401, [#"WWW-Authenticate: Basic realm="tests""#])
      }
      return Answer(307, ["Location: \(location)"])
    }
    let client = try Self.client(.basic(user: "ship", password: "secret"))
    #expect(try client.manifest(ImageReference(ByteString("\(server.name)/app:v1"))).bytes == Self.manifest)
    #expect(other.requests.map(\.line) == ["GET /elsewhere"])
    #expect(other.requests.first?.headers["authorization"] == nil)
  }

  @Test func givesNoPasswordToWhereAnUploadGoes() throws {
    let other = try FaultyServer { request, _ in
      // It would like to see one.
      Answer(401, [#"WWW-Authenticate: Basic realm="mine""#])
    }
    let server = try FaultyServer { [location = "http://\(other.name)/upload"] request, _ in
      guard request.headers["authorization"] == "Basic c2hpcDpzZWNyZXQ=" else {
        return Answer(401, [#"WWW-Authenticate: Basic realm="tests""#])
      }
      return request.method == "POST" ? Answer(202, ["Location: \(location)"]) : Answer(404)
    }
    let client = try Self.client(.basic(user: "ship", password: "secret"))
    #expect(throws: Diagnostic.self) {
      try client.pushBlob(.bytes("x"), ContentDigest("x"), to: ImageReference(ByteString("\(server.name)/app")))
    }
    #expect(!other.requests.isEmpty)
    #expect(other.requests.allSatisfy { $0.headers["authorization"] == nil })
  }

  @Test func keepsThePasswordWhereItStaysOnTheServer() throws {
    let server = try FaultyServer { request, _ in
      guard request.headers["authorization"] == "Basic c2hpcDpzZWNyZXQ=" else {
        return Answer(401, [#"WWW-Authenticate: Basic realm="tests""#])
      }
      return request.target.hasPrefix("/v2/app/") ? Answer(302, ["Location: /here"]) : Self.found
    }
    let client = try Self.client(.basic(user: "ship", password: "secret"))
    #expect(try client.manifest(ImageReference(ByteString("\(server.name)/app:v1"))).bytes == Self.manifest)
  }

  @Test(.enabled(if: RegistryServer.isAvailable, "docker-registry is not installed"))
  func logsInWithAPassword() throws {
    let server = try RegistryServer(passwords: "passwords") { directory in
      // The password is "secret".
      try directory.write(
        "ship:$2y$04$MIzo/qc32iRguTG89737muKTmKD8K01tOxl9gIUi71.pzMcHbIKPW\n", to: "passwords")
    }
    let reference = try ImageReference(ByteString("\(server.name)/app:v1"))
    let blob = ByteString("some bytes")
    let client = try Self.client(.basic(user: "ship", password: "secret"))
    try client.pushBlob(.bytes(blob), ContentDigest(blob), to: reference)
    #expect(try client.hasBlob(ContentDigest(blob), in: reference))
    for wrong in [Credential.anonymous, .basic(user: "ship", password: "wrong")] {
      let error = #expect(throws: Diagnostic.self) {
        try Self.client(wrong).pushBlob(.bytes(blob), ContentDigest(blob), to: reference)
      }
      #expect(error?.message.contains("answers with status 401") == true)
      #expect(error?.hint?.contains("docker login") == true)
      #expect(error?.description.contains("wrong") == false)
    }
  }
}
