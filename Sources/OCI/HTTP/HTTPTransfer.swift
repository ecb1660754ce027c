internal import Ccurl
import Files

/// One request under way: what libcurl calls back for.
final class HTTPTransfer {
  private let body: BlobContents?
  private var sent = 0
  private let limit: Int
  private let receiver: HTTPBodyReceiver?
  private var head = HTTPResponse()
  private var gathered = ByteBuffer()
  private var headerBytes = 0
  /// What stopped it on our side.
  private(set) var cause: Diagnostic?
  private(set) var isTooLarge = false

  /// The most bytes of headers that an answer may have.
  private static let headerLimit = 256 << 10

  init(body: BlobContents?, limit: Int, receiver: HTTPBodyReceiver?) {
    self.body = body
    self.limit = limit
    self.receiver = receiver
  }

  /// The answer, once it is complete.
  var answer: HTTPResponse {
    var answer = head
    answer.body = gathered.withBytes { ByteString($0) }
    return answer
  }

  private static func from(_ context: UnsafeMutableRawPointer?) -> HTTPTransfer? {
    context.map { Unmanaged<HTTPTransfer>.fromOpaque($0).takeUnretainedValue() }
  }

  static let takeHeader: sailplan_curl_transfer = { bytes, size, count, context in
    let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
    return from(context)?.takeHeader(line) == true ? line.count : 0
  }

  static let takeBody: sailplan_curl_transfer = { bytes, size, count, context in
    let piece = UnsafeRawBufferPointer(start: bytes, count: size * count)
    return from(context)?.takeBody(piece) == true ? piece.count : 0
  }

  static let giveBody: sailplan_curl_transfer = { bytes, size, count, context in
    let room = UnsafeMutableRawBufferPointer(start: bytes, count: size * count)
    return from(context)?.giveBody(room) ?? Int(CURL_READFUNC_ABORT)
  }

  private func takeHeader(_ bytes: UnsafeRawBufferPointer) -> Bool {
    headerBytes += bytes.count
    if headerBytes > Self.headerLimit {
      isTooLarge = true
      return false
    }
    var line = String(decoding: bytes, as: UTF8.self)[...]
    while line.last?.isNewline == true { line.removeLast() }
    if line.hasPrefix("HTTP/") {
      // A proxy's answer, or a provisional one, comes before the answer itself.
      head = HTTPResponse()
      head.status = line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    } else {
      head.headers.add(line: line)
    }
    return true
  }

  private func takeBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
    if let receiver, head.isSuccess {
      do throws(Diagnostic) {
        try receiver(head, bytes)
        return true
      } catch {
        cause = error
        return false
      }
    }
    if gathered.count + bytes.count > limit {
      isTooLarge = true
      return false
    }
    gathered.append(bytes.assumingMemoryBound(to: UInt8.self))
    return true
  }

  private func giveBody(_ room: UnsafeMutableRawBufferPointer) -> Int {
    guard let body else { return 0 }
    do throws(Diagnostic) {
      let count = try body.read(at: sent, into: room)
      sent += count
      return count
    } catch {
      cause = error
      return Int(CURL_READFUNC_ABORT)
    }
  }
}
