import Files

/// The version of a module, ordered as semantic versions are: `v1.2.3`, `v0.0.0-20230406110748-d93618cff8a2`.
struct ModuleVersion: Hashable, Comparable, Sendable {
  let text: ByteString

  init(_ text: ByteString) { self.text = text }

  static func < (left: ModuleVersion, right: ModuleVersion) -> Bool {
    let (a, b) = (left.parts, right.parts)
    for (x, y) in zip(a.numbers, b.numbers) where x != y { return order(x, y) }
    if a.prerelease.isEmpty || b.prerelease.isEmpty { return !a.prerelease.isEmpty && b.prerelease.isEmpty }
    for (x, y) in zip(a.prerelease, b.prerelease) where x != y {
      switch (isNumber(x), isNumber(y)) {
      case (true, true): return order(x, y)
      case (false, false): return x < y
      case (let isNumber, _): return isNumber
      }
    }
    return a.prerelease.count < b.prerelease.count
  }

  private var parts: (numbers: [ByteString], prerelease: [ByteString]) {
    var rest = text.hasPrefix("v") ? text[1..<text.count] : text
    if let plus = rest.firstIndex(of: UInt8(ascii: "+")) { rest = rest[0..<plus] }
    guard let dash = rest.firstIndex(of: UInt8(ascii: "-")) else { return (rest.split(UInt8(ascii: ".")), []) }
    return (rest[0..<dash].split(UInt8(ascii: ".")), rest[dash + 1..<rest.count].split(UInt8(ascii: ".")))
  }

  private static func isNumber(_ text: ByteString) -> Bool {
    !text.isEmpty && text.bytes.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
  }

  /// Digits without leading zeros: more of them is more.
  private static func order(_ left: ByteString, _ right: ByteString) -> Bool {
    left.count != right.count ? left.count < right.count : left < right
  }
}
