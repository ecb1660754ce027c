public import Files

/// A Starlark value. Sixteen bytes; not `Sendable`, because lists and dictionaries are shared and change.
public enum Value {
  case none
  case bool(Bool)
  case int(Int64)
  case float(Double)
  /// Bytes, usually UTF-8.
  case string(ByteString)
  /// Everything else: lists, dictionaries, integers beyond 64 bits, functions, values of the host.
  case object(Object)
}

extension Value {
  /// The name that `type()` gives.
  package var typeName: ByteString {
    switch self {
    case .none: "NoneType"
    case .bool: "bool"
    case .int: "int"
    case .float: "float"
    case .string: "string"
    case .object(let object): object.typeName
    }
  }

  /// Whether an `if` takes its first branch.
  package var truth: Bool {
    switch self {
    case .none: false
    case .bool(let flag): flag
    case .int(let number): number != 0
    case .float(let number): number != 0
    case .string(let text): !text.isEmpty
    case .object(let object): object.truth
    }
  }

  /// Makes the value, and everything that can be reached from it, unchangeable.
  package func freeze() {
    if case .object(let object) = self { object.freezeSoon() }
  }

  /// The list, if it is one.
  package var list: List? {
    if case .object(let object) = self, object.kind == .list { unsafeDowncast(object, to: List.self) } else { nil }
  }

  /// The tuple, if it is one.
  package var tuple: Tuple? {
    if case .object(let object) = self, object.kind == .tuple { unsafeDowncast(object, to: Tuple.self) } else { nil }
  }

  /// The dictionary, if it is one.
  package var dict: Dict? {
    if case .object(let object) = self, object.kind == .dict { unsafeDowncast(object, to: Dict.self) } else { nil }
  }

  /// The set, if it is one.
  package var set: ValueSet? {
    if case .object(let object) = self, object.kind == .set { unsafeDowncast(object, to: ValueSet.self) } else { nil }
  }

  /// The string, if it is one.
  package var string: ByteString? {
    if case .string(let text) = self { text } else { nil }
  }

  /// The integer, if it is one of at most 64 bits.
  package var int: Int64? {
    if case .int(let number) = self { number } else { nil }
  }

  /// The truth value, if it is a `bool`.
  package var bool: Bool? {
    if case .bool(let flag) = self { flag } else { nil }
  }

  /// Whether it is `None`.
  package var isNone: Bool {
    if case .none = self { true } else { false }
  }

  /// Whether it can be called.
  package var isCallable: Bool {
    if case .object(let object) = self { object.isCallable } else { false }
  }
}
