/// A set of characters of a regular expression.
struct CharacterSet: Sendable {
  /// Not necessarily sorted; may overlap.
  private(set) var ranges: [ClosedRange<UInt32>] = []
  /// Sets given by a property of characters, which are too many to list.
  private var properties: [Property] = []
  /// Whether it is all that is not listed.
  var isNegated = false

  /// Characters of some general categories, or all but these.
  struct Property: Sendable {
    /// Letters that the names of the categories begin with: `L`, `Lu`, `Any`.
    let name: String
    let isNegated: Bool
  }

  init(_ ranges: [ClosedRange<UInt32>] = [], isNegated: Bool = false) {
    self.ranges = ranges
    self.isNegated = isNegated
  }

  init(_ property: Property) { properties = [property] }

  /// Adds a range; with `folding`, in both cases.
  mutating func add(_ range: ClosedRange<UInt32>, folding: Bool) {
    ranges.append(range)
    guard folding else { return }
    // Letters with cases are few: what is above them needs no look.
    for value in range.lowerBound...max(range.lowerBound, min(range.upperBound, 0x1E943)) {
      for other in Self.folded(value) where !range.contains(other) { ranges.append(other...other) }
    }
  }

  /// Adds another set; a negated one is turned around first.
  mutating func add(_ other: CharacterSet) {
    if other.isNegated {
      ranges += Self.complement(other.ranges)
      properties += other.properties.map { Property(name: $0.name, isNegated: !$0.isNegated) }
    } else {
      ranges += other.ranges
      properties += other.properties
    }
  }

  func contains(_ value: UInt32) -> Bool {
    for range in ranges where range.contains(value) { return !isNegated }
    for property in properties where property.holds(for: value) { return !isNegated }
    return isNegated
  }

  private static func complement(_ ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
    var found: [ClosedRange<UInt32>] = []
    var next: UInt32 = 0
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if range.lowerBound > next { found.append(next...range.lowerBound - 1) }
      next = max(next, range.upperBound + 1)
    }
    if next <= 0x10FFFF { found.append(next...0x10FFFF) }
    return found
  }

  /// The characters that differ from this one in case only.
  static func folded(_ value: UInt32) -> [UInt32] {
    switch value {
    case 0x41...0x5A:
      if value == 0x4B { return [0x6B, 0x212A] }
      if value == 0x53 { return [0x73, 0x17F] }
      return [value + 32]
    case 0x61...0x7A:
      if value == 0x6B { return [0x4B, 0x212A] }
      if value == 0x73 { return [0x53, 0x17F] }
      return [value - 32]
    case 0x17F: return [0x53, 0x73]
    case 0x212A: return [0x4B, 0x6B]
    case 0..<0x80: return []
    default: break
    }
    guard let scalar = Unicode.Scalar(value) else { return [] }
    var others: [UInt32] = []
    for mapped in [scalar.properties.lowercaseMapping, scalar.properties.uppercaseMapping] {
      let scalars = mapped.unicodeScalars
      if scalars.count == 1, let first = scalars.first, first.value != value { others.append(first.value) }
    }
    return others
  }
}

extension CharacterSet.Property {
  /// Whether there is such a property.
  static func isKnown(_ name: String) -> Bool {
    name == "Any" || categories.contains { $0.hasPrefix(name) } && !name.isEmpty && name.utf8.count <= 2
  }

  private static let categories = [
    "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sm",
    "Sc", "Sk", "So", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co", "Cn",
  ]

  func holds(for value: UInt32) -> Bool {
    if name == "Any" { return !isNegated }
    guard let scalar = Unicode.Scalar(value) else { return isNegated }
    let category =
      switch scalar.properties.generalCategory {
      case .uppercaseLetter: "Lu"
      case .lowercaseLetter: "Ll"
      case .titlecaseLetter: "Lt"
      case .modifierLetter: "Lm"
      case .otherLetter: "Lo"
      case .nonspacingMark: "Mn"
      case .spacingMark: "Mc"
      case .enclosingMark: "Me"
      case .decimalNumber: "Nd"
      case .letterNumber: "Nl"
      case .otherNumber: "No"
      case .connectorPunctuation: "Pc"
      case .dashPunctuation: "Pd"
      case .openPunctuation: "Ps"
      case .closePunctuation: "Pe"
      case .initialPunctuation: "Pi"
      case .finalPunctuation: "Pf"
      case .otherPunctuation: "Po"
      case .mathSymbol: "Sm"
      case .currencySymbol: "Sc"
      case .modifierSymbol: "Sk"
      case .otherSymbol: "So"
      case .spaceSeparator: "Zs"
      case .lineSeparator: "Zl"
      case .paragraphSeparator: "Zp"
      case .control: "Cc"
      case .format: "Cf"
      case .surrogate: "Cs"
      case .privateUse: "Co"
      case .unassigned: "Cn"
      @unknown default: "Cn"
      }
    return category.hasPrefix(name) != isNegated
  }
}
