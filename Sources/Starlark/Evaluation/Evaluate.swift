import Files

extension Thread {
  /// The value of an expression.
  func evaluate(_ index: Int32, _ f: UnsafeMutablePointer<CallFrame>) throws(Failure) -> Value {
    let node = f.pointee.nodes + Int(index)
    switch node.pointee.kind {
    case .constant:
      return f.pointee.constants[Int(node.pointee.a)]
    case .smallInt:
      return .int(Int64(node.pointee.a))
    case .local:
      if let value = f.pointee.slots[Int(node.pointee.a)] { return value }
      throw unset(node, f)
    case .global:
      if let value = f.pointee.globals[Int(node.pointee.a)] { return value }
      throw unset(node, f)
    case .add:
      if let a = number(node.pointee.a, f), let b = number(node.pointee.b, f) {
        let (sum, overflow) = a.addingReportingOverflow(b)
        if !overflow { return .int(sum) }
      }
      return try evaluateBinary(.add, node, f)
    case .subtract:
      if let a = number(node.pointee.a, f), let b = number(node.pointee.b, f) {
        let (difference, overflow) = a.subtractingReportingOverflow(b)
        if !overflow { return .int(difference) }
      }
      return try evaluateBinary(.subtract, node, f)
    case .binary:
      return try evaluateBinary(BinaryOperator(rawValue: node.pointee.op) ?? .add, node, f)
    case .equal, .notEqual, .less, .lessEqual, .greater, .greaterEqual, .not:
      return .bool(try condition(index, f))
    case .call:
      return try evaluateCall(node, f)
    case .methodCall:
      return try evaluateMethodCall(node, f)
    case .index:
      return try evaluateIndex(node, f)
    case .and:
      let left = try evaluate(node.pointee.a, f)
      return left.truth ? try evaluate(node.pointee.b, f) : left
    case .or:
      let left = try evaluate(node.pointee.a, f)
      return left.truth ? left : try evaluate(node.pointee.b, f)
    case .conditional:
      return try evaluate(try condition(node.pointee.a, f) ? node.pointee.b : node.pointee.c, f)
    default:
      return try evaluateRare(node, f)
    }
  }

  /// The value of an operand that is a small integer at hand: a variable's or one in the source.
  @inline(__always)
  private func number(_ index: Int32, _ f: UnsafeMutablePointer<CallFrame>) -> Int64? {
    let node = f.pointee.nodes + Int(index)
    switch node.pointee.kind {
    case .smallInt: return Int64(node.pointee.a)
    case .local: if case .int(let number)? = f.pointee.slots[Int(node.pointee.a)] { return number } else { return nil }
    default: return nil
    }
  }

  @inline(never)
  private func evaluateBinary(
    _ operation: BinaryOperator, _ node: UnsafeMutablePointer<TreeNode>, _ f: UnsafeMutablePointer<CallFrame>
  ) throws(Failure) -> Value {
    let left = try operand(node.pointee.a, f)
    let right = try operand(node.pointee.b, f)
    f.pointee.position = node.pointee.position
    return try left.with { left throws(Failure) in
      try right.with { right throws(Failure) in try Arithmetic.binary(operation, left, right, self) }
    }
  }

  /// Whether an expression counts as true.
  func condition(_ index: Int32, _ f: UnsafeMutablePointer<CallFrame>) throws(Failure) -> Bool {
    let node = f.pointee.nodes + Int(index)
    switch node.pointee.kind {
    case .not:
      return try !condition(node.pointee.a, f)
    case .and:
      if try !condition(node.pointee.a, f) { return false }
      return try condition(node.pointee.b, f)
    case .or:
      if try condition(node.pointee.a, f) { return true }
      return try condition(node.pointee.b, f)
    case .equal, .notEqual:
      let left = try operand(node.pointee.a, f)
      let right = try operand(node.pointee.b, f)
      f.pointee.position = node.pointee.position
      return try left.with { left throws(Failure) in
        try right.with { right throws(Failure) in try left.equals(right) == (node.pointee.kind == .equal) }
      }
    case .less: return try compare(.less, node, f)
    case .lessEqual: return try compare(.lessEqual, node, f)
    case .greater: return try compare(.greater, node, f)
    case .greaterEqual: return try compare(.greaterEqual, node, f)
    default:
      return try evaluate(index, f).truth
    }
  }

