package import Files
package import Starlark

/// ytt's `struct`: named values, read as attributes or by key. `data.values` is one.
///
/// The values may be given by a function and are then made when they are first asked for, so that a program pays
/// only for the data values that it reads.
package final class Struct: Object {
  private enum Member {
    case made(Value)
    case pending(() -> Value)
  }

  /// The names in order.
  package let names: [ByteString]
  private var members: [Member]
  private let indexes: [ByteString: Int]?

  /// The most names that are found by a walk; more are found through a table.
  private static let walked = 16

  private init(names: [ByteString], members: [Member]) {
    self.names = names
    self.members = members
    indexes =
      names.count > Self.walked
      ? Dictionary(names.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first }) : nil
  }

  /// Takes each name once.
  package convenience init(_ members: [(name: ByteString, value: Value)]) {
    self.init(names: members.map(\.name), members: members.map { .made($0.value) })
  }

  /// Takes each name once; `value` makes the value of the name at an index when it is needed.
  package convenience init(names: [ByteString], value: @escaping (Int) -> Value) {
    self.init(names: names, members: names.indices.map { index in .pending { value(index) } })
  }

  private func value(at index: Int) -> Value {
    switch members[index] {
    case .made(let value): return value
    case .pending(let make):
      let value = make()
      members[index] = .made(value)
      return value
    }
  }

  /// The value of a name, if there is one.
  package func value(named name: ByteString) -> Value? {
    let index = if let indexes { indexes[name] } else { names.firstIndex(of: name) }
    return index.map { value(at: $0) }
  }

  /// Names and values in order.
  package var entries: [(name: ByteString, value: Value)] { names.indices.map { (names[$0], value(at: $0)) } }

  package override var typeName: ByteString { "struct" }
  package override var truth: Bool { !names.isEmpty }
  package override func writeRepr(into out: inout Output) { out.append("struct(...)") }
  package override var count: Int? { names.count }
  package override func attribute(_ name: ByteString) throws(Failure) -> Value? { value(named: name) }
  package override var attributeNames: [ByteString] { names }

  package override func element(at index: Value) throws(Failure) -> Value? {
    guard let value = value(named: try index.requireString()) else {
      throw Failure("key \(index.repr) not in struct")
    }
    return value
  }

  package override func contains(_ value: Value) throws(Failure) -> Bool? {
    self.value(named: try value.requireString()) != nil
  }

  package override var isIterable: Bool { true }

  package override func makeIterator() throws(Failure) -> ValueIterator? { NameIterator(names) }

  package override func items() throws(Failure) -> [(key: Value, value: Value)]? {
    entries.map { (.string($0.name), $0.value) }
  }
}

private final class NameIterator: ValueIterator {
  private let names: [ByteString]
  private var index = 0

  init(_ names: [ByteString]) { self.names = names }

  override func next() throws(Failure) -> Value? {
    guard index < names.count else { return nil }
    defer { index += 1 }
    return .string(names[index])
  }
}
