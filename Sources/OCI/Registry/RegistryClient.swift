package import Files
import Synchronization

/// Talks to registries by the distribution specification of the Open Container Initiative. Several threads may use one.
///
/// What a registry answers is believed only where its digest proves it. What fails for a reason that may pass is tried
/// again. All errors are diagnostics that name what was asked for, and none shows a secret.
package final class RegistryClient: Sendable {
  let options: RegistryOptions
  private let settings: HTTPSettings
  private let credentials: CredentialStore
  private let servers = Mutex<[ByteString: RegistryServer]>([:])
  /// Those that no thread uses.
  private let connections = Mutex<[HTTPConnection]>([])

  /// - Throws: a diagnostic where a file of certificates cannot be read.
  package init(_ options: RegistryOptions) throws(Diagnostic) {
    self.options = options
    settings = try options.settings()
    credentials = CredentialStore(given: options.credential, environment: options.environment)
  }

  // MARK: Calls

  /// What is asked of a registry, in as many requests as it takes.
  struct Call {
    /// What it is for, as the end of a sentence that begins with "cannot".
    var purpose: String
    var reference: ImageReference
    var scopes: [RegistryScope]
  }

  /// Makes a request, sends it, and makes and sends it again as long as it fails for a reason that may pass.
  /// - Parameters:
  ///   - receiver: who takes the body of a successful answer.
  ///   - make: makes the request; it is given what turns a path below `/v2/` into an address.
  /// - Throws: a diagnostic where there is no answer. Whatever its status, an answer is none.
  func exchange(
    _ call: Call, to receiver: HTTPBodyReceiver? = nil,
    _ make: ((String) -> WebAddress) throws(Diagnostic) -> HTTPRequest
  ) throws(Diagnostic) -> HTTPResponse {
    let server = server(call.reference.registry)
    var backoff = Backoff(retries: options.retryCount)
    while true {
      do throws(HTTPFailure) {
        let answer = try attempt(call, to: receiver, make)
        guard let pause = backoff.next(after: answer) else { return answer }
        Backoff.sleep(pause)
      } catch {
        // Where nobody has ever answered, nobody is going to.
        let isHopeless = error.code == .unreachable && server.scheme == nil
        guard error.isPassing, !isHopeless, let pause = backoff.next() else {
          throw .unanswered(call.purpose, server.name, error)
        }
        Backoff.sleep(pause)
      }
    }
  }

  /// The same, once: for requests that cannot be sent again as they are.
  func attempt(
    _ call: Call, to receiver: HTTPBodyReceiver? = nil,
    _ make: ((String) -> WebAddress) throws(Diagnostic) -> HTTPRequest
  ) throws(HTTPFailure) -> HTTPResponse {
    let server = server(call.reference.registry)
    let scheme = try scheme(of: server)
    let request: HTTPRequest
    do throws(Diagnostic) {
      request = try make { server.address(scheme, "/v2/\($0)") }
    } catch {
      throw HTTPFailure(error)
    }
    return try send(request, call, server, receiver)
  }

  private func server(_ name: ByteString) -> RegistryServer {
    servers.withLock { servers in
      if let known = servers[name] { return known }
      let server = RegistryServer(name: name.text)
      servers[name] = server
      return server
    }
  }

  /// Lends a connection to the calling thread.
  private func withConnection<R>(_ body: (HTTPConnection) throws(HTTPFailure) -> R) throws(HTTPFailure) -> R {
    let idle = connections.withLock { $0.popLast() }
    let connection = if let idle { idle } else { try HTTPConnection(settings) }
    defer { connections.withLock { $0.append(connection) } }
    return try body(connection)
  }

  // MARK: How a registry is spoken to

  /// How a registry is spoken to, found out by the first who asks.
  private func scheme(of server: RegistryServer) throws(HTTPFailure) -> WebAddress.Scheme {
    if let known = server.scheme { return known }
    let mayBePlain = options.isInsecure || server.address(.http, "/").isLoopback
    do throws(HTTPFailure) {
      return try greet(server, .https)
    } catch {
      guard mayBePlain, [.noTLS, .unreachable, .dropped, .timedOut].contains(error.code) else { throw error }
      return try greet(server, .http)
    }
  }

  private func greet(_ server: RegistryServer, _ scheme: WebAddress.Scheme) throws(HTTPFailure) -> WebAddress.Scheme {
    let request = HTTPRequest(.get, server.address(scheme, "/v2/"))
    let answer = try withConnection { (connection) throws(HTTPFailure) in try connection.send(request) }
    server.set(scheme: scheme, challenge: Self.challenge(in: answer))
    return scheme
  }

  /// What an answer asks for; tokens are preferred to passwords.
  private static func challenge(in answer: HTTPResponse) -> AuthenticationChallenge? {
    guard answer.status == 401 else { return nil }
    let offered = AuthenticationChallenge.parse(answer.headers.values("WWW-Authenticate"))
    return offered.first { $0.scheme == "bearer" } ?? offered.first { $0.scheme == "basic" }
  }

  // MARK: Authorization

  private func send(
    _ request: HTTPRequest, _ call: Call, _ server: RegistryServer, _ receiver: HTTPBodyReceiver?
  ) throws(HTTPFailure) -> HTTPResponse {
    // An upload may be sent elsewhere: to a server that has no business with our credentials.
    let isOwn = request.address.isSameServer(as: server.address(server.scheme ?? .https, "/"))
    var isAsked = false
    while true {
      let authorization = isOwn ? try authorization(call, server) : nil
      var authorized = request
      if let authorization { authorized.headers.add("Authorization", authorization.header) }
      let answer = try withConnection { (connection) throws(HTTPFailure) in
        try connection.sendFollowing(authorized, to: receiver)
      }
      // A refusal by another server, to which we were redirected, says nothing about the registry.
      guard isOwn, answer.address?.isSameServer(as: request.address) == true,
        let challenge = Self.challenge(in: answer),
        authorization?.isFinal != true, authorization != nil || !isAsked
      else { return answer }
      isAsked = true
      server.set(challenge: challenge)
      if let token = authorization?.token { server.forget(token, for: Self.key(call.scopes)) }
    }
  }

  private struct Authorization {
    var header: String
    var token: BearerToken?
    /// Whether nothing better is to be had where it is refused.
    var isFinal = true
  }

  private static func key(_ scopes: [RegistryScope]) -> String { scopes.map(\.text).joined(separator: " ") }

  /// What to say about who asks; nothing where nobody wants to know, or there is nothing to say.
  private func authorization(_ call: Call, _ server: RegistryServer) throws(HTTPFailure) -> Authorization? {
    guard let challenge = server.challenge else { return nil }
    let credential: Credential
    do throws(Diagnostic) {
      credential = try credentials.credential(registry: server.name, path: call.reference.path.text)
    } catch {
      throw HTTPFailure(error)
    }
    switch (credential, challenge.scheme) {
    case (.registryToken(let token), _): return Authorization(header: "Bearer \(token)")
    case (.basic(let user, let password), "basic"):
      return Authorization(header: TokenRequest.basic(user, password))
    case (_, "bearer"):
      let key = Self.key(call.scopes)
      if let known = server.token(for: key) {
        return Authorization(header: "Bearer \(known.text)", token: known, isFinal: false)
      }

      let request = TokenRequest(
        challenge: challenge, credential: credential, registry: server.name, scopes: call.scopes.map(\.text))
      let mayBePlain = options.isInsecure
      let token = try withConnection { (connection) throws(HTTPFailure) in
        try request.send(connection, mayBePlain: mayBePlain)
      }
      server.keep(token, for: key)
      return Authorization(header: "Bearer \(token.text)", token: token)
    default: return nil
    }
  }
}