  @inline(__always)
  private func compare(
    _ operation: Ordering, _ node: UnsafeMutablePointer<TreeNode>, _ f: UnsafeMutablePointer<CallFrame>
  ) throws(Failure) -> Bool {
    if let a = number(node.pointee.a, f), let b = number(node.pointee.b, f) {
      return operation.holds(a < b ? -1 : a == b ? 0 : 1)
    }
    let left = try evaluate(node.pointee.a, f)
    let right = try evaluate(node.pointee.b, f)
    f.pointee.position = node.pointee.position
    return try left.compare(operation, right)
  }

  @inline(never)
  private func unset(_ node: UnsafeMutablePointer<TreeNode>, _ f: UnsafeMutablePointer<CallFrame>) -> Failure {
    f.pointee.position = node.pointee.position
    let scope = node.pointee.kind == .global ? "global" : "local"
    return Failure("\(scope) variable \(name(node.pointee.b, f)) referenced before assignment")
  }

  @inline(never)
  private func evaluateIndex(
    _ node: UnsafeMutablePointer<TreeNode>, _ f: UnsafeMutablePointer<CallFrame>
  ) throws(Failure) -> Value {
    let container = try operand(node.pointee.a, f)
    let index = try operand(node.pointee.b, f)
    f.pointee.position = node.pointee.position
    return try container.with { container throws(Failure) in
      try index.with { index throws(Failure) in try element(of: container, at: index) }
    }
  }

  func element(of container: Value, at index: Value) throws(Failure) -> Value {
    switch container {
    case .object(let object):
      if object.kind == .list, case .int(let number) = index {
        let list = unsafeDowncast(object, to: List.self)
        if number >= 0, number < list.elements.count { return list.elements[Int(number)] }
      }
      if let value = try object.element(at: index) { return value }
    case .string(let text):
      let position = try index.position(in: text.count, of: "string", prefix: "string index: ")
      return .string(text[position..<position + 1])
    default:
      break
    }
    let hint: ByteString? =
      container.typeName == "struct" ? "use getattr(...) to access struct field programmatically" : nil
    throw Failure("unhandled index operation \(container.typeName)[\(index.typeName)]", hint: hint)
  }

  @inline(never)
  private func evaluateRare(
    _ node: UnsafeMutablePointer<TreeNode>, _ f: UnsafeMutablePointer<CallFrame>
  ) throws(Failure) -> Value {
    switch node.pointee.kind {
    case .free:
      let cell = f.pointee.function._withUnsafeGuaranteedRef { $0.captures[Int(node.pointee.a)] }
      if let value = cell.value { return value }
      throw unset(node, f)
    case .cell:
      if case .object(let object)? = f.pointee.slots[Int(node.pointee.a)],
        let value = unsafeDowncast(object, to: Cell.self).value
      {
        return value
      }
      throw unset(node, f)
    case .predeclared:
      return f.pointee.function._withUnsafeGuaranteedRef { $0.instance.predeclared[Int(node.pointee.a)] }
    case .list:
      return .object(List(try evaluateAll(f.pointee.lists + Int(node.pointee.a), Int(node.pointee.b), f)))
    case .tuple:
      return .object(Tuple(try evaluateAll(f.pointee.lists + Int(node.pointee.a), Int(node.pointee.b), f)))
    case .dict:
      return try evaluateDict(node, f)
    case .unary:
      let operand = try evaluate(node.pointee.a, f)
      f.pointee.position = node.pointee.position
      return try Arithmetic.unary(UnaryOperator(rawValue: node.pointee.op) ?? .plus, operand)
    case .attribute:
      let value = try evaluate(node.pointee.a, f)
      f.pointee.position = node.pointee.position
      return try value.requiredAttribute(name(node.pointee.b, f))
    case .slice:
      return try evaluateSlice(node, f)
    case .callWithNames:
      return try evaluateCallWithNames(node, f)
    case .function:
      return try makeFunction(node.pointee.a, f)
    case .listComprehension:
      let list = List()
      try comprehend(node, node.pointee.c, f) { f throws(Failure) in
        try self.checkElements(list.elements.count)
        list.elements.append(try self.evaluate(node.pointee.a, f))
      }
      return .object(list)
    case .dictComprehension:
      let dict = Dict()
      try comprehend(node, node.pointee.c, f) { f throws(Failure) in
        let key = try self.evaluate(node.pointee.a, f)
        let value = try self.evaluate(node.pointee.b, f)
        f.pointee.position = node.pointee.position
        try dict.set(key, to: value)
      }
      return .object(dict)
    case .checkedExpression:
      guard state.pointee.stackGuard.hasRoom else { throw Failure("expression nests too deep") }
      return try evaluate(node.pointee.a, f)
    default:
      throw Failure("not an expression")
    }
  }

