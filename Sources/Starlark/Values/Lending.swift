extension UnsafeMutablePointer<Value> {
  /// Lends the value that lies here to `body`, which must not change what lies here.
  ///
  /// Saves retaining and releasing it, which the compiler would do where `body` calls anything that it cannot see
  /// through: the value is moved out of a copy of its bits and back again, and what is only moved is not retained.
  @inline(__always)
  func lend<R>(_ body: (Value) throws(Failure) -> R) throws(Failure) -> R {
    var bits = UnsafeRawPointer(self).load(as: (UInt64, UInt64).self)
    return try withUnsafeMutablePointer(to: &bits) { bits throws(Failure) in
      let place = UnsafeMutableRawPointer(bits).assumingMemoryBound(to: Value.self)
      let value = place.move()
      defer { place.initialize(to: value) }
      return try body(value)
    }
  }
}

extension UnsafeMutablePointer<Value?> {
  /// The same memory, which must hold a value: an optional value has the bits of the value.
  @inline(__always)
  var assumingValue: UnsafeMutablePointer<Value> { UnsafeMutableRawPointer(self).assumingMemoryBound(to: Value.self) }
}
