import Files

/// The methods of the built-in types. One of a name serves all types that have it.
enum Method: UInt8, CaseIterable {
  case append, capitalize, clear, codepoint_ords, codepoints, count, elem_ords, elems, endswith, extend, find, format
  case get, index, insert, isalnum, isalpha, isdigit, islower, isspace, istitle, isupper, items, join, keys, lower
  case lstrip, partition, pop, popitem, remove, replace, rfind, rindex, rpartition, rsplit, rstrip, setdefault, split
  case splitlines, startswith, strip, title, union, update, upper, values

  private static let table: [ByteString: Method] = Dictionary(
    uniqueKeysWithValues: allCases.map { (ByteString("\($0)"), $0) })
  private static let allNames: [ByteString] = allCases.map { ByteString("\($0)") }

  static func named(_ name: ByteString) -> Method? { table[name] }

  init?(number: Int32) {
    guard number >= 0 else { return nil }
    self.init(rawValue: UInt8(truncatingIfNeeded: number))
  }

  var name: ByteString { Self.allNames[Int(rawValue)] }

  static let listMethods = allCases.filter(\.isListMethod)
  static let dictMethods = allCases.filter(\.isDictMethod)
  static let stringMethods = allCases.filter(\.isStringMethod)

  var isListMethod: Bool {
    switch self {
    case .append, .clear, .extend, .index, .insert, .pop, .remove: true
    default: false
    }
  }

  var isDictMethod: Bool {
    switch self {
    case .clear, .get, .items, .keys, .pop, .popitem, .setdefault, .update, .values: true
    default: false
    }
  }

  var isStringMethod: Bool {
    switch self {
    case .append, .clear, .extend, .get, .insert, .items, .keys, .pop, .popitem, .remove, .setdefault, .union, .update,
      .values:
      false
    default: true
    }
  }

  /// Whether the value has that method.
  func applies(to receiver: Value) -> Bool {
    switch receiver {
    case .string: isStringMethod
    case .object(let object):
      switch object.kind {
      case .list: isListMethod
      case .dict: isDictMethod
      case .set: self == .union
      default: false
      }
    default: false
    }
  }

  /// Calls the method; `applies(to:)` must hold.
  func call(on receiver: Value, _ arguments: Arguments, _ thread: Thread) throws(Failure) -> Value {
    switch receiver {
    case .string(let text): return try StringMethods.call(self, text, arguments, thread)
    case .object(let object):
      switch object.kind {
      case .list: return try ListMethods.call(self, unsafeDowncast(object, to: List.self), arguments, thread)
      case .dict: return try DictMethods.call(self, unsafeDowncast(object, to: Dict.self), arguments, thread)
      case .set:
        try arguments.check("union", atLeast: 0, atMost: 1)
        let others = try arguments.iterable("union", 0)
        do throws(Failure) {
          return .object(try unsafeDowncast(object, to: ValueSet.self).union(with: others ?? []))
        } catch { throw error.prefixed("union: ") }
      default: break
      }
    default: break
    }
    throw Failure("\(receiver.typeName) has no .\(name) field or method")
  }
}

extension Arguments {
  /// The elements of a positional parameter that must be iterable; nothing if it was not given.
  func iterable(_ function: @autoclosure () -> ByteString, _ index: Int) throws(Failure) -> [Value]? {
    guard index < positional.count else { return nil }
    let value = positional[index]
    guard value.isIterable else { throw mismatch(function(), index, "iterable") }
    return try value.collectElements()
  }

  /// A positional parameter that must be a string.
  func string(_ function: @autoclosure () -> ByteString, _ index: Int) throws(Failure) -> ByteString? {
    guard index < positional.count else { return nil }
    guard case .string(let text) = positional[index] else { throw mismatch(function(), index, "string") }
    return text
  }

  /// A positional parameter that must be a small integer.
  func int(_ function: @autoclosure () -> ByteString, _ index: Int) throws(Failure) -> Int? {
    guard index < positional.count else { return nil }
    do throws(Failure) { return try positional[index].int32() } catch {
      throw error.prefixed("\(function()): for parameter \(index + 1): ")
    }
  }

  /// A positional parameter of any type.
  func value(_ index: Int) -> Value? { index < positional.count ? positional[index] : nil }

  private func mismatch(_ function: ByteString, _ index: Int, _ wanted: StaticString) -> Failure {
    Failure(
      "\(function): for parameter \(index + 1): got \(positional[index].typeName), want \(wanted)")
  }
}
