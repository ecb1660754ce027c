/// The words that Go reserves.
enum Keyword {
  /// What the word is: a keyword, or an identifier.
  static func token(_ word: UnsafeBufferPointer<UInt8>) -> Token {
    // Keywords have two to eleven letters, all of them small.
    guard word.count >= 2, word.count <= 11, word[0] >= UInt8(ascii: "b"), word[0] <= UInt8(ascii: "v") else {
      return .identifier
    }
    for (name, token) in all where name.utf8Start[0] == word[0] && matches(word, name) { return token }
    return .identifier
  }

  private static func matches(_ word: UnsafeBufferPointer<UInt8>, _ name: StaticString) -> Bool {
    guard word.count == name.utf8CodeUnitCount else { return false }
    for i in 0..<word.count where word[i] != name.utf8Start[i] { return false }
    return true
  }

  private static let all: [(StaticString, Token)] = [
    ("type", .typeKeyword), ("func", .funcKeyword), ("struct", .structKeyword), ("map", .mapKeyword),
    ("const", .constKeyword), ("var", .varKeyword), ("import", .importKeyword), ("package", .packageKeyword),
    ("interface", .interfaceKeyword), ("chan", .chanKeyword), ("break", .otherKeyword), ("case", .otherKeyword),
    ("continue", .otherKeyword), ("default", .otherKeyword), ("defer", .otherKeyword), ("else", .otherKeyword),
    ("fallthrough", .otherKeyword), ("for", .otherKeyword), ("go", .otherKeyword), ("goto", .otherKeyword),
    ("if", .otherKeyword), ("range", .otherKeyword), ("return", .otherKeyword), ("select", .otherKeyword),
    ("switch", .otherKeyword),
  ]
}
