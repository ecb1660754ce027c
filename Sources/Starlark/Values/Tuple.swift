package import Files

/// A tuple.
package final class Tuple: Object {
  /// What is in it.
  @exclusivity(unchecked) package private(set) var elements: [Value]

  /// How many tuples nest inside it, itself included. They cannot contain themselves.
  private let height: Int
  @exclusivity(unchecked) private var cachedHash: Int?
  @exclusivity(unchecked) private var isFrozen = false

  /// Higher tuples cannot be hashed.
  private static let highestHashed = 200

  package init(_ elements: [Value]) {
    var height = 0
    for case .object(let object) in elements where object.kind == .tuple {
      height = max(height, unsafeDowncast(object, to: Tuple.self).height)
    }
    self.elements = elements
    self.height = height + 1
    super.init(kind: .tuple)
  }

  deinit {
    if elements.contains(where: \.isObject) { Graveyard.bury(&elements) }
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

  package override func order(
    comparedTo other: Object, depth: Int, operation: ByteString
  ) throws(Failure) -> Int? {
    guard let other = other as? Tuple else { return nil }
    return try elements.order(comparedTo: other.elements, depth: depth, operation: operation)
  }

  package override func hashValue() throws(Failure) -> Int {
    if let cachedHash { return cachedHash }
    if height > Self.highestHashed { throw Failure("unhashable: \(height) tuples inside each other") }
    var hash = elements.count
    for index in elements.indices { hash = Hashing.mix(hash, try elements[index].hash()) }
    cachedHash = hash
    return hash
  }

  package override func writeRepr(into out: inout Output) {
    out.append("(")
    out.nested(self) { $0.append(elements: elements) }
    if elements.count == 1 { out.append(",") }
    out.append(")")
  }

  package override func freeze() {
    guard !isFrozen else { return }
    isFrozen = true
    for element in elements { element.freeze() }
  }
}
