package import Files

/// A manifest as a registry gave it, its digest computed from its bytes.
package struct FetchedManifest: Sendable, Hashable {
  package var bytes: ByteString
  package var mediaType: MediaType
  package var digest: ContentDigest

  package init(bytes: ByteString, mediaType: MediaType, digest: ContentDigest) {
    self.bytes = bytes
    self.mediaType = mediaType
    self.digest = digest
  }

  /// A manifest of our own.
  package init(_ bytes: ByteString, mediaType: MediaType) {
    self.init(bytes: bytes, mediaType: mediaType, digest: ContentDigest(bytes))
  }
}

extension RegistryClient {
  /// The most bytes that a manifest may have.
  package static let manifestLimit = 4 << 20

  private static let accepted = (MediaType.manifests + MediaType.indexes).map(\.text.text).joined(separator: ", ")

  /// The manifest, or list of manifests, that `reference` names.
  /// - Throws: a diagnostic where there is none, or where it is not what the digest in `reference` promises.
  package func manifest(_ reference: ImageReference) throws(Diagnostic) -> FetchedManifest {
    let call = Call(
      purpose: "fetch the manifest of \(reference)", reference: reference, scopes: [.pull(reference)])
    let answer = try exchange(call) { address in Self.request(.get, reference, address) }
    guard answer.status == 200 else { throw .answered(call.purpose, reference.registry.text, answer) }
    let digest = ContentDigest(answer.body)
    let promised = reference.digest ?? Self.promisedDigest(answer)
    if let promised, promised != digest { throw .otherManifest(reference, digest, promised) }
    return FetchedManifest(bytes: answer.body, mediaType: try Self.mediaType(answer, reference), digest: digest)
  }

  /// The digest of the manifest that `reference` names; nothing where there is none.
  package func digestIfPresent(of reference: ImageReference) throws(Diagnostic) -> ContentDigest? {
    try digestIfPresent(of: reference, in: .pull(reference))
  }

  /// The digest of what stands where a manifest is to be put; nothing where there is none, and perhaps not even the
  /// repository, of which some registries tell those only who may write to it.
  package func digestIfPresent(besidesPushing reference: ImageReference) throws(Diagnostic) -> ContentDigest? {
    try digestIfPresent(of: reference, in: .push(reference))
  }

  private func digestIfPresent(
    of reference: ImageReference, in scope: RegistryScope
  ) throws(Diagnostic) -> ContentDigest? {
    let call = Call(purpose: "look for \(reference)", reference: reference, scopes: [scope])
    let answer = try exchange(call) { address in Self.request(.head, reference, address) }
    if answer.status == 404 { return nil }
    guard answer.status == 200 else { throw .answered(call.purpose, reference.registry.text, answer) }
    // A registry may leave the header out.
    guard let digest = Self.promisedDigest(answer) else { return try manifest(reference).digest }
    if let promised = reference.digest, promised != digest { throw .otherManifest(reference, digest, promised) }
    return digest
  }

  /// The digest of the manifest that `reference` names.
  /// - Throws: a diagnostic where there is none.
  package func digest(of reference: ImageReference) throws(Diagnostic) -> ContentDigest {
    guard let digest = try digestIfPresent(of: reference) else {
      throw Diagnostic(
        "cannot find the image \(reference): \(reference.registry) does not have it",
        hint: "check the name; a registry may also hide what one has no right to see")
    }
    return digest
  }

  /// Puts a manifest under the tag, or the digest, of `reference`. All that it names has to be there.
  /// - Throws: a diagnostic where the registry refuses it, or says afterwards that it is something else.
  package func putManifest(_ manifest: FetchedManifest, at reference: ImageReference) throws(Diagnostic) {
    let call = Call(
      purpose: "put the manifest \(manifest.digest) at \(reference)", reference: reference, scopes: [.push(reference)])
    let answer = try exchange(call) { address in
      var request = Self.request(.put, reference, address)
      request.headers.add("Content-Type", manifest.mediaType.text.text)
      request.body = .bytes(manifest.bytes)
      return request
    }
    guard answer.isSuccess else { throw .answered(call.purpose, reference.registry.text, answer) }
    if let stored = Self.promisedDigest(answer), stored != manifest.digest {
      throw .otherManifest(reference, stored, manifest.digest)
    }
  }

  private static func request(
    _ method: HTTPRequest.Method, _ reference: ImageReference, _ address: (String) -> WebAddress
  ) -> HTTPRequest {
    var request = HTTPRequest(method, address("\(reference.path)/manifests/\(reference.identifier)"))
    request.answerLimit = manifestLimit
    if method != .put { request.headers.add("Accept", accepted) }
    return request
  }

  private static func promisedDigest(_ answer: HTTPResponse) -> ContentDigest? {
    answer.headers["Docker-Content-Digest"].flatMap { ContentDigest(written: ByteString($0)) }
  }

  /// What the registry says that it is; where it does not say, what the manifest itself says.
  private static func mediaType(
    _ answer: HTTPResponse, _ reference: ImageReference
  ) throws(Diagnostic) -> MediaType {
    let said = MediaType(ByteString(String(answer.headers["Content-Type"]?.prefix { $0 != ";" } ?? "")))
    if said.isManifest || said.isIndex { return said }
    let document = try JSONField(document: answer.body, shown: "the manifest of \(reference)")
    if let type = try document["mediaType"].optionalText() { return MediaType(type) }
    if !document["manifests"].isMissing { return .index }
    if !document["layers"].isMissing { return .manifest }
    return said
  }
}

extension Diagnostic {
  fileprivate static func otherManifest(
    _ reference: ImageReference, _ found: ContentDigest, _ promised: ContentDigest
  ) -> Diagnostic {
    Diagnostic(
      "\(reference.registry) gives for \(reference) a manifest with the digest \(found); expected \(promised)",
      hint: "the registry, or something between, is broken or not to be trusted")
  }
}
