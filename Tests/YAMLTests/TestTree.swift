import Files
import YAML

/// The documents of `text`, read as a plain file.
func parse(
  _ text: ByteString, options: ParseOptions = ParseOptions(duplicateKeys: .lastValueAtFirstPosition)
) throws -> ParsedFile {
  try ParsedFile.parse(SourceFile.register(path: "test.yml", contents: text), options: options)
}

/// The first diagnostic that reading `text` gives; nothing if it is read.
func firstProblem(_ text: ByteString, options: ParseOptions = ParseOptions()) -> Diagnostic? {
  do throws(Diagnostics) {
    _ = try ParsedFile.parse(SourceFile.register(path: "test.yml", contents: text), options: options)
    return nil
  } catch {
    return error.list.first
  }
}

extension Node {
  /// Whether two trees have the same values in the same order, wherever they stand.
  func isSame(as other: Node) -> Bool {
    switch (self, other) {
    case (.map(let a), .map(let b)):
      a.count == b.count && zip(a, b).allSatisfy { $0.key.isSame(as: $1.key) && $0.value.isSame(as: $1.value) }
    case (.sequence(let a), .sequence(let b)):
      a.count == b.count && zip(a, b).allSatisfy { $0.value.isSame(as: $1.value) }
    case (.float(let a), .float(let b)): a == b || (a.isNaN && b.isNaN)
    default: isSameKey(as: other)
    }
  }
}

/// Numbers that are the same in every run.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
