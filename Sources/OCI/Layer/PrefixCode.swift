import Files

/// A prefix code as deflate has it: words of bits for symbols, shorter ones for those that come more often.
struct PrefixCode {
  /// How many bits the word of each symbol has; 0 for those that never come.
  let lengths: [Int]
  /// The words, first bit lowest.
  fileprivate let words: [UInt32]

  /// - Parameters:
  ///   - counts: how often each symbol comes.
  ///   - longest: how many bits a word may have.
  init(_ counts: [Int], longest: Int) {
    lengths = Self.lengths(counts, longest: longest)
    var next = 0
    var words = [UInt32](repeating: 0, count: counts.count)
    for length in 1...longest {
      next <<= 1
      for (symbol, own) in lengths.enumerated() where own == length {
        words[symbol] = Self.reversed(UInt32(next), length)
        next += 1
      }
    }
    self.words = words
  }

  private static func reversed(_ word: UInt32, _ length: Int) -> UInt32 {
    var (word, reversed) = (word, UInt32(0))
    for _ in 0..<length {
      reversed = reversed << 1 | word & 1
      word >>= 1
    }
    return reversed
  }

  /// The best lengths of at most `longest` bits, by merging packages (Larmore and Hirschberg, 1990).
  private static func lengths(_ counts: [Int], longest: Int) -> [Int] {
    var lengths = [Int](repeating: 0, count: counts.count)
    let leaves = counts.indices.filter { counts[$0] > 0 }.map { (weight: counts[$0], symbols: [$0]) }
      .sorted { ($0.weight, $0.symbols[0]) < ($1.weight, $1.symbols[0]) }
    guard leaves.count > 1 else {
      if let only = leaves.first { lengths[only.symbols[0]] = 1 }
      return lengths
    }
    var list = leaves
    for _ in 1..<longest {
      var merged: [(weight: Int, symbols: [Int])] = []
      var leaf = 0
      for pair in stride(from: 0, to: list.count - 1, by: 2) {
        let package = (
          weight: list[pair].weight + list[pair + 1].weight, symbols: list[pair].symbols + list[pair + 1].symbols
        )
        while leaf < leaves.count, leaves[leaf].weight <= package.weight {
          merged.append(leaves[leaf])
          leaf += 1
        }
        merged.append(package)
      }
      list = merged + leaves[leaf...]
    }
    for item in list.prefix(2 * (leaves.count - 1)) {
      for symbol in item.symbols { lengths[symbol] += 1 }
    }
    return lengths
  }
}

/// Writes bits, the lowest of each byte first.
struct BitWriter: ~Copyable {
  private var out = ByteBuffer()
  private var bits: UInt64 = 0
  private var count = 0

  /// Appends the lowest bits of `value`.
  mutating func append(_ value: Int, bits added: Int) {
    bits |= UInt64(value) << UInt64(count)
    count += added
    while count >= 8 {
      out.append(UInt8(truncatingIfNeeded: bits))
      bits >>= 8
      count -= 8
    }
  }

  /// Appends the word of a symbol.
  mutating func append(_ code: PrefixCode, _ symbol: Int) {
    append(Int(code.words[symbol]), bits: code.lengths[symbol])
  }

  /// All that was written; the last byte is filled up with zeros.
  consuming func finish() -> ByteString {
    if count > 0 { out.append(UInt8(truncatingIfNeeded: bits)) }
    return out.finish()
  }
}
