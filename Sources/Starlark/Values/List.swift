package import Files

/// A list.
package final class List: Object {
  /// What is in it. Change it only through `append` and the like, which respect freezing and running loops.
  @exclusivity(unchecked) package internal(set) var elements: [Value]
  @exclusivity(unchecked) private(set) var isFrozen = false
  /// How many loops are walking over it.
  @exclusivity(unchecked) var iterators = 0

  package init(_ elements: [Value] = []) {
    self.elements = elements
    super.init(kind: .list)
  }

  deinit {
    if elements.contains(where: \.isObject) { Graveyard.bury(&elements) }
  }

  package override var typeName: ByteString { "list" }
  package override var truth: Bool { !elements.isEmpty }
  package override var count: Int? { elements.count }
  package override var isIterable: Bool { true }

  func checkMutable(_ verb: StaticString) throws(Failure) {
    if isFrozen { throw Failure("cannot \(verb) frozen list") }
    if iterators > 0 { throw Failure("cannot \(verb) list during iteration") }
  }

  /// Adds an element at the end. Fails if the list is frozen or being walked over.
  package func append(_ value: Value) throws(Failure) {
    try checkMutable("append to")
    elements.append(value)
  }

  package override func element(at index: Value) throws(Failure) -> Value? {
    elements[try index.position(in: elements.count, of: "list", prefix: "list index: ")]
  }

  package override func setElement(_ value: Value, at index: Value) throws(Failure) -> Bool {
    let position = try index.position(in: elements.count, of: "list", prefix: "")
    try checkMutable("assign to element of")
    elements[position] = value
    return true
  }

  package override func makeIterator() throws(Failure) -> ValueIterator? { ListIterator(self) }

  package override func contains(_ value: Value) throws(Failure) -> Bool? { try elements.holds(value) }

  package override func attribute(_ name: ByteString) throws(Failure) -> Value? {
    Method.named(name).flatMap { $0.isListMethod ? BoundMethod.value(.object(self), $0) : nil }
  }

  package override var attributeNames: [ByteString] { Method.listMethods.map(\.name) }

  package override func isEqual(to other: Object, depth: Int) throws(Failure) -> Bool? {
    guard let other = other as? List else { return false }
    return try elements.equals(other.elements, depth: depth)
  }

  package override func order(
    comparedTo other: Object, depth: Int, operation: ByteString
  ) throws(Failure) -> Int? {
    guard let other = other as? List else { return nil }
    return try elements.order(comparedTo: other.elements, depth: depth, operation: operation)
  }

  package override func writeRepr(into out: inout Output) {
    out.append("[")
    out.nested(self) { $0.append(elements: elements) }
    out.append("]")
  }

  package override func freeze() {
    guard !isFrozen else { return }
    isFrozen = true
    for element in elements { element.freeze() }
  }
}

private final class ListIterator: ValueIterator {
  private let list: List
  private var cursor = 0

  init(_ list: List) {
    self.list = list
    list.iterators += 1
  }

  override func next() throws(Failure) -> Value? {
    guard cursor < list.elements.count else { return nil }
    cursor += 1
    return list.elements[cursor - 1]
  }

  override func finish() { list.iterators -= 1 }
}

/// Walks over values that nobody changes meanwhile.
package final class ArrayIterator: ValueIterator {
  private let elements: [Value]
  private var cursor = 0

  init(_ elements: [Value]) { self.elements = elements }

  package override func next() throws(Failure) -> Value? {
    guard cursor < elements.count else { return nil }
    cursor += 1
    return elements[cursor - 1]
  }
}

extension [Value] {
  func holds(_ value: Value) throws(Failure) -> Bool {
    for element in self where try element.equals(value) { return true }
    return false
  }

  func equals(_ other: [Value], depth: Int) throws(Failure) -> Bool {
    guard count == other.count else { return false }
    for index in indices where try !self[index].equals(other[index], depth: depth - 1) { return false }
    return true
  }

  func order(comparedTo other: [Value], depth: Int, operation: ByteString) throws(Failure) -> Int {
    for index in 0..<Swift.min(count, other.count)
    where try !self[index].equals(other[index], depth: depth - 1) {
      return try self[index].order(comparedTo: other[index], depth: depth - 1, operation: operation)
    }
    return count - other.count
  }
}
