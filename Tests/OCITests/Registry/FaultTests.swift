import Files
import OCI
import Synchronization
import TestSupport
import Testing

/// Registries and networks that do not do what they should.
@Suite struct FaultTests {
  typealias Request = FaultyServer.Request
  typealias Answer = FaultyServer.Answer

  static let manifest = ByteString(#"{"schemaVersion":2,"layers":[]}"#)
  static let found = Answer(200, ["Content-Type: \(MediaType.manifest)"], manifest)
  static let blob = ByteString((0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 7 >> 2) })
  static let descriptor = Descriptor(.layer, of: blob)

  private static func client(retries: Int = 3) throws -> RegistryClient {
    var options = RegistryOptions()
    options.retryCount = retries
    options.silenceTimeout = 5
    return try RegistryClient(options)
  }

  private static func reference(_ server: FaultyServer, _ rest: String = "/app:v1") throws -> ImageReference {
    try ImageReference(ByteString(server.name + rest))
  }

  // MARK: Trying again

  @Test(arguments: [Answer.drop, Answer(503), Answer(429, ["Retry-After: 0"]), Answer(500), Answer(200, length: 10)])
  func triesAgain(_ fault: Answer) throws {
    let server = try FaultyServer { request, before in
      request.target == "/v2/" ? Answer(200) : before < 2 ? fault : Self.found
    }
    #expect(try Self.client().manifest(Self.reference(server)).bytes == Self.manifest)
    #expect(server.requests.count { $0.target.contains("manifests") } == 3)
  }

