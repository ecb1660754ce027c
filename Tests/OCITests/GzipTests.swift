import Files
import OCI
import Testing

/// zlib inflates what is compressed here.
@Suite struct GzipTests {
  private func inflated(_ bytes: ByteString) throws -> ByteString {
    let stream = LayerStream(.bytes(bytes), shown: "test", limit: 1 << 26)
    var all: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let got = try piece.withUnsafeMutableBufferPointer { (buffer) throws(Diagnostic) in try stream.read(into: buffer)
      }
      if got == 0 { return ByteString(all) }
      all += piece[..<got]
    }
  }

  /// Bytes that look like chance, the same in every run.
  private static func noise(_ count: Int, below bound: UInt32 = 256) -> [UInt8] {
    var state: UInt32 = 0x2545_F491
    return (0..<count).map { _ in
      state ^= state << 13
      state ^= state >> 17
      state ^= state << 5
      return UInt8(truncatingIfNeeded: state % bound)
    }
  }

  static let cases: [(name: String, bytes: [UInt8])] = [
    ("nothing", []), ("a byte", [0]), ("two bytes", [1, 2]), ("three bytes", [1, 1, 1]),
    ("the longest repetition", [UInt8](repeating: 7, count: 259)), ("one more", [UInt8](repeating: 7, count: 260)),
    ("zeros", [UInt8](repeating: 0, count: 300_000)), ("noise", noise(100_000)),
    ("noise of two bytes", noise(100_000, below: 2)), ("noise of one byte", noise(70_000, below: 1)),
    ("all bytes", (0..<2_560).map { UInt8($0 % 256) }),
    ("repetitions of every length", (1...300).flatMap { [UInt8](repeating: 1, count: $0) + [2, UInt8($0 % 256)] }),
    ("the farthest repetition", noise(32_768) + noise(300)),
    ("too far a repetition", noise(32_769) + noise(300)),
    ("counts that grow as Fibonacci's", fibonacci),
  ]

  /// The best code for these would have words of more than 15 bits.
  private static let fibonacci: [UInt8] = {
    var (one, other) = (1, 1)
    var bytes: [UInt8] = []
    for symbol in 0..<22 {
      bytes += [UInt8](repeating: UInt8(symbol), count: one)
      (one, other) = (other, one + other)
    }
    // Mixed, so that hardly anything repeats.
    let order = noise(bytes.count)
    return bytes.indices.sorted { (order[$0], $0) < (order[$1], $1) }.map { bytes[$0] }
  }()

  @Test(arguments: cases.indices)
  func isInflatedToTheSame(_ index: Int) throws {
    let bytes = ByteString(Self.cases[index].bytes)
    let compressed = Gzip.compress(bytes)
    #expect(try inflated(compressed) == bytes, "\(Self.cases[index].name)")
    #expect(compressed.count <= bytes.count + bytes.count / 100 + 100)
  }

  @Test func repetitionsAreFound() {
    let line = Array("apiVersion: apiextensions.k8s.io/v1\n".utf8)
    let text = ByteString((0..<1_000).flatMap { line + Array("name: \($0)\n".utf8) })
    #expect(Gzip.compress(text).count < text.count / 8)
  }

  /// Whoever changes this changes the digests of all bundles.
  @Test func isTheSameOnEveryMachine() {
    let compressed = Gzip.compress(TarWriter.archive(LayerTreeFixture.tree("long")))
    #expect(
      ContentDigest(compressed).description == "sha256:36752412755e14cbea00d66698401626e84551587f007ca574e6f57c114e36ea"
    )
  }
}
