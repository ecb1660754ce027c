package import Files

extension RegistryClient {
  /// Pushes an image: blobs first, then the manifest under one tag after the other, so that no tag ever names what is not
  /// there as a whole.
  /// - Parameters:
  ///   - reference: whose repository is to have it.
  ///   - tags: the last one is set last.
  ///   - overwrites: whether tags that name something else may be moved.
  /// - Returns: whether something was sent.
  /// - Throws: a diagnostic where a tag names something else already, and nothing was pushed; or where the registry refuses.
  @discardableResult
  package func push(
    _ image: Image, to reference: ImageReference, tags: [ByteString], overwrites: Bool
  ) throws(Diagnostic) -> Bool {
    var missing: [ImageReference] = []
    for tag in tags {
      let tagged = try reference.with(tag: tag)
      let present = try digestIfPresent(besidesPushing: tagged)
      if present == image.digest { continue }
      if let present, !overwrites { throw .tagTaken(tagged, present, image.digest) }
      missing.append(tagged)
    }
    if missing.isEmpty { return false }
    for blob in image.blobs { try pushBlob(.bytes(blob.contents), blob.digest, to: reference) }
    for tagged in missing { try putManifest(image.manifest, at: tagged) }
    return true
  }
}

extension Diagnostic {
  fileprivate static func tagTaken(
    _ reference: ImageReference, _ present: ContentDigest, _ digest: ContentDigest
  ) -> Diagnostic {
    Diagnostic(
      "\(reference) is another image already: \(present); this one is \(digest)",
      hint: "give another tag, or move this one with --overwrite")
  }
}
