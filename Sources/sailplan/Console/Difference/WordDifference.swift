/// The part of two short texts in which they differ, by words.
struct WordDifference {
  let prefix: String
  let old: String
  let new: String
  let suffix: String

  init(_ old: String, _ new: String) {
    let old = Array(old)
    let new = Array(new)
    var head = 0
    while head < min(old.count, new.count), old[head] == new[head] { head += 1 }
    // What both have in common ends where a word does, in both.
    while head > 0, Self.isInWord(old, head) || Self.isInWord(new, head) { head -= 1 }
    var tail = 0
    while tail < min(old.count, new.count) - head, old[old.count - 1 - tail] == new[new.count - 1 - tail] { tail += 1 }
    while tail > 0, Self.isInWord(old, old.count - tail) || Self.isInWord(new, new.count - tail) { tail -= 1 }
    prefix = String(old[..<head])
    self.old = String(old[head..<old.count - tail])
    self.new = String(new[head..<new.count - tail])
    suffix = String(old[(old.count - tail)...])
  }

  /// Whether the characters before and behind a place belong to one word; versions are words.
  private static func isInWord(_ text: [Character], _ place: Int) -> Bool {
    guard place > 0, place < text.count else { return false }
    return [text[place - 1], text[place]].allSatisfy { $0.isLetter || $0.isNumber || $0 == "." }
  }
}
