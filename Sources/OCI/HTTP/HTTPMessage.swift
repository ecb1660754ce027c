package import Files

/// What is asked of a server.
package struct HTTPRequest: Sendable {
  /// The verbs that registries know.
  package enum Method: String, Sendable {
    case get = "GET"
    case head = "HEAD"
    case post = "POST"
    case put = "PUT"
    case patch = "PATCH"
    case delete = "DELETE"
  }

  package var method: Method
  package var address: WebAddress
  package var headers = HTTPHeaders()
  /// What is sent along.
  package var body: BlobContents?
  /// The most bytes of an answer that is gathered in memory.
  package var answerLimit = 4 << 20

  package init(_ method: Method, _ address: WebAddress) {
    self.method = method
    self.address = address
  }
}

/// What a server answered.
package struct HTTPResponse: Sendable {
  package var status = 0
  package var headers = HTTPHeaders()
  /// Who answered, for what a `Location` is relative to.
  package var address: WebAddress?
  /// Empty where the body went elsewhere piece by piece.
  package var body = ByteString.empty

  package var isSuccess: Bool { (200..<300).contains(status) }
}

/// Takes the pieces of a successful answer's body as they arrive, with status and headers of that answer. What it
/// throws ends the transfer.
package typealias HTTPBodyReceiver = (HTTPResponse, UnsafeRawBufferPointer) throws(Diagnostic) -> Void

/// Why there is no answer.
package struct HTTPFailure: Error, Sendable {
  /// What went wrong, for callers that decide by it.
  package enum Code: Sendable, Equatable {
    /// libcurl cannot be loaded.
    case noLibrary
    /// The name of the server, or of the proxy, leads nowhere.
    case unresolved
    /// Nobody listens there.
    case unreachable
    /// The server's certificate is not trusted.
    case untrusted
    /// The server does not speak TLS as we do, or not at all.
    case noTLS
    /// The connection broke off before the answer was complete.
    case dropped
    /// Nothing came for too long.
    case timedOut
    /// The answer is larger than it may be.
    case tooLarge
    /// Whoever took the body, or gave what was sent, stopped it; see `cause`.
    case stopped
    case other
  }

  package var code: Code
  /// What libcurl says.
  package var detail: String
  /// Why the transfer was stopped by us.
  package var cause: Diagnostic?

  package init(code: Code, detail: String, cause: Diagnostic? = nil) {
    self.code = code
    self.detail = detail
    self.cause = cause
  }

  /// Stopped by us, for this reason.
  package init(_ cause: Diagnostic) { self.init(code: .stopped, detail: cause.message, cause: cause) }

  /// Whether the same request may well succeed a moment later.
  package var isPassing: Bool { [.unreachable, .dropped, .timedOut].contains(code) }
}
