import Files

/// The names that every program knows: the table of built-in constants and functions.
enum Universe {
  /// The value of a name. The values never change, so that all threads can share them.
  static func value(named name: ByteString) -> Value? { table[name] }

  nonisolated(unsafe) private static let table: [ByteString: Value] = {
    var table: [ByteString: Value] = ["None": .none, "True": .bool(true), "False": .bool(false)]
    let functions: [Builtin] = [
      all, any, bool, chr, Conversions.dict, dir, enumerate, fail, Conversions.float, getattr, hasattr, hash,
      Conversions.int, len, Conversions.list, Extremes.max, Extremes.min, ord, print, range, repr, reversed,
      Conversions.set, Sorting.sorted, str, Conversions.tuple, type, zip,
    ]
    for function in functions { table[function.name] = .object(function) }
    return table
  }()

  private static var all: Builtin {
    Builtin("all") { arguments, _ throws(Failure) in
      try arguments.check("all", exactly: 1)
      for element in try arguments.iterable("all", 0) ?? [] where !element.truth { return .bool(false) }
      return .bool(true)
    }
  }

  private static var any: Builtin {
    Builtin("any") { arguments, _ throws(Failure) in
      try arguments.check("any", exactly: 1)
      for element in try arguments.iterable("any", 0) ?? [] where element.truth { return .bool(true) }
      return .bool(false)
    }
  }

  private static var bool: Builtin {
    Builtin("bool", unary: { value, _ throws(Failure) in .bool(value.truth) }) { arguments, _ throws(Failure) in
      try arguments.check("bool", atLeast: 0, atMost: 1)
      return .bool(arguments.value(0)?.truth ?? false)
    }
  }

  private static var chr: Builtin {
    Builtin("chr") { arguments, _ throws(Failure) in
      let value = try single("chr", arguments)
      let number: Int
      do throws(Failure) { number = try value.int32() } catch {
        throw Failure("chr: got \(value.typeName), want int")
      }
      if number < 0 { throw Failure("chr: Unicode code point \(number) out of range (<0)") }
      if number > 0x10FFFF {
        let digits = String(number, radix: 16, uppercase: true)
        throw Failure("chr: Unicode code point U+\(digits) out of range (>0x10FFFF)")
      }
      var out = Output()
      out.append(scalar: Unicode.Scalar(UInt32(number)) ?? "\u{FFFD}")
      return .string(out.string)
    }
  }

  private static var dir: Builtin {
    Builtin("dir") { arguments, _ throws(Failure) in
      .object(List(try single("dir", arguments).attributeNames.map { .string($0) }))
    }
  }

  private static var enumerate: Builtin {
    Builtin("enumerate") { arguments, _ throws(Failure) in
      try arguments.check("enumerate", atLeast: 1, atMost: 2)
      let elements = try arguments.iterable("enumerate", 0) ?? []
      let start = try arguments.int("enumerate", 1) ?? 0
      var pairs: [Value] = []
      pairs.reserveCapacity(elements.count)
      for (index, element) in elements.enumerated() {
        pairs.append(.object(Tuple([.int(Int64(start + index)), element])))
      }
      return .object(List(pairs))
    }
  }

  private static var fail: Builtin {
    Builtin("fail") { arguments, _ throws(Failure) in throw Failure("fail: \(try joined("fail", arguments))") }
  }

  private static var print: Builtin {
    Builtin("print") { arguments, thread throws(Failure) in
      thread.print(try joined("print", arguments))
      return .none
    }
  }

  /// The arguments as `print` shows them.
  private static func joined(_ name: ByteString, _ arguments: Arguments) throws(Failure) -> ByteString {
    let separator =
      try Arguments([], keyword: arguments.keyword).bind(name, ["sep?"]).string(0) ?? " "
    var out = Output()
    for (index, value) in arguments.positional.enumerated() {
      if index > 0 { out.append(separator) }
      value.writeStr(into: &out)
    }
    return out.string
  }

  private static var getattr: Builtin {
    Builtin("getattr") { arguments, _ throws(Failure) in
      try arguments.check("getattr", atLeast: 2, atMost: 3)
      let object = arguments.positional[0]
      let name = try arguments.string("getattr", 1) ?? .empty
      do throws(Failure) {
        if let value = try object.attribute(name) { return value }
      } catch {
        guard arguments.positional.count > 2 else { throw error.prefixed("getattr: ") }
      }
      if let fallback = arguments.value(2) { return fallback }
      throw Failure("getattr: \(object.typeName) has no .\(name) field or method")
    }
  }

