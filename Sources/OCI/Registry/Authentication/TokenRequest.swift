import Files
import YAML

/// Asks a token server for a token that its registry takes, as the distribution project specifies it.
struct TokenRequest {
  let challenge: AuthenticationChallenge
  let credential: Credential
  let registry: String
  let scopes: [String]

  private static let answerLimit = 1 << 20
  /// How long a token is good for where the server does not say.
  private static let usualSeconds = 60

  static func basic(_ user: String, _ password: String) -> String {
    "Basic \(Base64.encode(ByteString("\(user):\(password)")))"
  }

  /// - Parameter mayBePlain: whether credentials may go to a token server without encryption.
  func send(_ connection: HTTPConnection, mayBePlain: Bool) throws(HTTPFailure) -> BearerToken {
    guard let realm = challenge.parameters["realm"], let address = WebAddress(realm) else {
      throw HTTPFailure(Diagnostic("\(registry) asks for a token but does not say which server gives one"))
    }
    if address.scheme == .http && !mayBePlain && !address.isLoopback {
      throw HTTPFailure(
        Diagnostic(
          "\(registry) names the token server \(address.origin), which is not encrypted",
          hint: "give --registry-insecure if the network in between is to be trusted"))
    }
    let request = request(to: address)
    // A token in the body is for this server alone.
    let answer = try request.body == nil ? connection.sendFollowing(request, to: nil) : connection.send(request)
    if Backoff.isPassing(answer) {
      throw HTTPFailure(
        code: .dropped, detail: "its token server \(address.origin) answers with status \(answer.status)")
    }
    guard answer.isSuccess else { throw HTTPFailure(refusal(answer, by: address)) }
    // Nothing of the answer is shown, for it is secret.
    guard let document = try? JSONField(document: answer.body, shown: "the answer of \(address.origin)"),
      let token = Self.text(document["token"]) ?? Self.text(document["access_token"])
    else {
      throw HTTPFailure(Diagnostic("the token server \(address.origin) of \(registry) gave no token"))
    }
    var seconds = Self.usualSeconds
    if case .int(let given)? = document["expires_in"].node { seconds = Int(clamping: given) }
    return BearerToken(token, seconds: seconds)
  }

  private static func text(_ field: JSONField) -> String? {
    guard let text = field.node?.stringValue?.text, !text.isEmpty,
      text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
    else { return nil }
    return text
  }

  private func request(to address: WebAddress) -> HTTPRequest {
    let service = challenge.parameters["service"]
    if case .identityToken(let token) = credential {
      var form = [("grant_type", "refresh_token"), ("client_id", "sailplan"), ("refresh_token", token)]
      if let service { form.append(("service", service)) }
      if !scopes.isEmpty { form.append(("scope", scopes.joined(separator: " "))) }
      var request = HTTPRequest(.post, address)
      request.headers.add("Content-Type", "application/x-www-form-urlencoded")
      let text = form.map { "\($0.0)=\(WebAddress.escape($0.1))" }.joined(separator: "&")
      request.body = .bytes(ByteString(text))
      request.answerLimit = Self.answerLimit
      return request
    }
    var full = address
    if let service { full = full.adding("service", service) }
    for scope in scopes { full = full.adding("scope", scope) }
    var request = HTTPRequest(.get, full)
    if case .basic(let user, let password) = credential {
      request.headers.add("Authorization", Self.basic(user, password))
    }
    request.answerLimit = Self.answerLimit
    return request
  }

  private func refusal(_ answer: HTTPResponse, by address: WebAddress) -> Diagnostic {
    let hint = [400, 401, 403].contains(answer.status) ? Diagnostic.loginHint(registry, credential) : nil
    return Diagnostic(
      "the token server \(address.origin) of \(registry) refuses \(credential) for \(scopes.joined(separator: " "))"
        + " (status \(answer.status))", hint: hint)
  }
}
