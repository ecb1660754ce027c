import Files

/// How a statement ended.
enum Completion {
  case normal, broke, continued, returned
}

extension Thread {
  /// Runs a statement.
  func execute(_ index: Int32, _ f: UnsafeMutablePointer<CallFrame>) throws(Failure) -> Completion {
    let node = f.pointee.nodes + Int(index)
    switch node.pointee.kind {
    case .block:
      let list = f.pointee.lists + Int(node.pointee.a)
      for number in 0..<Int(node.pointee.b) {
        let completion = try execute(list[number], f)
        if completion != .normal { return completion }
      }
    case .expressionStatement:
      _ = try evaluate(node.pointee.a, f)
    case .assign:
      let target = f.pointee.nodes + Int(node.pointee.a)
      switch target.pointee.kind {
      case .local:
        f.pointee.slots[Int(target.pointee.a)] = try evaluate(node.pointee.b, f)
      case .global:
        f.pointee.globals[Int(target.pointee.a)] = try evaluate(node.pointee.b, f)
      default:
        let value = try operand(node.pointee.b, f)
        f.pointee.position = node.pointee.position
        try value.with { value throws(Failure) in try assign(node.pointee.a, value, f) }
      }
    case .ifStatement:
      if try condition(node.pointee.a, f) { return try execute(node.pointee.b, f) }
      if node.pointee.c >= 0 { return try execute(node.pointee.c, f) }
    case .returnStatement:
      if node.pointee.a >= 0 { f.pointee.result = try evaluate(node.pointee.a, f) }
      return .returned
    case .augmentedAssign:
      try augment(node, f)
    case .forStatement:
      return try executeFor(node, f)
    case .whileStatement:
      while try condition(node.pointee.a, f) {
        try step()
        switch try execute(node.pointee.b, f) {
        case .normal, .continued: break
        case .broke: return .normal
        case .returned: return .returned
        }
      }
    case .breakStatement:
      return .broke
    case .continueStatement:
      return .continued
    case .def:
      try define(node, f)
    case .hostStatement:
      try executeHost(node, f)
    case .loadStatement:
      try executeLoad(node, f)
    case .checkedStatement:
      guard state.pointee.stackGuard.hasRoom else { throw Failure("block nests too deep") }
      return try execute(node.pointee.a, f)
    default:
      throw Failure("not a statement")
    }
    return .normal
  }

  private func executeFor(
    _ node: UnsafeMutablePointer<TreeNode>, _ f: UnsafeMutablePointer<CallFrame>
  ) throws(Failure) -> Completion {
    let iterable = try evaluate(node.pointee.b, f)
    f.pointee.position = node.pointee.position
    var result = Completion.normal
    let target = f.pointee.nodes + Int(node.pointee.a)
    let block = node.pointee.c
    try forEach(iterable) { value throws(Failure) in
      if target.pointee.kind == .local {
        f.pointee.slots[Int(target.pointee.a)] = value
      } else {
        f.pointee.position = node.pointee.position
        try self.assign(node.pointee.a, value, f)
      }
      switch try self.execute(block, f) {
      case .normal, .continued: return true
      case .broke: return false
      case .returned:
        result = .returned
        return false
      }
    }
    return result
  }

  /// Stores a value where a target says.
  func assign(_ index: Int32, _ value: Value, _ f: UnsafeMutablePointer<CallFrame>) throws(Failure) {
    let target = f.pointee.nodes + Int(index)
    switch target.pointee.kind {
    case .local:
      f.pointee.slots[Int(target.pointee.a)] = value
    case .global:
      f.pointee.globals[Int(target.pointee.a)] = value
    case .cell:
      if case .object(let object)? = f.pointee.slots[Int(target.pointee.a)] {
        unsafeDowncast(object, to: Cell.self).value = value
      }
    case .index:
      let container = try operand(target.pointee.a, f)
      let index = try operand(target.pointee.b, f)
      f.pointee.position = target.pointee.position
      try container.with { container throws(Failure) in
        try index.with { index throws(Failure) in try setElement(of: container, at: index, to: value) }
      }
    case .attribute:
      let object = try evaluate(target.pointee.a, f)
      f.pointee.position = target.pointee.position
      try setAttribute(of: object, name(target.pointee.b, f), to: value)
    case .tuple, .list:
      try unpack(target, value, f)
    default:
      throw Failure("can't assign to this expression")
    }
  }

  @inline(__always)
  private func setElement(of container: Value, at index: Value, to value: Value) throws(Failure) {
    if case .object(let object) = container, try object.setElement(value, at: index) { return }
    throw Failure("\(container.typeName) value does not support item assignment")
  }

  private func setAttribute(of object: Value, _ name: ByteString, to value: Value) throws(Failure) {
    if case .object(let object) = object, try object.setAttribute(name, to: value) { return }
    throw Failure("can't assign to .\(name) field of \(object.typeName)")
  }

