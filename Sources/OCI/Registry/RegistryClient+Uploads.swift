package import Files

/// What it took to bring a blob into a repository.
package enum BlobPush: Sendable {
  /// It was there.
  case present
  /// The registry took it from another of its repositories.
  case mounted
  case uploaded
}

extension RegistryClient {
  /// Sees to it that a repository has a blob.
  /// - Parameters:
  ///   - contents: the blob's bytes; they are not read where the repository has it.
  ///   - digest: the blob's digest, which the registry checks.
  ///   - reference: whose repository is to have it.
  ///   - source: an image whose repository has it; where that is in the same registry, the registry may take it there.
  @discardableResult
  package func pushBlob(
    _ contents: BlobContents, _ digest: ContentDigest, to reference: ImageReference,
    mountingFrom source: ImageReference? = nil
  ) throws(Diagnostic) -> BlobPush {
    try pushBlob(digest, to: reference, mountingFrom: source) { contents }
  }

  /// Sees to it that a repository has a blob whose bytes have to be got first.
  /// - Parameter contents: gets the bytes; called where they have to be sent, once.
  @discardableResult
  package func pushBlob(
    _ digest: ContentDigest, to reference: ImageReference, mountingFrom source: ImageReference? = nil,
    contents: () throws(Diagnostic) -> BlobContents
  ) throws(Diagnostic) -> BlobPush {
    if try hasBlob(digest, in: reference, .push(reference)) { return .present }
    let other = source.flatMap { $0.registry == reference.registry && $0.path != reference.path ? $0 : nil }
    var upload = BlobUpload(client: self, digest: digest, reference: reference)
    if try upload.begin(mountingFrom: other) { return .mounted }
    upload.contents = try contents()
    try upload.finish()
    return .uploaded
  }
}

/// One blob on its way into a repository.
private struct BlobUpload {
  let client: RegistryClient
  let digest: ContentDigest
  let reference: ImageReference
  var contents = BlobContents.bytes(.empty)
  /// Where the next bytes go; nothing where there is no upload that could go on.
  private var location: WebAddress?
  /// How many bytes the registry has.
  private var sent = 0

  init(client: RegistryClient, digest: ContentDigest, reference: ImageReference) {
    self.client = client
    self.digest = digest
    self.reference = reference
  }

  private func call(mountingFrom source: ImageReference? = nil) -> RegistryClient.Call {
    RegistryClient.Call(
      purpose: "push the blob \(digest) to \(reference.repository)", reference: reference,
      scopes: [.push(reference)] + (source.map { [.pull($0)] } ?? []))
  }

  /// Asks for a place to send the blob to, or for taking it from another repository; true where the registry did that.
  mutating func begin(mountingFrom source: ImageReference?) throws(Diagnostic) -> Bool {
    // An upload that nobody goes on with is thrown away by the registry: asking twice does no harm.
    let call = call(mountingFrom: source)
    let answer = try client.exchange(call) { address in
      var target = address("\(reference.path)/blobs/uploads/")
      if let source {
        target = target.adding("mount", digest.description).adding("from", source.path.text)
      }
      var request = HTTPRequest(.post, target)
      request.body = .bytes(.empty)
      return request
    }
    if answer.status == 201 { return true }
    // One may read the other repository and the registry may refuse all the same.
    if source != nil, answer.status != 202 { return try begin(mountingFrom: nil) }
    guard answer.status == 202 else { throw .answered(call.purpose, reference.registry.text, answer) }
    sent = 0
    try follow(answer, call)
    return false
  }

  private mutating func follow(_ answer: HTTPResponse, _ call: RegistryClient.Call) throws(Diagnostic) {
    guard let text = answer.headers["Location"], let next = answer.address?.following(text) else {
      throw Diagnostic("cannot \(call.purpose): \(reference.registry) does not say where to send it")
    }
    if answer.address?.scheme == .https, next.scheme == .http {
      throw Diagnostic(
        "cannot \(call.purpose): \(reference.registry) wants it sent to \(next.origin), which is not encrypted",
        hint: "have the proxy in front of the registry say X-Forwarded-Proto: https, or the registry give relative URLs"
      )
    }
    location = next
  }

