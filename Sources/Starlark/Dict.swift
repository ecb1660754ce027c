package import Files

/// A dictionary, in the order in which keys were added.
package final class Dict: Object {
  package override init() {}

  /// Keys and values in order.
  package var entries: [(key: Value, value: Value)] { [] }

  /// The value of a key, if it is there.
  package func value(for key: Value) throws(Failure) -> Value? { nil }

  /// The value of a key that is a string, if it is there.
  package func value(named name: ByteString) -> Value? { nil }

  /// Adds a key, or gives an existing one a new value.
  package func set(_ key: Value, to value: Value) throws(Failure) {}
}

/// A set, in the order in which elements were added.
package final class ValueSet: Object {
  package override init() {}

  /// The elements in order.
  package var elements: [Value] { [] }
}
