import APISchema
import Files

/// The comments of a stretch of source by their offsets, grouped as Go groups them: the text is cut out only of those
/// that somebody asks for.
struct RawComments: Sendable {
  /// Comments that follow each other without an empty line, by their indices in `spans`.
  struct Group: Sendable, Hashable {
    var first: Int32
    var end: Int32
  }

  private(set) var spans: [Range<UInt32>] = []
  private(set) var groups: [Group] = []

  mutating func append(_ span: Range<UInt32>) { spans.append(span) }

  /// Makes a group of the comments from `first` on, and gives its index.
  mutating func closeGroup(from first: Int) -> Int {
    groups.append(Group(first: Int32(first), end: Int32(spans.count)))
    return groups.count - 1
  }

  /// The group of that index in words.
  func group(_ index: Int?, in file: SourceFile) -> CommentGroup? {
    guard let index, groups.indices.contains(index) else { return nil }
    let group = groups[index]
    return CommentGroup(
      spans[Int(group.first)..<Int(group.end)].map { span in
        let range = Int(span.lowerBound)..<Int(span.upperBound)
        return CommentGroup.Comment(Self.text(file.contents[range]), at: file.position(range.lowerBound))
      })
  }

  /// Go drops the carriage returns of comments.
  private static func text(_ text: ByteString) -> ByteString {
    let carriageReturn = UInt8(ascii: "\r")
    guard text.firstIndex(of: carriageReturn) != nil else { return text }
    return ByteString(text.bytes.filter { $0 != carriageReturn })
  }
}
