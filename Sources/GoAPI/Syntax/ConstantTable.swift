import Files

/// The constants of a package, as they are declared, and what those are that are strings.
struct ConstantTable {
  /// What a constant is given.
  indirect enum Value {
    case string(ByteString)
    case name(ByteString)
    case sum(Value, Value)
    /// `T(value)`
    case conversion(type: ByteString, Value)
    /// Anything else: no string.
    case other
  }

  private struct Constant {
    var name: ByteString
    var type: ByteString?
    var value: Value
  }

  private var constants: [Constant] = []
  private var places: [ByteString: Int] = [:]

  mutating func append(_ name: ByteString, type: ByteString?, value: Value) {
    if name != "_" { places[name] = constants.count }
    constants.append(Constant(name: name, type: type, value: value))
  }

  /// The values of the constants of a type, in order.
  func strings(of type: ByteString) -> [ByteString] {
    constants.compactMap { constant in
      guard constant.name != "_", let (text, actual) = resolve(constant, steps: 0), actual == type else { return nil }
      return text
    }
  }

  /// How many names lead from a constant to its value at most.
  private static let longestChain = 100

  private func resolve(_ constant: Constant, steps: Int) -> (ByteString, type: ByteString?)? {
    guard let (text, type) = resolve(constant.value, steps: steps) else { return nil }
    return (text, constant.type ?? type)
  }

  private func resolve(_ value: Value, steps: Int) -> (ByteString, type: ByteString?)? {
    guard steps < Self.longestChain else { return nil }
    switch value {
    case .string(let text): return (text, nil)
    case .name(let name): return places[name].flatMap { resolve(constants[$0], steps: steps + 1) }
    case .sum(let left, let right):
      guard let left = resolve(left, steps: steps + 1), let right = resolve(right, steps: steps + 1) else { return nil }
      return (left.0.appending(right.0), left.type ?? right.type)
    case .conversion(let type, let inner): return resolve(inner, steps: steps + 1).map { ($0.0, type) }
    case .other: return nil
    }
  }
}
