package import Files
package import Starlark
import YAML

/// A named rule about a value. `@schema/validation min_len=1` makes one, and so does `assert.min_len(1)`.
package enum Assertion {
  case minLength(Value)
  case maxLength(Value)
  case min(Value)
  case max(Value)
  case notNull
  /// Exactly one of the items of a map is not null: of those with these keys, or of all.
  case oneNotNull(keys: Value?)
  case oneOf(Value)

  /// What a value must be, in words that follow "must be: ".
  package var requirement: String {
    switch self {
    case .minLength(let count): "length >= \(count.repr)"
    case .maxLength(let count): "length <= \(count.repr)"
    case .min(let bound): "a value >= \(bound.repr)"
    case .max(let bound): "a value <= \(bound.repr)"
    case .notNull: "not null"
    case .oneNotNull(let keys): "exactly one of \(keys?.repr.text ?? "all children") to be not null"
    case .oneOf(let allowed): "one of \(allowed.repr)"
    }
  }

  /// Fails with what the value is instead, `fail: ` in front of it where ytt's rule is written in Starlark.
  package func check(_ value: Value) throws(Failure) {
    switch self {
    case .minLength(let bound):
      let count = try value.length()
      if try Value.int(Int64(count)).order(comparedTo: bound) < 0 { throw Failure("fail: length = \(count)") }
    case .maxLength(let bound):
      let count = try value.length()
      if try Value.int(Int64(count)).order(comparedTo: bound) > 0 { throw Failure("fail: length = \(count)") }
    case .min(let bound):
      let bound = try bound.withoutYAML()
      if try value.withoutYAML().order(to: bound, ">=") < 0 { throw Failure("fail: value < \(bound.str)") }
    case .max(let bound):
      let bound = try bound.withoutYAML()
      if try value.withoutYAML().order(to: bound, "<=") > 0 { throw Failure("fail: value > \(bound.str)") }
    case .notNull:
      if value.isNone { throw Failure("fail: value is null") }
    case .oneNotNull(let keys):
      try Self.checkOneNotNull(value, keys)
    case .oneOf(let allowed):
      let value = try value.withoutYAML()
      for candidate in try allowed.collectElements() {
        if try candidate.withoutYAML().isEqual(to: value) { return }
      }
      throw Failure("fail: not one of allowed values")
    }
  }

  private static func checkOneNotNull(_ value: Value, _ keys: Value?) throws(Failure) {
    let value = try value.withoutYAML()
    guard let map = value.dict else {
      throw Failure("check: value must be a map or dict, but was '\(value.typeName)'")
    }
    var wanted = map.entries.map(\.key)
    if let keys {
      wanted = []
      for key in try keys.collectElements() { wanted.append(try key.withoutYAML()) }
    }
    var present: [Value] = []
    for key in wanted {
      if let item = try map.value(for: key), !item.isNone { present.append(key) }
    }
    switch present.count {
    case 0: throw Failure(map.entries.isEmpty ? "check: value is empty" : "check: all values are null")
    case 1: return
    default: throw Failure("check: \(Value.object(List(present)).repr) are not null")
    }
  }

  /// Fails unless one value is given. Most of ytt's rules are written in Starlark, and fail as its functions do.
  private func checkCount(_ count: Int) throws(Failure) {
    if count == 1 { return }
    let parameter: String
    switch self {
    case .oneNotNull: throw Failure("check: got \(count) arguments, want 1")
    case .minLength, .maxLength: parameter = "sequence"
    case .notNull: parameter = "value"
    case .min, .max, .oneOf: parameter = "val"
    }
    if count == 0 { throw Failure("function lambda missing 1 argument (\(parameter))") }
    throw Failure("function lambda accepts 1 positional argument (\(count) given)")
  }

  /// The function that a template calls as `check`.
  package func function(_ name: ByteString) -> Value {
    .object(
      Builtin(name) { arguments, _ throws(Failure) in
        try checkCount(arguments.positional.count)
        try check(arguments.positional[0])
        return .bool(true)
      })
  }
}

extension Value {
  /// What `len()` gives.
  fileprivate func length() throws(Failure) -> Int {
    if case .string(let text) = self { return text.count }
    guard case .object(let object) = self, let count = object.count else {
      throw Failure("len: value of type \(typeName) has no len")
    }
    return count
  }

  /// The value as if it had been written as YAML and read again: fragments and structs become dictionaries, and a
  /// fragment that is empty becomes `None`, because an empty document is not written at all.
  fileprivate func withoutYAML() throws(Failure) -> Value {
    if case .object(let object) = self, object is Fragment, object.count == 0 { return .none }
    return Conversion.plain(try Conversion.node(self))
  }

  /// The order of two values; the failure of two that have none names the operator that was meant.
  fileprivate func order(to other: Value, _ operation: StaticString) throws(Failure) -> Int {
    do throws(Failure) {
      return try order(comparedTo: other)
    } catch {
      throw Failure("\(typeName) \(operation) \(other.typeName) not implemented")
    }
  }
}
