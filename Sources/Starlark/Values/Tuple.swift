package import Files

/// A tuple.
package final class Tuple: Object {
  /// What is in it.
  package private(set) var elements: [Value]

  package init(_ elements: [Value]) {
    self.elements = elements
    super.init(kind: .tuple)
  }

  deinit {
    if elements.contains(where: \.isObject) {
      let dying = elements
      elements = []
      Graveyard.bury(dying)
    }
  }

  package override var typeName: ByteString { "tuple" }
  package override var truth: Bool { !elements.isEmpty }
  package override var count: Int? { elements.count }
  package override var isIterable: Bool { true }

  package override func element(at index: Value) throws(Failure) -> Value? {
    elements[try index.position(in: elements.count, of: "tuple", prefix: "tuple index: ")]
  }

  package override func makeIterator() throws(Failure) -> ValueIterator? { ArrayIterator(elements) }

  package override func contains(_ value: Value) throws(Failure) -> Bool? { try elements.holds(value) }

  package override func isEqual(to other: Object, depth: Int) throws(Failure) -> Bool? {
    guard let other = other as? Tuple else { return false }
    return try elements.equals(other.elements, depth: depth)
  }

  package override func order(comparedTo other: Object, depth: Int) throws(Failure) -> Int? {
    guard let other = other as? Tuple else { return nil }
    return try elements.order(comparedTo: other.elements, depth: depth)
  }

  package override func hashValue() throws(Failure) -> Int {
    var hash = elements.count
    for element in elements { hash = Hashing.mix(hash, try element.hash()) }
    return hash
  }

  package override func writeRepr(into out: inout Output) {
    out.append("(")
    out.nested(self) { $0.append(elements: elements) }
    if elements.count == 1 { out.append(",") }
    out.append(")")
  }

  package override func freeze() {
    for element in elements { element.freeze() }
  }
}
