import Files

/// The constants of a package, as they are declared, and what those are that are strings.
struct ConstantTable {
  /// What a constant is given.
  indirect enum Value {
    case string(ByteString)
    case name(ByteString)
    case sum([Value])
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
    var resolver = Resolver(table: self)
    return constants.indices.compactMap { place in
      guard constants[place].name != "_", let text = resolver.text(of: place), text.type == type else { return nil }
      return text.value
    }
  }

  private struct Text {
    var value: ByteString
    var type: ByteString?
  }

  /// Computes each constant once: what is made of two that are made of two would else take for ever.
  private struct Resolver {
    let table: ConstantTable
    /// The constants that have been looked at; nothing for those that are no strings or not known yet.
    private var known: [Int: Text?] = [:]
    private var depth = 0

    init(table: ConstantTable) { self.table = table }

    /// How many names lead from a constant to its value at most, and how long that is at most, in bytes.
    private static let longestChain = 100
    private static let longest = 1 << 16

    mutating func text(of place: Int) -> Text? {
      if let text = known[place] { return text }
      // Nobody is asked about itself.
      known[place] = .some(nil)
      let constant = table.constants[place]
      var text = text(of: constant.value)
      if let type = constant.type { text?.type = type }
      known[place] = .some(text)
      return text
    }

    private mutating func text(of value: Value) -> Text? {
      depth += 1
      defer { depth -= 1 }
      guard depth < Self.longestChain else { return nil }
      switch value {
      case .string(let text): return Text(value: text)
      case .name(let name): return table.places[name].flatMap { text(of: $0) }
      case .sum(let terms):
        var out = ByteBuffer()
        var type: ByteString?
        for term in terms {
          guard out.count <= Self.longest, let text = text(of: term) else { return nil }
          out.append(text.value)
          type = type ?? text.type
        }
        return Text(value: out.finish(), type: type)
      case .conversion(let type, let inner): return text(of: inner).map { Text(value: $0.value, type: type) }
      case .other: return nil
      }
    }
  }
}
