/// How long a report may be, for services that take no longer ones.
struct LengthLimit {
  /// The most bytes of UTF-8, which are never fewer than the characters; nothing where there is no limit.
  let most: Int?

  /// GitHub's limit for comments (65,536 characters), which others have made theirs.
  static let comment = 65_536
  /// The least that can be asked for: what is always said must fit.
  static let least = 1000

  /// A head, and of the sections behind it as many as there is room for.
  /// - Parameter rest: what stands at the end where `leftOut` sections have no room.
  func fitted(_ head: String, _ sections: [String], rest: (_ leftOut: Int) -> String) -> String {
    let whole = head.utf8.count + sections.reduce(0) { $0 + $1.utf8.count }
    guard let most, whole > most else { return head + sections.joined() }
    let reserved = rest(sections.count).utf8.count
    var text = head
    var leftOut = 0
    for section in sections {
      if text.utf8.count + section.utf8.count + reserved <= most { text += section } else { leftOut += 1 }
    }
    return text + rest(leftOut)
  }
}