  /// Sends what is left, and goes on where a connection broke off.
  mutating func finish() throws(Diagnostic) {
    let call = call()
    var backoff = Backoff(retries: client.options.retryCount)
    while true {
      let pause: Double
      do throws(HTTPFailure) {
        let answer = try sendRest(call)
        if answer.isSuccess { return }
        // 404, 416: the registry no longer knows of the upload, or has another part of it than we think.
        let wait = [404, 416].contains(answer.status) ? backoff.next() : backoff.next(after: answer)
        guard let wait else { throw HTTPFailure(.answered(call.purpose, reference.registry.text, answer)) }
        pause = wait
      } catch {
        guard error.isPassing, let wait = backoff.next() else {
          throw .unanswered(call.purpose, reference.registry.text, error)
        }
        pause = wait
      }
      Backoff.sleep(pause)
      // It may all have arrived, and only the answer been lost.
      if try client.hasBlob(digest, in: reference, .push(reference)) { return }
      try resume(call)
    }
  }

  /// Sends all that the registry does not have; gives the last answer, or the first that is not as it should be.
  private mutating func sendRest(_ call: RegistryClient.Call) throws(HTTPFailure) -> HTTPResponse {
    let limit = client.options.chunkLength
    let isWhole = sent == 0 && contents.count <= limit
    while !isWhole && sent < contents.count {
      let range = sent..<min(contents.count, sent + limit)
      let answer = try send(call, .patch, contents.slice(range), range)
      guard answer.isSuccess else { return answer }
      let received = Self.received(answer) ?? range.upperBound
      // Less than before, or more than there is: what it says is not to be believed, and would have no end.
      guard range.lowerBound < received, received <= contents.count else {
        throw HTTPFailure(
          Diagnostic(
            "cannot \(call.purpose): the registry says that it has \(received) bytes, after \(range.upperBound) of "
              + "\(contents.count) were sent", hint: "the registry, or something between, is broken"))
      }
      sent = received
      do throws(Diagnostic) { try follow(answer, call) } catch { throw HTTPFailure(error) }
    }
    return try send(call, .put, isWhole ? contents : .bytes(.empty), nil)
  }

  private func send(
    _ call: RegistryClient.Call, _ method: HTTPRequest.Method, _ body: BlobContents, _ range: Range<Int>?
  ) throws(HTTPFailure) -> HTTPResponse {
    try client.attempt(call) { _ throws(Diagnostic) in
      guard let location else { throw Diagnostic("cannot \(call.purpose): the registry gave no place for it") }
      var request = HTTPRequest(method, method == .put ? location.adding("digest", digest.description) : location)
      request.headers.add("Content-Type", "application/octet-stream")
      if let range { request.headers.add("Content-Range", "\(range.lowerBound)-\(range.upperBound - 1)") }
      request.body = body
      return request
    }
  }

  /// Asks how much has arrived; where the registry does not know, the upload begins anew.
  private mutating func resume(_ call: RegistryClient.Call) throws(Diagnostic) {
    if let location {
      let answer = try client.exchange(call) { _ in HTTPRequest(.get, location) }
      if answer.isSuccess, let received = Self.received(answer), received <= contents.count {
        sent = received
        if answer.headers["Location"] != nil { try follow(answer, call) }
        return
      }
    }
    location = nil
    _ = try begin(mountingFrom: nil)
  }

  /// How many bytes a registry has, by its `Range: 0-99`. With `0-0` some mean none: then the upload begins anew.
  private static func received(_ answer: HTTPResponse) -> Int? {
    let ends = answer.headers["Range"]?.split(separator: "=").last?.split(separator: "-") ?? []
    guard ends.count == 2, ends[0] == "0", let last = Int(ends[1]), last > 0, last < .max else { return nil }
    return last + 1
  }
}
