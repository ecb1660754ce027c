extension HTTPConnection {
  private static let mostRedirections = 10

  /// Sends `request`, and sends it again to where answers redirect it. Credentials stay with the server that they were
  /// meant for, and what was asked by HTTPS is never asked by plain HTTP.
  func sendFollowing(_ request: HTTPRequest, to receiver: HTTPBodyReceiver?) throws(HTTPFailure) -> HTTPResponse {
    var request = request
    for _ in 0...Self.mostRedirections {
      let answer = try send(request, to: receiver)
      guard [301, 302, 303, 307, 308].contains(answer.status), let location = answer.headers["Location"] else {
        return answer
      }
      guard let next = request.address.following(location) else {
        throw HTTPFailure(code: .other, detail: "\(request.address.origin) redirects to what is no address")
      }
      if request.address.scheme == .https, next.scheme == .http {
        throw HTTPFailure(
          code: .other, detail: "\(request.address.origin) redirects to \(next.origin), which is not encrypted")
      }
      if !next.isSameServer(as: request.address) { request.headers.remove("Authorization") }
      if answer.status == 303, request.method != .head {
        request.method = .get
        request.body = nil
      }
      request.address = next
    }
    throw HTTPFailure(code: .other, detail: "\(request.address.origin) redirects in a circle")
  }
}
