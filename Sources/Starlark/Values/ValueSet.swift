package import Files

/// A set, in the order in which elements were added.
package final class ValueSet: HashedValues {
  package override init() { super.init(kind: .set) }

  package override var typeName: ByteString { "set" }

  /// The elements in order.
  package var elements: [Value] { table.keys }

  /// Adds an element. Fails if it cannot be hashed, or if the set is frozen or being walked over.
  package func insert(_ value: Value) throws(Failure) { try table.insert(value, .none) }

  package override func contains(_ value: Value) throws(Failure) -> Bool? { try table.holds(value) }

  package override func attribute(_ name: ByteString) throws(Failure) -> Value? {
    name == "union" ? BoundMethod.value(.object(self), .union) : nil
  }

  package override var attributeNames: [ByteString] { ["union"] }

  package override func isEqual(to other: Object, depth: Int) throws(Failure) -> Bool? {
    guard let other = other as? ValueSet, other.table.count == table.count else { return false }
    for key in table.keys where try !other.table.holds(key) { return false }
    return true
  }

  package override func binary(
    _ operation: BinaryOperator, _ other: Value, isLeft: Bool
  ) throws(Failure) -> Value? {
    guard isLeft, let other = other.set else { return nil }
    let result = ValueSet()
    switch operation {
    case .or:
      return .object(try union(with: other.elements))
    case .and:
      let (few, many) = table.count > other.table.count ? (other, self) : (self, other)
      for key in few.table.keys where try many.table.holds(key) { try result.insert(key) }
    case .exclusiveOr:
      for key in table.keys where try !other.table.holds(key) { try result.insert(key) }
      for key in other.table.keys where try !table.holds(key) { try result.insert(key) }
    default:
      return nil
    }
    return .object(result)
  }

  /// A new set with the elements of this one, and then those of `others`.
  func union(with others: [Value]) throws(Failure) -> ValueSet {
    let result = ValueSet()
    for key in table.keys { try result.insert(key) }
    for key in others { try result.insert(key) }
    return result
  }

  package override func writeRepr(into out: inout Output) {
    out.append("set([")
    out.nested(self) { $0.append(elements: elements) }
    out.append("])")
  }
}
