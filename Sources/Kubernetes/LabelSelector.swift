package import Files

/// Which labels something must have: `tier in (prod,stage),!legacy`, in the grammar of `kubectl -l`.
package struct LabelSelector: Sendable, Hashable {
  /// One condition; all must hold.
  enum Requirement: Sendable, Hashable {
    case exists(ByteString)
    case isMissing(ByteString)
    /// The label is there with one of these values.
    case isOne(ByteString, of: Set<ByteString>)
    /// The label has none of these values, or is not there.
    case isNone(ByteString, of: Set<ByteString>)
    /// The label is a whole number above this one.
    case isAbove(ByteString, Int64)
    /// The label is a whole number below this one.
    case isBelow(ByteString, Int64)
  }

  private let requirements: [Requirement]

  /// Reads a selector. An empty one selects everything.
  /// - Throws: a diagnostic that shows where it cannot be read.
  package init(parsing text: ByteString) throws(Diagnostic) {
    var parser = LabelSelectorParser(text)
    requirements = try parser.requirements()
  }

  /// Whether something with these labels is selected.
  package func matches(_ labels: [ByteString: ByteString]) -> Bool { requirements.allSatisfy { $0.holds(labels) } }
}

extension LabelSelector.Requirement {
  func holds(_ labels: [ByteString: ByteString]) -> Bool {
    switch self {
    case .exists(let key): labels[key] != nil
    case .isMissing(let key): labels[key] == nil
    case .isOne(let key, let values): labels[key].map(values.contains) ?? false
    case .isNone(let key, let values): !(labels[key].map(values.contains) ?? false)
    case .isAbove(let key, let bound): Self.number(labels[key]).map { $0 > bound } ?? false
    case .isBelow(let key, let bound): Self.number(labels[key]).map { $0 < bound } ?? false
    }
  }

  static func number(_ text: ByteString?) -> Int64? { text.flatMap { Int64($0.text) } }
}