  private static var hasattr: Builtin {
    Builtin("hasattr") { arguments, _ throws(Failure) in
      try arguments.check("hasattr", exactly: 2)
      let name = try arguments.string("hasattr", 1) ?? .empty
      do throws(Failure) {
        return .bool(try arguments.positional[0].attribute(name) != nil)
      } catch {
        // It may exist though its value could not be computed.
        return .bool(arguments.positional[0].attributeNames.contains(name))
      }
    }
  }

  /// The hash of a string: that of Java, which the Starlark specification asks for so that it is the same everywhere.
  private static var hash: Builtin {
    Builtin("hash") { arguments, _ throws(Failure) in
      try arguments.check("hash", exactly: 1)
      var hash: Int32 = 0
      (try arguments.string("hash", 0) ?? .empty).forEachScalar { scalar, _ in
        hash = hash &* 31 &+ Int32(truncatingIfNeeded: scalar.value)
        return true
      }
      return .int(Int64(hash))
    }
  }

  private static var len: Builtin {
    @Sendable func length(_ value: Value) throws(Failure) -> Value {
      if let count = value.count { return .int(Int64(count)) }
      throw Failure("len: value of type \(value.typeName) has no len")
    }
    return Builtin("len", unary: { value, _ throws(Failure) in try length(value) }) {
      arguments, _ throws(Failure) in
      try arguments.check("len", exactly: 1)
      return try length(arguments.positional[0])
    }
  }

  private static var ord: Builtin {
    Builtin("ord") { arguments, _ throws(Failure) in
      let value = try single("ord", arguments)
      guard case .string(let text) = value else { throw Failure("ord: got \(value.typeName), want string") }
      var scalars: [Unicode.Scalar] = []
      text.forEachScalar { scalar, _ in
        scalars.append(scalar)
        return true
      }
      guard scalars.count == 1 else {
        throw Failure("ord: string encodes \(scalars.count) Unicode code points, want 1")
      }
      return .int(Int64(scalars[0].value))
    }
  }

  private static var range: Builtin {
    Builtin("range") { arguments, _ throws(Failure) in
      try arguments.check("range", atLeast: 1, atMost: 3)
      let first = try arguments.int("range", 0) ?? 0
      let second = try arguments.int("range", 1)
      let step = try arguments.int("range", 2) ?? 1
      if step == 0 { throw Failure("range: step argument must not be zero") }
      return .object(IntegerRange(start: second == nil ? 0 : first, stop: second ?? first, step: step))
    }
  }

  private static var repr: Builtin {
    Builtin("repr", unary: { value, _ throws(Failure) in .string(value.repr) }) { arguments, _ throws(Failure) in
      try arguments.check("repr", exactly: 1)
      return .string(arguments.positional[0].repr)
    }
  }

  private static var reversed: Builtin {
    Builtin("reversed") { arguments, _ throws(Failure) in
      try arguments.check("reversed", exactly: 1)
      return .object(List((try arguments.iterable("reversed", 0) ?? []).reversed()))
    }
  }

  private static var str: Builtin {
    Builtin("str", unary: { value, _ throws(Failure) in .string(value.str) }) { arguments, _ throws(Failure) in
      .string(try single("str", arguments, "exactly 1").str)
    }
  }

  private static var type: Builtin {
    Builtin("type", unary: { value, _ throws(Failure) in .string(value.typeName) }) {
      arguments, _ throws(Failure) in .string(try single("type", arguments, "exactly 1").typeName)
    }
  }

  private static var zip: Builtin {
    Builtin("zip") { arguments, _ throws(Failure) in
      if !arguments.keyword.isEmpty { throw Failure("zip does not accept keyword arguments") }
      var columns: [[Value]] = []
      for (index, value) in arguments.positional.enumerated() {
        guard value.isIterable else {
          throw Failure("zip: argument #\(index + 1) is not iterable: \(value.typeName)")
        }
        columns.append(try value.collectElements())
      }
      var rows: [Value] = []
      for row in 0..<(columns.map(\.count).min() ?? 0) { rows.append(.object(Tuple(columns.map { $0[row] }))) }
      return .object(List(rows))
    }
  }

  /// The only argument of a function that takes one, unnamed.
  static func single(
    _ name: ByteString, _ arguments: Arguments, _ wanted: StaticString = "1"
  ) throws(Failure) -> Value {
    if !arguments.keyword.isEmpty { throw Failure("\(name) does not accept keyword arguments") }
    guard arguments.positional.count == 1 else {
      throw Failure("\(name): got \(arguments.positional.count) arguments, want \(wanted)")
    }
    return arguments.positional[0]
  }
}