  private func evaluateDict(
    _ node: UnsafeMutablePointer<TreeNode>, _ f: UnsafeMutablePointer<CallFrame>
  ) throws(Failure) -> Value {
    let dict = Dict()
    let list = f.pointee.lists + Int(node.pointee.a)
    for index in stride(from: 0, to: Int(node.pointee.b), by: 2) {
      let key = try evaluate(list[index], f)
      let value = try evaluate(list[index + 1], f)
      f.pointee.position = f.pointee.nodes[Int(list[index])].position
      if try !dict.table.insert(key, value) { throw Failure("duplicate key: \(key.repr)") }
    }
    return .object(dict)
  }

  private func comprehend(
    _ node: UnsafeMutablePointer<TreeNode>, _ clause: Int32, _ f: UnsafeMutablePointer<CallFrame>,
    _ body: (UnsafeMutablePointer<CallFrame>) throws(Failure) -> Void
  ) throws(Failure) {
    if clause < 0 { return try body(f) }
    let part = f.pointee.nodes + Int(clause)
    if part.pointee.kind == .ifClause {
      if try condition(part.pointee.a, f) { try comprehend(node, part.pointee.c, f, body) }
      return
    }
    let iterable = try evaluate(part.pointee.b, f)
    f.pointee.position = part.pointee.position
    try forEach(iterable) { value throws(Failure) in
      try self.assign(part.pointee.a, value, f)
      try self.comprehend(node, part.pointee.c, f, body)
      return true
    }
  }

  /// Walks over an iterable value until `body` gives false.
  func forEach(_ iterable: Value, _ body: (Value) throws(Failure) -> Bool) throws(Failure) {
    guard case .object(let object) = iterable else {
      throw Failure("\(iterable.typeName) value is not iterable")
    }
    switch object.kind {
    case .list:
      let list = unsafeDowncast(object, to: List.self)
      list.iterators += 1
      defer { list.iterators -= 1 }
      var index = 0
      while index < list.elements.count {
        try step()
        if try !body(list.elements[index]) { return }
        index += 1
      }
    case .range:
      let range = unsafeDowncast(object, to: IntegerRange.self)
      for index in 0..<range.length {
        try step()
        if try !body(range.number(index)) { return }
      }
    case .tuple:
      for element in unsafeDowncast(object, to: Tuple.self).elements {
        try step()
        if try !body(element) { return }
      }
    default:
      let iterator = try iterable.makeIterator()
      defer { iterator.finish() }
      while let element = try iterator.next() {
        try step()
        if try !body(element) { return }
      }
    }
  }

  private func makeFunction(_ index: Int32, _ f: UnsafeMutablePointer<CallFrame>) throws(Failure) -> Value {
    let (code, instance) = f.pointee.function._withUnsafeGuaranteedRef {
      ($0.instance.program.functions[Int(index)], $0.instance)
    }
    var defaults: [Value?] = []
    for node in code.defaults.dropFirst(code.firstDefault) {
      defaults.append(node < 0 ? nil : try evaluate(node, f))
    }
    var captures: [Cell] = []
    captures.reserveCapacity(code.captures.count)
    for capture in code.captures {
      if !capture.isSlot {
        captures.append(f.pointee.function._withUnsafeGuaranteedRef { $0.captures[Int(capture.index)] })
      } else if case .object(let object)? = f.pointee.slots[Int(capture.index)] {
        captures.append(unsafeDowncast(object, to: Cell.self))
      }
    }
    return .object(Function(code: code, instance: instance, defaults: defaults, captures: captures))
  }

  /// Makes the function of a `def`.
  func define(_ node: UnsafeMutablePointer<TreeNode>, _ f: UnsafeMutablePointer<CallFrame>) throws(Failure) {
    try assign(node.pointee.a, try makeFunction(node.pointee.b, f), f)
  }
}
