import Files

/// Compresses into deflate's format (RFC 1951).
///
/// The digest of an image follows from how its layers are compressed, and the same files are to have the same digest on
/// every machine: implementations and versions of zlib differ in what they make of the same bytes.
struct Deflate: ~Copyable {
  /// How far back a repetition may lie, and how long it may be.
  private static let window = 1 << 15
  private static let longest = 258
  private static let shortest = 3
  /// How many earlier places that begin alike are tried.
  private static let tries = 48
  private static let hashBits = 15
  /// How many symbols share one code.
  private static let blockLength = 1 << 15

  private var out = BitWriter()
  /// Literals; and repetitions, with the highest bit set, 8 bits of length and 15 of distance.
  private var symbols: [UInt32] = []

  /// Appends `bytes`, compressed, to `out`.
  static func append(_ bytes: ByteString, to out: inout ByteBuffer) {
    var deflate = Deflate()
    bytes.withBytes { deflate.compress($0) }
    out.append(deflate.finish())
  }

  private init() { symbols.reserveCapacity(Self.blockLength) }

  private consuming func finish() -> ByteString { out.finish() }

  // MARK: Repetitions

  private mutating func compress(_ bytes: UnsafeBufferPointer<UInt8>) {
    // The latest place of each hash, and for each place in the window the one before it; -1 for none.
    var latest = [Int](repeating: -1, count: 1 << Self.hashBits)
    var earlier = [Int](repeating: -1, count: Self.window)
    latest.withUnsafeMutableBufferPointer { latest in
      earlier.withUnsafeMutableBufferPointer { earlier in
        var at = 0
        while at < bytes.count {
          let end = bytes.count
          guard at + Self.shortest <= end else {
            append(UInt32(bytes[at]), isLast: at + 1 == end)
            at += 1
            continue
          }
          let match = Self.match(bytes, at, latest[Self.hash(bytes, at)], earlier)
          let length = match.length >= Self.shortest ? match.length : 1
          let symbol =
            length == 1
            ? UInt32(bytes[at]) : 1 << 31 | UInt32(length - Self.shortest) << 16 | UInt32(match.distance - 1)
          append(symbol, isLast: at + length == end)
          for place in at..<min(at + length, end - Self.shortest + 1) {
            let hash = Self.hash(bytes, place)
            earlier[place & (Self.window - 1)] = latest[hash]
            latest[hash] = place
          }
          at += length
        }
      }
    }
    if bytes.isEmpty { writeBlock(isLast: true) }
  }

  private mutating func append(_ symbol: UInt32, isLast: Bool) {
    symbols.append(symbol)
    if isLast || symbols.count == Self.blockLength {
      writeBlock(isLast: isLast)
      symbols.removeAll(keepingCapacity: true)
    }
  }

