package import Files

/// A value that is not a scalar, and the base of values that a host defines.
///
/// Each member answers one capability; what a subclass does not override it does not have. A result of nothing means
/// "this kind of value cannot do that", and the evaluator then words the error; an error that a member throws is
/// shown as it is.
package class Object {
  package init() {}

  /// The name that `type()` gives.
  package var typeName: ByteString { "object" }

  /// Whether an `if` takes its first branch.
  package var truth: Bool { true }

  /// Appends what `repr()` and `str()` give.
  package func writeRepr(into out: inout Output) {
    out.append("<")
    out.append(typeName)
    out.append(">")
  }

  /// How many elements `len()` counts.
  package var count: Int? { nil }

  /// The value of `self.name`; nothing if there is no such field or method.
  package func attribute(_ name: ByteString) throws(Failure) -> Value? { nil }

  /// The names that `dir()` lists, and that a "did you mean" chooses from; in any order.
  package var attributeNames: [ByteString] { [] }

  /// Performs `self.name = value`; false if this kind of value has no fields that can be set.
  package func setAttribute(_ name: ByteString, to value: Value) throws(Failure) -> Bool { false }

  /// The value of `self[index]`; nothing if it cannot be indexed with that type of index.
  package func element(at index: Value) throws(Failure) -> Value? { nil }

  /// Performs `self[index] = value`; false if this kind of value does not allow it.
  package func setElement(_ value: Value, at index: Value) throws(Failure) -> Bool { false }

  /// What a `for` loop walks over; nothing if it cannot be iterated.
  package func makeIterator() throws(Failure) -> ValueIterator? { nil }

  /// Whether `makeIterator` gives an iterator.
  package var isIterable: Bool { false }

  /// Keys and values, for `**self`, `dict(self)` and `d.update(self)`; nothing if it is no mapping.
  package func items() throws(Failure) -> [(key: Value, value: Value)]? { nil }

  /// The answer to `value in self`; nothing if that cannot be asked.
  package func contains(_ value: Value) throws(Failure) -> Bool? { nil }

  /// Whether it equals another object of the same `typeName`; nothing means that only itself is equal to it.
  package func isEqual(to other: Object, depth: Int) throws(Failure) -> Bool? { nil }

  /// A negative number, 0 or a positive number as it comes before, with or after another object of the same
  /// `typeName`; nothing if the two have no order.
  package func order(comparedTo other: Object, depth: Int) throws(Failure) -> Int? { nil }

  /// A number for hash tables: equal values have equal ones. Throws "unhashable type" unless overridden.
  package func hashValue() throws(Failure) -> Int {
    throw Failure("unhashable type: \(typeName)")
  }

  /// The value of `self op other`, or of `other op self` if `isLeft` is false; nothing if there is no such operation.
  package func binary(
    _ operation: BinaryOperator, _ other: Value, isLeft: Bool
  ) throws(Failure) -> Value? { nil }

  /// The value of `+self`, `-self` or `~self`; nothing if there is no such operation.
  package func unary(_ operation: UnaryOperator) throws(Failure) -> Value? { nil }

  /// Whether `call` does anything but fail.
  package var isCallable: Bool { false }

  /// The name that a call stack shows for a callable value.
  package var calledName: ByteString { typeName }

  /// The value of `self(arguments)`.
  package func call(_ arguments: Arguments, _ thread: Thread) throws(Failure) -> Value {
    throw Failure("invalid call of non-function (\(typeName))")
  }

  /// Makes it, and everything that can be reached from it, unchangeable.
  package func freeze() {}
}

/// Hands out the elements of a value one after the other.
package class ValueIterator {
  package init() {}

  /// The next element; nothing after the last.
  package func next() throws(Failure) -> Value? { nil }

  /// Called once when the loop is over, also if it ended early or failed: lets the value be changed again.
  package func finish() {}
}

/// The operators that take two operands and evaluate both.
package enum BinaryOperator: UInt8, Sendable {
  case add, subtract, multiply, divide, floorDivide, modulo
  case and, or, exclusiveOr, shiftLeft, shiftRight
  case isIn, isNotIn

  /// As it is written.
  package var text: ByteString {
    switch self {
    case .add: "+"
    case .subtract: "-"
    case .multiply: "*"
    case .divide: "/"
    case .floorDivide: "//"
    case .modulo: "%"
    case .and: "&"
    case .or: "|"
    case .exclusiveOr: "^"
    case .shiftLeft: "<<"
    case .shiftRight: ">>"
    case .isIn: "in"
    case .isNotIn: "not in"
    }
  }
}

/// The operators that take one operand, but for `not`.
package enum UnaryOperator: UInt8, Sendable {
  case plus, minus, complement

  /// As it is written.
  package var text: ByteString {
    switch self {
    case .plus: "+"
    case .minus: "-"
    case .complement: "~"
    }
  }
}