  private func unpack(
    _ target: UnsafeMutablePointer<TreeNode>, _ value: Value, _ f: UnsafeMutablePointer<CallFrame>
  ) throws(Failure) {
    guard value.isIterable else { throw Failure("got \(value.typeName) in sequence assignment") }
    let wanted = Int(target.pointee.b)
    let list = f.pointee.lists + Int(target.pointee.a)
    if let tuple = value.tuple, tuple.elements.count == wanted {
      for number in 0..<wanted { try assign(list[number], tuple.elements[number], f) }
      return
    }
    let values = try value.collectElements()
    if values.count > wanted {
      throw Failure("too many values to unpack (got \(values.count), want \(wanted))")
    }
    if values.count < wanted {
      throw Failure("too few values to unpack (got \(values.count), want \(wanted))")
    }
    for number in 0..<wanted { try assign(list[number], values[number], f) }
  }

  private func augment(
    _ node: UnsafeMutablePointer<TreeNode>, _ f: UnsafeMutablePointer<CallFrame>
  ) throws(Failure) {
    let target = f.pointee.nodes + Int(node.pointee.a)
    let operation = BinaryOperator(rawValue: node.pointee.op) ?? .add
    switch target.pointee.kind {
    case .index:
      let container = try operand(target.pointee.a, f)
      let index = try operand(target.pointee.b, f)
      try container.with { container throws(Failure) in
        try index.with { index throws(Failure) in
          f.pointee.position = target.pointee.position
          let old = try element(of: container, at: index)
          let change = try evaluate(node.pointee.b, f)
          f.pointee.position = node.pointee.position
          try setElement(of: container, at: index, to: try combine(operation, old, change))
        }
      }
    case .attribute:
      let object = try evaluate(target.pointee.a, f)
      let name = name(target.pointee.b, f)
      f.pointee.position = target.pointee.position
      let old = try object.requiredAttribute(name)
      let change = try evaluate(node.pointee.b, f)
      f.pointee.position = node.pointee.position
      try setAttribute(of: object, name, to: try combine(operation, old, change))
    default:
      let old = try evaluate(node.pointee.a, f)
      let change = try operand(node.pointee.b, f)
      f.pointee.position = node.pointee.position
      try assign(
        node.pointee.a, try change.with { change throws(Failure) in try combine(operation, old, change) }, f)
    }
  }

  /// The new value of `old op= change`. A list is extended in place.
  private func combine(_ operation: BinaryOperator, _ old: Value, _ change: Value) throws(Failure) -> Value {
    if case .int(let a) = old, case .int(let b) = change, operation == .add || operation == .subtract {
      let (result, overflow) = operation == .add ? a.addingReportingOverflow(b) : a.subtractingReportingOverflow(b)
      if !overflow { return .int(result) }
    }
    if operation == .add {
      if let list = old.list, change.isIterable {
        try list.checkMutable("apply += to")
        let elements = try change.collectElements()
        try checkElements(list.elements.count + elements.count)
        list.elements += elements
        return old
      }
    }
    return try Arithmetic.binary(operation, old, change, self)
  }

  private func executeHost(
    _ node: UnsafeMutablePointer<TreeNode>, _ f: UnsafeMutablePointer<CallFrame>
  ) throws(Failure) {
    let list = f.pointee.lists + Int(node.pointee.b)
    let arguments =
      node.pointee.op == 1
      ? Arguments(try evaluateAll(list, Int(node.pointee.c), f))
      : try evaluateArguments(list, Int(node.pointee.c), f)
    f.pointee.position = node.pointee.position
    guard let host = f.pointee.function._withUnsafeGuaranteedRef({ $0.instance.host }) else {
      throw Failure("this program needs a host to run")
    }
    try host.perform(node.pointee.a, arguments, self)
  }

  private func executeLoad(
    _ node: UnsafeMutablePointer<TreeNode>, _ f: UnsafeMutablePointer<CallFrame>
  ) throws(Failure) {
    let program = f.pointee.function._withUnsafeGuaranteedRef { $0.instance.program }
    let statement = program.load(node.pointee.a)
    f.pointee.position = node.pointee.position
    let exports: Exports
    do throws(Failure) {
      exports = try load(statement.module, program.file.position(Int(statement.modulePosition)), self)
    } catch {
      if error.frames.isEmpty { throw error.prefixed("cannot load \(statement.module): ") }
      throw Failure("cannot load \(statement.module): \(error.message)", cause: .failure(error))
    }
    for symbol in statement.symbols {
      guard let value = exports[symbol.name] else {
        f.pointee.position = symbol.position
        let guess = Spelling.nearest(to: symbol.name, among: exports.entries.map(\.name).sorted())
        throw Failure(
          "load: name \(symbol.name) not found in module \(statement.module)"
            + (guess.map { " (did you mean \($0)?)" } ?? ""))
      }
      try assign(symbol.target, value, f)
    }
  }
}
