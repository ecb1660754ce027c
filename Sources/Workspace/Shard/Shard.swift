/// A part of the environments: the `number`th of `count`.
package struct Shard: Sendable, Hashable {
  /// From 1.
  package let number: Int
  package let count: Int

  /// The most parts: more than any engine runs.
  package static let most = 100_000

  /// Reads `2/5`; nothing where it is none.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let number = Self.number(parts[0]), let count = Self.number(parts[1]), number <= count
    else {
      return nil
    }
    self.number = number
    self.count = count
  }

  private static func number(_ text: Substring) -> Int? {
    guard text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), let number = Int(text) else { return nil }
    return (1...most).contains(number) ? number : nil
  }

  /// The environments of this part, in the order of their names. Every environment is in one part, no part has two more
  /// than another, and it does not matter in which order they come. Neighbours are in different parts: what takes long,
  /// such as an environment with many overlays, often stands beside its like.
  package func choose(from names: [EnvironmentName]) -> [EnvironmentName] {
    names.sorted().enumerated().compactMap { $0.offset % count == number - 1 ? $0.element : nil }
  }
}
