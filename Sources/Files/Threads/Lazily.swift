import Synchronization

/// A value that is made when it is first asked for, and then kept, for all who have a copy of what holds it.
package final class Lazily<Value: Sendable>: Sendable {
  private let made = Mutex<Value?>(nil)

  package init() {}

  /// The value, which `make` makes if nobody has asked before.
  package func value(_ make: () -> Value) -> Value {
    made.withLock { made in
      if let made { return made }
      let value = make()
      made = value
      return value
    }
  }

  /// Values by keys, each made when it is first asked for.
  package final class Table<Key: Hashable & Sendable>: Sendable {
    private let made = Mutex<[Key: Value]>([:])

    package init() {}

    /// The value of a key, which `make` makes if nobody has asked before.
    package func value(for key: Key, _ make: () -> Value) -> Value {
      made.withLock { made in
        if let known = made[key] { return known }
        let value = make()
        made[key] = value
        return value
      }
    }
  }
}
