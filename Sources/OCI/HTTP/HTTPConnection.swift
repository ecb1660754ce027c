internal import Ccurl
import Files

/// Sends requests, one after the other, and keeps connections open between them. For one thread at a time.
package final class HTTPConnection: @unchecked Sendable {
  private let handle: UnsafeMutableRawPointer
  private let settings: HTTPSettings
  /// libcurl writes the text of an error here.
  private let errorText: UnsafeMutablePointer<CChar>

  /// - Throws: `.noLibrary` where libcurl is not installed.
  package init(_ settings: HTTPSettings) throws(HTTPFailure) {
    if let problem = CurlLibrary.problem { throw HTTPFailure(code: .noLibrary, detail: problem) }
    guard let handle = curl_easy_init() else {
      throw HTTPFailure(code: .other, detail: "libcurl has no memory left")
    }
    self.handle = handle
    self.settings = settings
    errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
    errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
  }

  deinit {
    curl_easy_cleanup(handle)
    errorText.deallocate()
  }

  /// Sends `request` and waits for the answer. Redirects are answers like others.
  /// - Parameter receiver: who takes the body of a successful answer; without one the answer has it.
  package func send(_ request: HTTPRequest, to receiver: HTTPBodyReceiver? = nil) throws(HTTPFailure) -> HTTPResponse {
    errorText[0] = 0
    curl_easy_reset(handle)
    let transfer = HTTPTransfer(body: request.body, limit: request.answerLimit, receiver: receiver)
    apply(settings, to: request.address)
    apply(request)
    var lines: UnsafeMutablePointer<curl_slist>?
    // An empty "Expect" keeps libcurl from waiting for leave to send a body.
    for line in request.headers.lines + ["Expect:"] { lines = curl_slist_append(lines, line) }
    defer { curl_slist_free_all(lines) }
    _ = sailplan_curl_set_pointer(handle, CURLOPT_HTTPHEADER, UnsafeMutableRawPointer(lines))

    let status = withExtendedLifetime(transfer) {
      let context = Unmanaged.passUnretained(transfer).toOpaque()
      for option in [CURLOPT_HEADERDATA, CURLOPT_WRITEDATA, CURLOPT_READDATA] {
        _ = sailplan_curl_set_pointer(handle, option, context)
      }
      return curl_easy_perform(handle)
    }
    if let cause = transfer.cause { throw HTTPFailure(cause) }
    if transfer.isTooLarge {
      throw HTTPFailure(code: .tooLarge, detail: "the answer has more than \(request.answerLimit) bytes")
    }
    guard status == CURLE_OK else { throw failure(status) }
    var answer = transfer.answer
    answer.address = request.address
    return answer
  }

  private func apply(_ settings: HTTPSettings, to address: WebAddress) {
    _ = sailplan_curl_set_text(handle, CURLOPT_URL, address.text)
    _ = sailplan_curl_set_text(handle, CURLOPT_USERAGENT, settings.userAgent)
    _ = sailplan_curl_set_pointer(handle, CURLOPT_ERRORBUFFER, errorText)
    // Timeouts without signals, which would reach other threads.
    _ = sailplan_curl_set_number(handle, CURLOPT_NOSIGNAL, 1)
    _ = sailplan_curl_set_number(handle, CURLOPT_CONNECTTIMEOUT, settings.connectTimeout)
    _ = sailplan_curl_set_number(handle, CURLOPT_LOW_SPEED_LIMIT, 1)
    _ = sailplan_curl_set_number(handle, CURLOPT_LOW_SPEED_TIME, settings.silenceTimeout)
    // What this machine says to itself is no proxy's business.
    if address.isLoopback { _ = sailplan_curl_set_text(handle, CURLOPT_PROXY, "") }
    settings.authorities.withBytes { bytes in
      if let base = bytes.baseAddress, !bytes.isEmpty {
        _ = sailplan_curl_set_bytes(handle, CURLOPT_CAINFO_BLOB, base, bytes.count)
      }
    }
    if !settings.verifiesCertificates {
      _ = sailplan_curl_set_number(handle, CURLOPT_SSL_VERIFYPEER, 0)
      _ = sailplan_curl_set_number(handle, CURLOPT_SSL_VERIFYHOST, 0)
    }
  }

  private func apply(_ request: HTTPRequest) {
    _ = sailplan_curl_set_transfer(handle, CURLOPT_HEADERFUNCTION, HTTPTransfer.takeHeader)
    _ = sailplan_curl_set_transfer(handle, CURLOPT_WRITEFUNCTION, HTTPTransfer.takeBody)
    if let body = request.body {
      _ = sailplan_curl_set_number(handle, CURLOPT_UPLOAD, 1)
      _ = sailplan_curl_set_transfer(handle, CURLOPT_READFUNCTION, HTTPTransfer.giveBody)
      _ = sailplan_curl_set_size(handle, CURLOPT_INFILESIZE_LARGE, curl_off_t(body.count))
    } else if request.method == .head {
      _ = sailplan_curl_set_number(handle, CURLOPT_NOBODY, 1)
    }
    _ = sailplan_curl_set_text(handle, CURLOPT_CUSTOMREQUEST, request.method.rawValue)
  }

  private func failure(_ status: CURLcode) -> HTTPFailure {
    let text = errorText[0] != 0 ? String(cString: errorText) : String(cString: curl_easy_strerror(status))
    let code: HTTPFailure.Code =
      switch status {
      case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: .unresolved
      case CURLE_COULDNT_CONNECT: .unreachable
      case CURLE_PEER_FAILED_VERIFICATION: .untrusted
      case CURLE_SSL_CONNECT_ERROR: .noTLS
      case CURLE_OPERATION_TIMEDOUT: .timedOut
      case CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_PARTIAL_FILE, CURLE_HTTP2, CURLE_HTTP2_STREAM,
        CURLE_SEND_FAIL_REWIND:
        .dropped
      default: .other
      }
    return HTTPFailure(code: code, detail: text)
  }
}

/// libcurl as a whole.
private enum CurlLibrary {
  /// Why it cannot be used; nothing where it can. Set up once per process, by whoever comes first.
  static let problem: String? = {
    if let reason = sailplan_curl_load() { return String(cString: reason) }
    return curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK ? nil : "libcurl cannot be set up"
  }()
}
