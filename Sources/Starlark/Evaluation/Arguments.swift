package import Files

/// What a call passes.
public struct Arguments {
  /// The values without a name, those of `*list` included.
  package var positional: [Value]
  /// The values with a name, in the order written, those of `**dict` included; no name twice.
  package var keyword: [(name: ByteString, value: Value)]

  package init(_ positional: [Value] = [], keyword: [(name: ByteString, value: Value)] = []) {
    self.positional = positional
    self.keyword = keyword
  }

  /// The value of the named argument, if there is one.
  package func named(_ name: ByteString) -> Value? {
    for argument in keyword where argument.name == name { return argument.value }
    return nil
  }

  /// Checks the number of positional arguments, and that there are no named ones.
  package func check(
    _ function: @autoclosure () -> ByteString, atLeast minimum: Int, atMost maximum: Int
  ) throws(Failure) {
    if !keyword.isEmpty { throw Failure("\(function()): unexpected keyword arguments") }
    if positional.count < minimum {
      throw .argumentCount(function(), positional.count, minimum < maximum ? "at least " : "", minimum)
    }
    if positional.count > maximum {
      throw .argumentCount(function(), positional.count, minimum < maximum ? "at most " : "", maximum)
    }
  }

  /// Checks that there are exactly that many positional arguments, and no named ones.
  package func check(_ function: @autoclosure () -> ByteString, exactly count: Int) throws(Failure) {
    try check(function(), atLeast: count, atMost: count)
  }

  /// Assigns the arguments to parameters. A `?` behind a name makes it, and those after it, optional:
  ///
  ///     let bound = try arguments.bind("replace", ["old", "new", "count?"])
  ///     let count = try bound.int(2) ?? -1
  package func bind(_ function: ByteString, _ parameters: [StaticString]) throws(Failure) -> BoundArguments {
    var names: [ByteString] = []
    var required = 0
    for parameter in parameters {
      let name = ByteString(UnsafeBufferPointer(start: parameter.utf8Start, count: parameter.utf8CodeUnitCount))
      if name.hasSuffix("?") {
        names.append(name[0..<name.count - 1])
      } else {
        if names.count == required { required += 1 }
        names.append(name)
      }
    }
    if positional.count > names.count {
      throw .argumentCount(function, positional.count, "at most ", names.count)
    }
    var values: [Value?] = positional
    values.append(contentsOf: repeatElement(nil, count: names.count - positional.count))
    for argument in keyword {
      guard let index = names.firstIndex(of: argument.name) else {
        throw Failure("\(function): unexpected keyword argument \(Value.string(argument.name).repr)")
      }
      if values[index] != nil {
        throw Failure(
          "\(function): got multiple values for keyword argument \(Value.string(argument.name).repr)")
      }
      values[index] = argument.value
    }
    for index in 0..<required where values[index] == nil {
      throw Failure("\(function): missing argument for \(names[index])")
    }
    return BoundArguments(function: function, names: names, values: values, positionalCount: positional.count)
  }
}

/// Arguments in the order of a function's parameters, with checks of their types. An optional parameter that was not
/// given is nothing; a required one is always something.
package struct BoundArguments {
  let function: ByteString
  let names: [ByteString]
  let values: [Value?]
  let positionalCount: Int

  /// The value of a parameter, of any type.
  package subscript(index: Int) -> Value? { values.indices.contains(index) ? values[index] : nil }

  /// A parameter that must be a string.
  package func string(_ index: Int) throws(Failure) -> ByteString? {
    guard let value = self[index] else { return nil }
    guard case .string(let text) = value else { throw mismatch(index, value, "string") }
    return text
  }

  /// A parameter that must be an integer of at most 64 bits.
  package func int(_ index: Int) throws(Failure) -> Int64? {
    guard let value = self[index] else { return nil }
    guard case .int(let number) = value else { throw mismatch(index, value, "int") }
    return number
  }

  /// A parameter that must be a `bool`.
  package func bool(_ index: Int) throws(Failure) -> Bool? {
    guard let value = self[index] else { return nil }
    guard case .bool(let flag) = value else { throw mismatch(index, value, "bool") }
    return flag
  }

  /// A parameter that must be something to call.
  package func callable(_ index: Int) throws(Failure) -> Value? {
    guard let value = self[index] else { return nil }
    guard value.isCallable else { throw mismatch(index, value, "callable") }
    return value
  }

  /// A parameter that must be a list.
  package func list(_ index: Int) throws(Failure) -> List? {
    guard let value = self[index] else { return nil }
    guard let list = value.list else { throw mismatch(index, value, "list") }
    return list
  }

  /// A parameter that must be a dictionary.
  package func dict(_ index: Int) throws(Failure) -> Dict? {
    guard let value = self[index] else { return nil }
    guard let dict = value.dict else { throw mismatch(index, value, "dict") }
    return dict
  }

  /// The failure that says that a parameter has the wrong type.
  package func mismatch(_ index: Int, _ value: Value, _ wanted: StaticString) -> Failure {
    // A name that the caller wrote is shown in quotes.
    let name = index < positionalCount ? names[index] : Value.string(names[index]).repr
    return Failure("\(function): for parameter \(name): got \(value.typeName), want \(wanted)")
  }
}

extension Failure {
  fileprivate static func argumentCount(
    _ function: ByteString, _ count: Int, _ bound: String, _ wanted: Int
  ) -> Failure {
    Failure("\(function): got \(count) arguments, want \(bound)\(wanted)")
  }
}
