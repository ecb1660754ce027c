package import Files
import Glibc
import Synchronization

/// A server that answers each request as a test says, in well-formed HTTP or not, on a free port of this machine.
package final class FaultyServer: Sendable {
  /// What came.
  package struct Request: Sendable {
    package var method: String
    package var target: String
    /// By their names in lower case; the last of a name counts.
    package var headers: [String: String]
    package var body: ByteString

    /// Verb and target: `GET /v2/`.
    package var line: String { "\(method) \(target)" }
  }

  /// What goes back: bytes as they are, and then the connection is closed, or not.
  package struct Answer: Sendable {
    package var bytes: ByteString
    package var isLast = false
    /// How many of them are not the body.
    private var headerCount = 0

    /// An answer as it should be.
    package init(_ status: Int, _ headers: [String] = [], _ body: ByteString = .empty, length: Int? = nil) {
      let lines = ["HTTP/1.1 \(status) Said", "Content-Length: \(length ?? body.count)"] + headers
      let head = ByteString(lines.joined(separator: "\r\n") + "\r\n\r\n")
      headerCount = head.count
      bytes = head.appending(body)
      // What is shorter than it says is cut off.
      isLast = length.map { $0 > body.count } ?? false
    }

    /// Nothing: the connection breaks off.
    package static var drop: Answer {
      var answer = Answer(0)
      answer.bytes = .empty
      answer.headerCount = 0
      answer.isLast = true
      return answer
    }

    /// The answer to HEAD: the headers of another one.
    package var withoutBody: Answer {
      var answer = self
      answer.bytes = bytes[0..<headerCount]
      return answer
    }
  }

  /// Host and port.
  package let name: String
  private let listener: Int32
  private let answer: @Sendable (Request, Int) -> Answer
  private let seen = Mutex<[Request]>([])

  /// Starts it.
  /// - Parameter answer: is given each request, and how many of the same line came before.
  package init(_ answer: @escaping @Sendable (Request, Int) -> Answer) throws {
    let (listener, port) = try Self.listen()
    self.listener = listener
    name = "127.0.0.1:\(port)"
    self.answer = answer
    let accepting = Unmanaged.passRetained(Accepting(self, listener))
    var thread = pthread_t()
    pthread_create(
      &thread, nil,
      { argument in
        if let argument { Unmanaged<Accepting>.fromOpaque(argument).takeRetainedValue().run() }
        return nil
      }, accepting.toOpaque())
    pthread_detach(thread)
  }

  deinit { shutdown(listener, Int32(SHUT_RDWR)) }

  /// All requests so far.
  package var requests: [Request] { seen.withLock { $0 } }

  fileprivate func serve(_ connection: Int32) {
    defer { close(connection) }
    var reader = ConnectionReader(connection)
    while let request = reader.request() {
      let before = seen.withLock { seen in
        defer { seen.append(request) }
        return seen.count { $0.line == request.line }
      }
      var reply = answer(request, before)
      if request.method == "HEAD" { reply = reply.withoutBody }
      guard Self.write(reply.bytes, to: connection), !reply.isLast else { return }
    }
  }

  private static func write(_ bytes: ByteString, to connection: Int32) -> Bool {
    bytes.withBytes { bytes in
      var done = 0
      while done < bytes.count, let base = bytes.baseAddress {
        let count = send(connection, base + done, bytes.count - done, Int32(MSG_NOSIGNAL))
        if count <= 0 { return false }
        done += count
      }
      return true
    }
  }
}

// MARK: Sockets

extension FaultyServer {
  private struct NoSocket: Error {}

  fileprivate static func listen() throws -> (Int32, Int) {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard listener >= 0 else { throw NoSocket() }
    _ = fcntl(listener, F_SETFD, FD_CLOEXEC)
    var address = loopback(port: 0)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let port =
      withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer -> Bool in
          bind(listener, pointer, length) == 0 && Glibc.listen(listener, 64) == 0
            && getsockname(listener, pointer, &length) == 0
        }
      } ? Int(UInt16(bigEndian: address.sin_port)) : 0
    guard port > 0 else {
      close(listener)
      throw NoSocket()
    }
    return (listener, port)
  }

  private static func loopback(port: Int) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return address
  }

  /// A port that nobody listened on a moment ago.
  package static func freePort() throws -> Int {
    let (listener, port) = try listen()
    close(listener)
    return port
  }

  /// Whether somebody listens on a port of this machine.
  package static func answers(_ port: Int) -> Bool {
    let connection = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(connection) }
    var address = loopback(port: port)
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(connection, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
  }
}

/// Takes connections, each on a thread of its own, until the server goes.
private final class Accepting: Sendable {
  private let serve: @Sendable (Int32) -> Bool
  private let listener: Int32

  init(_ server: FaultyServer, _ listener: Int32) {
    self.listener = listener
    // The thread does not keep the server: its end would never come.
    serve = { [weak server] connection in
      guard let server else { return false }
      server.serve(connection)
      return true
    }
  }

  func run() {
    defer { close(listener) }
    while true {
      let connection = accept(listener, nil, nil)
      if connection < 0 && errno != EINTR { return }
      if connection < 0 { continue }
      _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
      let job = Unmanaged.passRetained(Job(serve: serve, connection: connection))
      var thread = pthread_t()
      pthread_create(
        &thread, nil,
        { argument in
          if let argument { Unmanaged<Job>.fromOpaque(argument).takeRetainedValue().run() }
          return nil
        }, job.toOpaque())
      pthread_detach(thread)
    }
  }

  private final class Job: Sendable {
    let serve: @Sendable (Int32) -> Bool
    let connection: Int32

    init(serve: @escaping @Sendable (Int32) -> Bool, connection: Int32) {
      self.serve = serve
      self.connection = connection
    }

    func run() { if !serve(connection) { close(connection) } }
  }
}

/// Reads requests from a connection.
private struct ConnectionReader {
  private let connection: Int32
  private var bytes: [UInt8] = []

  init(_ connection: Int32) { self.connection = connection }

  /// The next request; nothing at the end.
  mutating func request() -> FaultyServer.Request? {
    let end = Array("\r\n\r\n".utf8)
    var from = 0
    while true {
      if let index = (from..<max(from, bytes.count - 3)).first(where: { Array(bytes[$0..<$0 + 4]) == end }) {
        return request(headerEnd: index)
      }
      from = max(0, bytes.count - 3)
      // Whoever speaks TLS gets no answer: they try without.
      guard fill(), bytes.first != 0x16 else { return nil }
    }
  }

  private mutating func request(headerEnd: Int) -> FaultyServer.Request? {
    let lines = String(decoding: bytes[..<headerEnd], as: UTF8.self).split(separator: "\r\n")
    let words = lines.first?.split(separator: " ") ?? []
    guard words.count == 3 else { return nil }
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      headers[parts[0].lowercased()] = parts.count > 1 ? String(parts[1].drop { $0 == " " }) : ""
    }
    let length = headers["content-length"].flatMap { Int($0) } ?? 0
    while bytes.count < headerEnd + 4 + length { guard fill() else { return nil } }
    let body = ByteString(bytes[headerEnd + 4..<headerEnd + 4 + length])
    bytes.removeFirst(headerEnd + 4 + length)
    return FaultyServer.Request(method: String(words[0]), target: String(words[1]), headers: headers, body: body)
  }

  private mutating func fill() -> Bool {
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    let count = recv(connection, &piece, piece.count, 0)
    guard count > 0 else { return false }
    bytes += piece[..<count]
    return true
  }
}
