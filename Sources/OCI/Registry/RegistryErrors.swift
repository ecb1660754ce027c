import Files
import YAML

extension Diagnostic {
  /// There is no answer.
  static func unanswered(_ purpose: String, _ registry: String, _ failure: HTTPFailure) -> Diagnostic {
    if let cause = failure.cause { return cause }
    let hint: String? =
      switch failure.code {
      case .noLibrary:
        "install libcurl 7.77 or later: the package libcurl4 of Debian and Ubuntu, libcurl of Fedora and Alpine"
      case .unresolved:
        "check the name of the registry, and the network; proxies are read from https_proxy and no_proxy"
      case .unreachable: "check that the registry runs and that its port is right"
      case .untrusted: "name the certificate of its authority with --registry-ca-cert-path"
      case .noTLS: "if the registry speaks plain HTTP only, give --registry-insecure"
      case .dropped, .timedOut: "run the command again: what has arrived is not sent again"
      case .tooLarge, .stopped, .other: nil
      }
    return Diagnostic("cannot \(purpose): \(registry) gives no answer: \(plain(failure.detail))", hint: hint)
  }

  /// The answer is not the one that was hoped for.
  static func answered(_ purpose: String, _ registry: String, _ answer: HTTPResponse) -> Diagnostic {
    let said = reasons(answer).map { ": \($0)" } ?? ""
    let hint: String? =
      switch answer.status {
      case 401, 403: loginHint(registry, nil)
      case 404: "check the name; a registry may also hide what one has no right to see"
      case 405: "the registry does not allow this; it may be a mirror that can only be read"
      case 413: "the registry, or a proxy in front of it, takes no bodies of that size"
      case 429: "the registry asks for fewer requests; wait, or log in for a higher limit"
      case 500...: "this is the registry's trouble; try again later"
      default: nil
      }
    return Diagnostic("cannot \(purpose): \(registry) answers with status \(answer.status)\(said)", hint: hint)
  }

  static func loginHint(_ registry: String, _ credential: Credential?) -> String {
    "log in with 'docker login \(registry)', or give --registry-username and --registry-password"
  }

  /// What the body of an error says: code and message of each of its errors.
  private static func reasons(_ answer: HTTPResponse) -> String? {
    guard let document = try? JSONField(document: answer.body, shown: "an answer"),
      let errors = try? document["errors"].list()
    else { return nil }
    let texts = errors.prefix(3).compactMap { error -> String? in
      let code = error["code"].node?.stringValue?.text
      let message = error["message"].node?.stringValue?.text
      switch (message, code) {
      case (let message?, let code?): return "\(message) (\(code))"
      case (let text?, nil), (nil, let text?): return text
      case (nil, nil): return nil
      }
    }
    return texts.isEmpty ? nil : plain(texts.joined(separator: "; "))
  }

  private static let longestText = 300

  /// What came from outside, short and without what could steer a terminal.
  private static func plain(_ text: String) -> String {
    let scalars = text.unicodeScalars.prefix(longestText).map { $0.properties.generalCategory == .control ? " " : $0 }
    return String(String.UnicodeScalarView(scalars))
  }
}