  private static func hash(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int {
    let three = UInt32(bytes[at]) | UInt32(bytes[at + 1]) << 8 | UInt32(bytes[at + 2]) << 16
    return Int((three &* 0x9E37_79B1) >> UInt32(32 - hashBits))
  }

  /// The longest repetition of something before `at`; of several the nearest.
  private static func match(
    _ bytes: UnsafeBufferPointer<UInt8>, _ at: Int, _ first: Int, _ earlier: UnsafeMutableBufferPointer<Int>
  ) -> (length: Int, distance: Int) {
    let most = min(longest, bytes.count - at)
    var best = (length: 0, distance: 0)
    var candidate = first
    var left = tries
    while candidate >= 0, at - candidate <= window, left > 0 {
      if best.length == 0 || bytes[candidate + best.length] == bytes[at + best.length] {
        var length = 0
        while length < most, bytes[candidate + length] == bytes[at + length] { length += 1 }
        if length > best.length {
          best = (length, at - candidate)
          if length == most { break }
        }
      }
      let next = earlier[candidate & (window - 1)]
      // Its place in the table may be that of something newer by now.
      guard next < candidate else { break }
      candidate = next
      left -= 1
    }
    return best
  }

  // MARK: Blocks

  /// The symbols that say how long, and how far back; each is followed by bits that say how much more.
  private static let lengths = Bases(
    first: 3, bits: [Int](repeating: 0, count: 8) + (1...5).flatMap { [$0, $0, $0, $0] })
  private static let distances = Bases(first: 1, bits: [0, 0] + (0...13).flatMap { [$0, $0] })
  private static let endOfBlock = 256

  private struct Bases {
    let bits: [Int]
    let values: [Int]

    init(first: Int, bits: [Int]) {
      self.bits = bits
      var values: [Int] = []
      var value = first
      for bits in bits {
        values.append(value)
        value += 1 << bits
      }
      self.values = values
    }

    /// The last symbol whose value is not above `value`.
    func symbol(_ value: Int) -> Int {
      var (low, high) = (0, values.count)
      while high - low > 1 {
        let middle = (low + high) / 2
        if values[middle] <= value { low = middle } else { high = middle }
      }
      return low
    }
  }

  /// The symbol of a length; the longest has one of its own.
  private static func lengthSymbol(_ length: Int) -> (symbol: Int, extra: Int, bits: Int) {
    if length == longest { return (285, 0, 0) }
    let symbol = lengths.symbol(length)
    return (257 + symbol, length - lengths.values[symbol], lengths.bits[symbol])
  }

  private static func parts(_ symbol: UInt32) -> (length: Int, distance: Int) {
    (Int(symbol >> 16 & 0xFF) + shortest, Int(symbol & 0x7FFF) + 1)
  }

  private mutating func writeBlock(isLast: Bool) {
    var literalCounts = [Int](repeating: 0, count: 286)
    var distanceCounts = [Int](repeating: 0, count: 30)
    for symbol in symbols {
      if symbol >> 31 == 0 {
        literalCounts[Int(symbol)] += 1
      } else {
        let (length, distance) = Self.parts(symbol)
        literalCounts[Self.lengthSymbol(length).symbol] += 1
        distanceCounts[Self.distances.symbol(distance)] += 1
      }
    }
    literalCounts[Self.endOfBlock] = 1
    // Some readers want a code of two symbols, even where there are no repetitions.
    if distanceCounts.count(where: { $0 > 0 }) < 2 {
      distanceCounts[0] += 1
      distanceCounts[1] += 1
    }
    let literals = PrefixCode(literalCounts, longest: 15)
    let distances = PrefixCode(distanceCounts, longest: 15)
    out.append(isLast ? 1 : 0, bits: 1)
    out.append(2, bits: 2)
    writeCodes(literals, distances)
    for symbol in symbols {
      if symbol >> 31 == 0 {
        out.append(literals, Int(symbol))
      } else {
        let (length, distance) = Self.parts(symbol)
        let (lengthSymbol, extra, bits) = Self.lengthSymbol(length)
        out.append(literals, lengthSymbol)
        out.append(extra, bits: bits)
        let distanceSymbol = Self.distances.symbol(distance)
        out.append(distances, distanceSymbol)
        out.append(distance - Self.distances.values[distanceSymbol], bits: Self.distances.bits[distanceSymbol])
      }
    }
    out.append(literals, Self.endOfBlock)
  }

  /// Writes both codes: the lengths of all their words, runs of which are shortened, in a code of their own.
  private mutating func writeCodes(_ literals: PrefixCode, _ distances: PrefixCode) {
    let literalCount = max(257, (literals.lengths.lastIndex { $0 > 0 } ?? 0) + 1)
    let distanceCount = max(1, (distances.lengths.lastIndex { $0 > 0 } ?? 0) + 1)
    let runs = Self.runs(Array(literals.lengths[..<literalCount] + distances.lengths[..<distanceCount]))
    var counts = [Int](repeating: 0, count: 19)
    for run in runs { counts[run.symbol] += 1 }
    let code = PrefixCode(counts, longest: 7)
    let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
    let orderCount = max(4, (order.lastIndex { code.lengths[$0] > 0 } ?? 0) + 1)
    out.append(literalCount - 257, bits: 5)
    out.append(distanceCount - 1, bits: 5)
    out.append(orderCount - 4, bits: 4)
    for symbol in order[..<orderCount] { out.append(code.lengths[symbol], bits: 3) }
    for run in runs {
      out.append(code, run.symbol)
      out.append(run.extra, bits: run.bits)
    }
  }

  /// 16 repeats the length before 3 to 6 times; 17 stands for 3 to 10 zeros, 18 for 11 to 138.
  private static func runs(_ lengths: [Int]) -> [(symbol: Int, extra: Int, bits: Int)] {
    var runs: [(symbol: Int, extra: Int, bits: Int)] = []
    var at = 0
    while at < lengths.count {
      let length = lengths[at]
      let count = lengths[at...].prefix { $0 == length }.count
      if length == 0, count >= 3 {
        let taken = min(count, 138)
        runs.append(taken <= 10 ? (17, taken - 3, 3) : (18, taken - 11, 7))
        at += taken
      } else if at > 0, lengths[at - 1] == length, count >= 3 {
        let taken = min(count, 6)
        runs.append((16, taken - 3, 2))
        at += taken
      } else {
        runs.append((length, 0, 0))
        at += 1
      }
    }
    return runs
  }
}
