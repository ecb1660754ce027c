public import Files

/// A value that is not a scalar, and the base of values that a host defines.
///
/// Each member answers one capability; what a subclass does not override it does not have. A result of nothing means
/// "this kind of value cannot do that", and the evaluator then words the error; an error that a member throws is
/// shown as it is.
///
/// Open, hence public with all types in its signatures, because only an open class can be subclassed in another module.
open class Object {
  /// The kinds that the evaluator knows by heart.
  enum Kind: UInt8 {
    case other, list, tuple, dict, set, range, bigInteger, function, builtin, cell
  }

  final let kind: Kind

  /// For subclasses.
  public init() { kind = .other }

  init(kind: Kind) { self.kind = kind }

  /// The name that `type()` gives.
  open var typeName: ByteString { "object" }

  /// Whether an `if` takes its first branch.
  open var truth: Bool { true }

  /// Appends what `repr()` and `str()` give.
  open func writeRepr(into out: inout Output) {
    out.append("<")
    out.append(typeName)
    out.append(">")
  }

  /// How many elements `len()` counts.
  open var count: Int? { nil }

  /// The value of `self.name`; nothing if there is no such field or method.
  open func attribute(_ name: ByteString) throws(Failure) -> Value? { nil }

  /// The names that `dir()` lists, and that a "did you mean" chooses from; in any order.
  open var attributeNames: [ByteString] { [] }

  /// Performs `self.name = value`; false if this kind of value has no fields that can be set.
  open func setAttribute(_ name: ByteString, to value: Value) throws(Failure) -> Bool { false }

  /// The value of `self[index]`; nothing if it cannot be indexed with that type of index.
  open func element(at index: Value) throws(Failure) -> Value? { nil }

  /// Performs `self[index] = value`; false if this kind of value does not allow it.
  open func setElement(_ value: Value, at index: Value) throws(Failure) -> Bool { false }

  /// What a `for` loop walks over; nothing if it cannot be iterated.
  open func makeIterator() throws(Failure) -> ValueIterator? { nil }

  /// Whether `makeIterator` gives an iterator.
  open var isIterable: Bool { false }

  /// Keys and values, for `**self`, `dict(self)` and `d.update(self)`; nothing if it is no mapping.
  open func items() throws(Failure) -> [(key: Value, value: Value)]? { nil }

  /// The answer to `value in self`; nothing if that cannot be asked.
  open func contains(_ value: Value) throws(Failure) -> Bool? { nil }

  /// Whether it equals another object of the same `typeName`; nothing means that only itself is equal to it.
  open func isEqual(to other: Object, depth: Int) throws(Failure) -> Bool? { nil }

  /// A negative number, 0 or a positive number as it comes before, with or after another object of the same
  /// `typeName`; nothing if the two have no order. Failures name the operation.
  open func order(comparedTo other: Object, depth: Int, operation: ByteString) throws(Failure) -> Int? { nil }

  /// A number for hash tables: equal values have equal ones. Throws "unhashable type" unless overridden.
  open func hashValue() throws(Failure) -> Int {
    throw Failure("unhashable type: \(typeName)")
  }

  /// The value of `self op other`, or of `other op self` if `isLeft` is false; nothing if there is no such operation.
  open func binary(
    _ operation: BinaryOperator, _ other: Value, isLeft: Bool
  ) throws(Failure) -> Value? { nil }

  /// The value of `+self`, `-self` or `~self`; nothing if there is no such operation.
  open func unary(_ operation: UnaryOperator) throws(Failure) -> Value? { nil }

  /// Whether `call` does anything but fail.
  open var isCallable: Bool { false }

  /// The name that a call stack shows for a callable value.
  open var calledName: ByteString { typeName }

  /// The value of `self(arguments)`.
  open func call(_ arguments: Arguments, _ thread: Thread) throws(Failure) -> Value {
    throw Failure("invalid call of non-function (\(typeName))")
  }

  /// Makes it, and everything that can be reached from it, unchangeable.
  open func freeze() {}
}

/// Hands out the elements of a value one after the other.
open class ValueIterator {
  /// For subclasses.
  public init() {}

  /// The next element; nothing after the last.
  open func next() throws(Failure) -> Value? { nil }

  /// Called once when the loop is over, also if it ended early or failed: lets the value be changed again.
  open func finish() {}
}

/// The operators that take two operands and evaluate both.
public enum BinaryOperator: UInt8, Sendable {
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
    // As a failure names it.
    case .isNotIn: "in"
    }
  }
}

/// The operators that take one operand, but for `not`.
public enum UnaryOperator: UInt8, Sendable {
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