  @Test(arguments: [
    (Answer(200, length: 10), 2, "gives no answer"), (Answer(503), 2, "answers with status 503"),
    // A day is too long to wait for.
    (
      Answer(429, ["Retry-After: 86400"], #"{"errors":[{"code":"TOOMANY","message":"slow\u001b down"}]}"#), 1,
      "answers with status 429: slow  down (TOOMANY)"
    ),
    (Answer(404, [], #"{"errors":[{"code":"MANIFEST_UNKNOWN"}]}"#), 1, "answers with status 404: MANIFEST_UNKNOWN"),
    (Answer(403), 1, "answers with status 403"),
  ])
  func givesUp(_ fault: Answer, _ times: Int, _ expected: String) throws {
    let server = try FaultyServer { request, _ in request.target == "/v2/" ? Answer(200) : fault }
    let error = try #require(
      #expect(throws: Diagnostic.self) { try Self.client(retries: 1).manifest(Self.reference(server)) })
    #expect(error.message.hasPrefix("cannot fetch the manifest of \(server.name)/app:v1: \(server.name) \(expected)"))
    #expect(error.hint != nil)
    #expect(server.requests.count { $0.target.contains("manifests") } == times)
  }

  @Test func saysThatNobodyListens() throws {
    let reference = try ImageReference(ByteString("127.0.0.1:\(try FaultyServer.freePort())/app:v1"))
    let error = #expect(throws: Diagnostic.self) { try Self.client().manifest(reference) }
    #expect(error?.message.contains("gives no answer") == true)
    #expect(error?.hint == "check that the registry runs and that its port is right")
  }

  // MARK: Wrong answers

  @Test func refusesAnotherManifestThanTheDigestNames() throws {
    let server = try FaultyServer { _, _ in Self.found }
    let asked = ContentDigest("something else")
    let error = #expect(throws: Diagnostic.self) {
      try Self.client().manifest(Self.reference(server).with(digest: asked))
    }
    #expect(
      error?.message.contains("a manifest with the digest \(ContentDigest(Self.manifest)); expected \(asked)") == true)
  }

  @Test func refusesAManifestThatIsNotWhatTheHeaderSays() throws {
    let server = try FaultyServer { _, _ in
      Answer(
        200, ["Content-Type: \(MediaType.manifest)", "Docker-Content-Digest: \(ContentDigest("other"))"], Self.manifest)
    }
    #expect(throws: Diagnostic.self) { try Self.client().manifest(Self.reference(server)) }
  }

  @Test func refusesAnEndlessManifest() throws {
    let server = try FaultyServer { request, _ in
      request.target == "/v2/" ? Answer(200) : Answer(200, [], ByteString([UInt8](repeating: 32, count: 5 << 20)))
    }
    let error = #expect(throws: Diagnostic.self) { try Self.client().manifest(Self.reference(server)) }
    #expect(error?.message.contains("the answer has more than 4194304 bytes") == true)
  }

  @Test func refusesEndlessHeaders() throws {
    let lines = (0..<10_000).map { "X-\($0): \(String(repeating: "x", count: 50))" }
    let server = try FaultyServer { request, _ in
      request.target == "/v2/" ? Answer(200) : Answer(200, lines, Self.manifest)
    }
    #expect(throws: Diagnostic.self) { try Self.client().manifest(Self.reference(server)) }
  }

  @Test func endsACircleOfRedirections() throws {
    let server = try FaultyServer { request, _ in Answer(302, ["Location: \(request.target)"]) }
    let error = #expect(throws: Diagnostic.self) { try Self.client().manifest(Self.reference(server)) }
    #expect(error?.message.contains("redirects in a circle") == true)
  }

  // MARK: Blobs

  @Test(arguments: [true, false])
  func goesOnWithABlobAfterDrops(knowsRanges: Bool) throws {
    let server = try FaultyServer { request, before in
      if request.target == "/v2/" { return Answer(200) }
      let range = request.headers["range"]
      let start = knowsRanges ? range.flatMap { Int($0.dropFirst(6).dropLast()) } ?? 0 : 0
      let headers = start > 0 ? ["Content-Range: bytes \(start)-99999/100000"] : []
      let rest = Self.blob[start..<Self.blob.count]
      let sent = rest[0..<min(rest.count, before < 2 ? 30_000 + before : rest.count)]
      return Answer(start > 0 ? 206 : 200, headers, sent, length: rest.count)
    }
    #expect(try Self.client().blob(Self.descriptor, from: Self.reference(server), limit: 1 << 20) == Self.blob)
    let ranges = server.requests.filter { $0.target.contains("blobs") }.map { $0.headers["range"] }
    #expect(ranges == (knowsRanges ? [nil, "bytes=30000-", "bytes=60001-"] : [nil, "bytes=30000-", "bytes=30001-"]))
  }

  @Test(arguments: [
    ("cut off", blob[0..<50_000], "it has 50000 bytes; the manifest promises 100000"),
    ("too long", blob.appending("x"), "it has more than the 100000 bytes that the manifest promises"),
    ("another", ByteString([UInt8](repeating: 0, count: 100_000)), "what came has the digest sha256:"),
  ])
  func refusesAWrongBlob(_ what: String, _ bytes: ByteString, _ expected: String) throws {
    let server = try FaultyServer { request, _ in request.target == "/v2/" ? Answer(200) : Answer(200, [], bytes) }
    let error = #expect(throws: Diagnostic.self) {
      try Self.client().blob(Self.descriptor, from: Self.reference(server), limit: 1 << 20)
    }
    #expect(error?.message.contains(expected) == true, "\(what): \(error?.message ?? "")")
  }

