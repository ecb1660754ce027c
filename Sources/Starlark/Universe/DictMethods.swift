import Files

enum DictMethods {
  static func call(
    _ method: Method, _ dict: Dict, _ arguments: Arguments, _ thread: Thread
  ) throws(Failure) -> Value {
    switch method {
    case .clear:
      try arguments.check("clear", exactly: 0)
      try dict.table.removeAll()
      return .none
    case .get:
      try arguments.check("get", atLeast: 1, atMost: 2)
      return try named("get") { () throws(Failure) in
        try dict.table.value(for: arguments.positional[0]) ?? arguments.value(1) ?? .none
      }
    case .items:
      try arguments.check("items", exactly: 0)
      return .object(List(dict.entries.map { .object(Tuple([$0.key, $0.value])) }))
    case .keys:
      try arguments.check("keys", exactly: 0)
      return .object(List(dict.table.keys))
    case .values:
      try arguments.check("values", exactly: 0)
      return .object(List(dict.entries.map(\.value)))
    case .pop:
      try arguments.check("pop", atLeast: 1, atMost: 2)
      return try named("pop") { () throws(Failure) in
        if let value = try dict.table.remove(arguments.positional[0]) ?? arguments.value(1) { return value }
        throw Failure("missing key")
      }
    case .popitem:
      try arguments.check("popitem", exactly: 0)
      return try named("popitem") { () throws(Failure) in
        guard let key = dict.table.firstKey() else { throw Failure("empty dict") }
        return .object(Tuple([key, try dict.table.remove(key) ?? .none]))
      }
    case .setdefault:
      try arguments.check("setdefault", atLeast: 1, atMost: 2)
      return try named("setdefault") { () throws(Failure) in
        if let value = try dict.table.value(for: arguments.positional[0]) { return value }
        let value = arguments.value(1) ?? .none
        try dict.table.insert(arguments.positional[0], value)
        return value
      }
    case .update:
      if arguments.positional.count > 1 {
        throw Failure("update: got \(arguments.positional.count) arguments, want at most 1")
      }
      return try named("update") { () throws(Failure) in
        try update(dict, arguments, thread)
        return .none
      }
    default:
      throw Failure("dict has no .\(method.name) field or method")
    }
  }

  @inline(__always)
  private static func named(
    _ name: @autoclosure () -> ByteString, _ body: () throws(Failure) -> Value
  ) throws(Failure) -> Value {
    do throws(Failure) { return try body() } catch { throw error.prefixed("\(name()): ") }
  }

  /// Adds what `dict(…)` and `d.update(…)` are given: a mapping or a sequence of pairs, and named arguments.
  static func update(_ dict: Dict, _ arguments: Arguments, _ thread: Thread) throws(Failure) {
    if let source = arguments.positional.first {
      if let other = source.dict, other !== dict {
        for number in 0..<other.table.entryCount {
          if let key = other.table.key(at: number) { try dict.table.insert(key, other.table.value(at: number)) }
        }
      } else if case .object(let object) = source, let items = try object.items() {
        for item in items { try dict.table.insert(item.key, item.value) }
      } else {
        guard source.isIterable else { throw Failure("got \(source.typeName), want iterable") }
        for (number, pair) in try source.collectElements().enumerated() {
          let place = "dictionary update sequence element #\(number)"
          guard pair.isIterable else { throw Failure("\(place) is not iterable (\(pair.typeName))") }
          guard let count = pair.count else { throw Failure("\(place) has unknown length (\(pair.typeName))") }
          if count != 2 { throw Failure("\(place) has length \(count), want 2") }
          let elements = try pair.collectElements()
          guard elements.count == 2 else { throw Failure("\(place) has length \(elements.count), want 2") }
          try dict.table.insert(elements[0], elements[1])
        }
      }
    }
    var names: Set<ByteString> = []
    for argument in arguments.keyword {
      if !names.insert(argument.name).inserted {
        throw Failure("duplicate keyword arg: \(Value.string(argument.name).repr)")
      }
      try dict.table.insert(.string(argument.name), argument.value)
    }
  }
}
