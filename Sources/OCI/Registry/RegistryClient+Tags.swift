package import Files

extension RegistryClient {
  /// The most pages of a list of tags that are read.
  private static let mostPages = 1_000

  /// The tags of a repository, sorted; none where the registry does not know it.
  package func tags(of reference: ImageReference) throws(Diagnostic) -> [ByteString] {
    let call = Call(
      purpose: "list the tags of \(reference.repository)", reference: reference, scopes: [.pull(reference)])
    var tags: Set<ByteString> = []
    var next: WebAddress?
    for _ in 0..<Self.mostPages {
      let page = next
      let answer = try exchange(call) { address in HTTPRequest(.get, page ?? address("\(reference.path)/tags/list")) }
      if answer.status == 404 { break }
      guard answer.status == 200 else { throw .answered(call.purpose, reference.registry.text, answer) }
      let document = try JSONField(document: answer.body, shown: "the list of tags of \(reference.repository)")
      for tag in try document["tags"].list() { tags.insert(try tag.text()) }
      guard let address = Self.nextPage(answer), address != page else { break }
      next = address
    }
    return tags.sorted()
  }

  /// The address that a `Link` header (RFC 8288) calls the next; only on the same server.
  private static func nextPage(_ answer: HTTPResponse) -> WebAddress? {
    for link in answer.headers.values("Link") {
      let parts = link.split(separator: ";")
      guard let target = parts.first?.split(separator: "<").last?.split(separator: ">").first,
        parts.dropFirst().contains(where: { $0.contains("rel=\"next\"") || $0.contains("rel=next") }),
        let address = answer.address?.following(String(target)), answer.address?.isSameServer(as: address) == true
      else { continue }
      return address
    }
    return nil
  }
}
