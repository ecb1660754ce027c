package import Files

extension Value {
  /// Whether `==` holds. Lists, tuples and dictionaries are compared in depth.
  package func isEqual(to other: Value) throws(Failure) -> Bool { false }

  /// A negative number, 0 or a positive number, as `<`, `==` or `>` holds; fails with "int < string not implemented".
  package func order(comparedTo other: Value) throws(Failure) -> Int { 0 }

  /// What `str()` gives: the string itself, `repr` for everything else.
  package var str: ByteString {
    if case .string(let text) = self { text } else { repr }
  }

  /// What `repr()` gives.
  package var repr: ByteString {
    var out = Output()
    writeRepr(into: &out)
    return out.string
  }

  /// Appends what `repr()` gives.
  package func writeRepr(into out: inout Output) {}

  /// An iterator over the elements; fails with "int value is not iterable".
  package func makeIterator() throws(Failure) -> ValueIterator {
    throw Failure("\(typeName) value is not iterable")
  }

  /// All elements of an iterable value; fails as `makeIterator` does.
  package func collectElements() throws(Failure) -> [Value] { [] }

  /// An integer of any size from decimal digits; nothing if it is not one.
  package static func integer(decimal text: ByteString) -> Value? { nil }

  /// An integer beyond `Int64` as its decimal digits; nothing for every other value.
  package var bigIntegerDigits: ByteString? { nil }

  /// An unsigned integer.
  package init(_ number: UInt64) { self = .int(Int64(clamping: number)) }
}