  @Test func refusesARangeThatBeginsElsewhere() throws {
    let server = try FaultyServer { request, before in
      if request.target == "/v2/" { return Answer(200) }
      if before == 0 { return Answer(200, [], Self.blob[0..<10], length: 100_000) }
      return Answer(206, ["Content-Range: bytes 5-99999/100000"], Self.blob[5..<100_000])
    }
    let error = #expect(throws: Diagnostic.self) {
      try Self.client().blob(Self.descriptor, from: Self.reference(server), limit: 1 << 20)
    }
    #expect(error?.message.contains("the answer begins at byte 5; expected byte 10") == true)
  }

  // MARK: Uploads

  /// A registry that takes uploads piece by piece, and drops the connection at one of them.
  private final class Uploads: Sendable {
    let bytes = Mutex<ByteString>(.empty)
    let dropped: Int
    private let hasDropped = Atomic(false)
    /// How many bytes of the dropped one are kept; nothing where the upload is forgotten.
    let kept: Int?

    init(dropped: Int, kept: Int?) {
      self.dropped = dropped
      self.kept = kept
    }

    func answer(_ request: Request, _ before: Int) -> Answer {
      bytes.withLock { bytes in
        switch request.method {
        case "HEAD": return bytes == blob && before > 0 ? Answer(200) : Answer(404)
        case "POST":
          bytes = .empty
          return Answer(202, ["Location: /upload/\(before)"])
        case "PATCH":
          let start = request.headers["content-range"].flatMap { Int($0.prefix { $0 != "-" }) }
          guard start == bytes.count else { return Answer(416) }
          let isDropped =
            bytes.count == dropped
            && hasDropped.compareExchange(expected: false, desired: true, ordering: .relaxed).exchanged
          bytes = bytes.appending(isDropped ? request.body[0..<(kept ?? 0)] : request.body)
          return isDropped ? .drop : Answer(202, ["Location: \(request.target)", "Range: 0-\(bytes.count - 1)"])
        case "GET":
          if request.target == "/v2/" { return Answer(200) }
          return kept == nil
            ? Answer(404) : Answer(204, ["Location: \(request.target)", "Range: 0-\(bytes.count - 1)"])
        default: return bytes == blob ? Answer(201) : Answer(400)
        }
      }
    }
  }

  @Test(arguments: [(0, 10_000), (40_000, 17), (80_000, nil)])
  func goesOnWithAnUploadAfterADrop(_ dropped: Int, _ kept: Int?) throws {
    let uploads = Uploads(dropped: dropped, kept: kept)
    let server = try FaultyServer { uploads.answer($0, $1) }
    var options = RegistryOptions()
    options.chunkLength = 40_000
    let client = try RegistryClient(options)
    #expect(try client.pushBlob(.bytes(Self.blob), Self.descriptor.digest, to: Self.reference(server)) == .uploaded)
    #expect(uploads.bytes.withLock { $0 } == Self.blob)
    // What the registry has kept is not sent again.
    #expect(server.requests.count { $0.method == "POST" } == (kept == nil ? 2 : 1))
  }

  /// One that never has more than a few bytes, or more than there are, would be sent to without end.
  @Test(arguments: ["0-4", "0-999999"])
  func believesNoRegistryThatDoesNotGetOn(_ range: String) throws {
    let server = try FaultyServer { request, _ in
      switch request.method {
      case "HEAD": Answer(404)
      case "POST", "PATCH": Answer(202, ["Location: /upload", "Range: \(range)"])
      default: Answer(200)
      }
    }
    var options = RegistryOptions()
    options.chunkLength = 40_000
    let client = try RegistryClient(options)
    let error = #expect(throws: Diagnostic.self) {
      try client.pushBlob(.bytes(Self.blob), Self.descriptor.digest, to: Self.reference(server))
    }
    #expect(error?.message.contains("the registry says that it has") == true)
    #expect(server.requests.count { $0.method == "PATCH" } <= 2)
  }

  @Test func takesAnAnswerThatWasLostForDone() throws {
    let server = try FaultyServer { request, before in
      switch request.method {
      case "HEAD": before == 0 ? Answer(404) : Answer(200)
      case "POST": Answer(202, ["Location: /upload"])
      case "PUT": .drop
      default: Answer(200)
      }
    }
    let client = try Self.client()
    #expect(try client.pushBlob(.bytes(Self.blob), Self.descriptor.digest, to: Self.reference(server)) == .uploaded)
    #expect(server.requests.count { $0.method == "PUT" } == 1)
  }

  @Test func putsNothingUnderATagThatTheRegistryChanged() throws {
    let server = try FaultyServer { request, _ in
      request.method == "PUT" ? Answer(201, ["Docker-Content-Digest: \(ContentDigest("other"))"]) : Answer(200)
    }
    let manifest = FetchedManifest(
      bytes: Self.manifest, mediaType: .manifest, digest: ContentDigest(Self.manifest))
    #expect(throws: Diagnostic.self) { try Self.client().putManifest(manifest, at: Self.reference(server)) }
  }

  // MARK: Lists

  @Test func readsAllPagesOfTags() throws {
    let server = try FaultyServer { request, _ in
      switch request.target {
      case "/v2/app/tags/list":
        Answer(200, [#"Link: </v2/app/tags/list?last=b&n=2>; rel="next""#], #"{"tags":["b","a"]}"#)
      case "/v2/app/tags/list?last=b&n=2": Answer(200, [], #"{"name":"app","tags":["c"]}"#)
      default: Answer(200)
      }
    }
    #expect(try Self.client().tags(of: Self.reference(server)) == ["a", "b", "c"])
  }
}
