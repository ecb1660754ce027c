import Files
import Git

/// The names that git gives to bytes, each computed once for bytes that several environments share.
struct BlobNames {
  private var names: [ByteString.Identity: (contents: ByteString, id: ObjectID)] = [:]

  /// Naming fewer bytes takes no longer than looking for them.
  private static let smallest = 1 << 10
  private static let most = 1 << 10

  mutating func name(of contents: ByteString) -> ObjectID {
    guard contents.count >= Self.smallest else { return ObjectID.blob(contents) }
    if let known = names[contents.identity] { return known.id }
    let id = ObjectID.blob(contents)
    if names.count == Self.most { names = [:] }
    names[contents.identity] = (contents, id)
    return id
  }
}
