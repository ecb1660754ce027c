package import Files

/// A dictionary, in the order in which keys were added.
package final class Dict: HashedValues {
  package override init() { super.init(kind: .dict) }

  package override var typeName: ByteString { "dict" }

  /// Keys and values in order.
  package var entries: [(key: Value, value: Value)] {
    var entries: [(key: Value, value: Value)] = []
    entries.reserveCapacity(table.count)
    for number in 0..<table.entryCount {
      if let key = table.key(at: number) { entries.append((key, table.value(at: number))) }
    }
    return entries
  }

  /// The value of a key, if it is there. Fails if the key cannot be hashed.
  package func value(for key: Value) throws(Failure) -> Value? { try table.value(for: key) }

  /// The value of a key that is a string, if it is there.
  package func value(named name: ByteString) -> Value? {
    do throws(Failure) { return try table.value(for: .string(name)) } catch { return nil }
  }

  /// Adds a key, or gives an existing one a new value. Fails if the dictionary is frozen or being walked over.
  package func set(_ key: Value, to value: Value) throws(Failure) { try table.insert(key, value) }

  package override func items() throws(Failure) -> [(key: Value, value: Value)]? { entries }

  package override func element(at index: Value) throws(Failure) -> Value? {
    if let value = try table.value(for: index) { return value }
    throw Failure("key \(index.repr) not in dict")
  }

  package override func setElement(_ value: Value, at index: Value) throws(Failure) -> Bool {
    try table.insert(index, value)
    return true
  }

  package override func contains(_ value: Value) throws(Failure) -> Bool? {
    // What cannot be hashed is in no dictionary.
    do throws(Failure) { return try table.holds(value) } catch { return false }
  }

  package override func attribute(_ name: ByteString) throws(Failure) -> Value? {
    Method.named(name).flatMap { $0.isDictMethod ? BoundMethod.value(.object(self), $0) : nil }
  }

  package override var attributeNames: [ByteString] { Method.dictMethods.map(\.name) }

  package override func isEqual(to other: Object, depth: Int) throws(Failure) -> Bool? {
    guard let other = other as? Dict, other.table.count == table.count else { return false }
    for (key, value) in entries {
      guard let otherValue = try other.table.value(for: key), try value.equals(otherValue, depth: depth - 1) else {
        return false
      }
    }
    return true
  }

  package override func hashValue() throws(Failure) -> Int { throw Failure("unhashable type: dict") }

  package override func writeRepr(into out: inout Output) {
    out.append("{")
    out.nested(self) { out in
      for (index, entry) in entries.enumerated() {
        if index > 0 { out.append(", ") }
        entry.key.writeRepr(into: &out)
        out.append(": ")
        entry.value.writeRepr(into: &out)
      }
    }
    out.append("}")
  }
}
