package import Files

/// The names that git gives to bytes, each computed once for bytes that are in several places.
package struct BlobNames {
  private var names: [ByteString.Identity: (contents: ByteString, id: ObjectID)] = [:]

  /// Naming fewer bytes takes no longer than looking for them.
  private static let smallest = 1 << 10
  private static let most = 1 << 10

  package init() {}

  /// The name of a file with these bytes.
  package mutating func name(of contents: ByteString) -> ObjectID {
    if let known = known(contents) { return known }
    let id = ObjectID.blob(contents)
    insert(id, for: contents)
    return id
  }

  /// The name that was computed for bytes at this very place in memory.
  func known(_ contents: ByteString) -> ObjectID? {
    contents.count < Self.smallest ? nil : names[contents.identity]?.id
  }

  mutating func insert(_ id: ObjectID, for contents: ByteString) {
    guard contents.count >= Self.smallest else { return }
    if names.count == Self.most { names = [:] }
    names[contents.identity] = (contents, id)
  }
}
