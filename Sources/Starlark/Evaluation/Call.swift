import Files

extension Thread {
  /// Calls a function written in Starlark.
  func invoke(_ function: Function, _ arguments: Arguments) throws(Failure) -> Value {
    let reservation = state.pointee.slots.reserve(Int(function.plan.slotCount))
    defer { state.pointee.slots.release(reservation) }
    try bind(arguments, of: function, to: reservation.base)
    return try run(.passUnretained(function), function.plan, reservation.base)
  }

  /// Runs the body of a function whose parameters are in their slots. The caller keeps the function alive.
  func run(
    _ function: Unmanaged<Function>, _ plan: CallPlan, _ slots: UnsafeMutablePointer<Value?>
  ) throws(Failure) -> Value {
    var call = CallFrame(
      nodes: plan.nodes, lists: plan.lists, constants: plan.constants, slots: slots, globals: plan.globals,
      function: function, caller: state.pointee.frame, position: plan.position, result: nil)
    return try withUnsafeMutablePointer(to: &call) { f throws(Failure) in
      guard state.pointee.depth < limits.callDepth, state.pointee.stackGuard.hasRoom(at: f) else {
        throw .tooDeep(state.pointee.depth)
      }
      state.pointee.depth &+= 1
      state.pointee.frame = f
      defer {
        state.pointee.depth &-= 1
        state.pointee.frame = f.pointee.caller
      }
      do throws(Failure) {
        try step()
        if plan.hasCells { makeCells(f) }
        if plan.isExpression { return try evaluate(plan.body, f) }
        if plan.usesHost { return try runTemplate(plan.body, f) }
        _ = try execute(plan.body, f)
        return f.pointee.result.take() ?? .none
      } catch {
        error.frames.append(f.pointee.described)
        throw error
      }
    }
  }

  /// Puts the variables that inner functions share into cells.
  private func makeCells(_ f: UnsafeMutablePointer<CallFrame>) {
    f.pointee.function._withUnsafeGuaranteedRef { function in
      for slot in function.code.cells { f.pointee.slots[Int(slot)] = .object(Cell(f.pointee.slots[Int(slot)])) }
    }
  }

  /// Runs a function whose body holds statements of the host.
  private func runTemplate(_ body: Int32, _ f: UnsafeMutablePointer<CallFrame>) throws(Failure) -> Value {
    guard let host = f.pointee.function._withUnsafeGuaranteedRef({ $0.instance.host }) else {
      throw Failure("this program needs a host to run")
    }
    try host.enterFunction(self)
    do throws(Failure) {
      _ = try execute(body, f)
    } catch {
      host.abandonFunction(self)
      throw error
    }
    return try host.leaveFunction(returned: f.pointee.result, self)
  }

  /// Puts arguments into the slots of the parameters.
  private func bind(
    _ arguments: Arguments, of function: Function, to slots: UnsafeMutablePointer<Value?>
  ) throws(Failure) {
    let code = function.code
    let given = arguments.positional.count
    if code.parameterNames.isEmpty {
      let all = given + arguments.keyword.count
      if all > 0 { throw Failure(calling: function, "accepts no arguments (\(all) given)") }
      return
    }
    let positionalCount = code.parameterCount - code.namedOnlyCount
    if given > positionalCount && !code.hasStar {
      let atMost = code.firstDefault < positionalCount ? "at most " : ""
      throw Failure(
        calling: function,
        "accepts \(atMost)\(positionalCount) positional argument\(positionalCount == 1 ? "" : "s") "
          + "(\(given) given)")
    }
    for index in 0..<min(given, positionalCount) { slots[index] = arguments.positional[index] }
    var next = code.parameterCount
    if code.hasStar {
      slots[next] = .object(Tuple(Array(arguments.positional.dropFirst(positionalCount))))
      next += 1
    }
    let rest = code.hasStarStar ? Dict() : nil
    if let rest { slots[next] = .object(rest) }
    for argument in arguments.keyword {
      if let index = code.parameterNames.prefix(code.parameterCount).firstIndex(of: argument.name) {
        if slots[index] != nil {
          throw Failure(calling: function, "got multiple values for parameter \(Value.string(argument.name).repr)")
        }
        slots[index] = argument.value
      } else if let rest {
        if try !rest.table.insert(.string(argument.name), argument.value) {
          throw Failure(calling: function, "got multiple values for parameter \(Value.string(argument.name).repr)")
        }
      } else {
        throw Failure(calling: function, "got an unexpected keyword argument \(Value.string(argument.name).repr)")
      }
    }
    try fillDefaults(of: function, slots)
  }

  /// Gives parameters without an argument their default values.
  func fillDefaults(of function: Function, _ slots: UnsafeMutablePointer<Value?>) throws(Failure) {
    let code = function.code
    var missing: [ByteString] = []
    for index in 0..<code.parameterCount where slots[index] == nil {
      if index >= code.firstDefault, let value = function.defaults[index - code.firstDefault] {
        slots[index] = value
      } else {
        missing.append(code.parameterNames[index])
      }
    }
    if missing.isEmpty { return }
    throw Failure(
      calling: function,
      "missing \(missing.count) argument\(missing.count > 1 ? "s" : "") "
        + "(\(missing.map(\.text).joined(separator: ", ")))")
  }

  /// The value of a call with positional arguments only.
  func evaluateCall(_ node: UnsafeMutablePointer<TreeNode>, _ f: UnsafeMutablePointer<CallFrame>) throws(Failure)
    -> Value
  {
    try operand(node.pointee.a, f).with { callee throws(Failure) in try call(callee, node, f) }
  }

  /// Evaluates positional arguments and calls `callee` with them.
  private func call(
    _ callee: Value, _ node: UnsafeMutablePointer<TreeNode>, _ f: UnsafeMutablePointer<CallFrame>
  ) throws(Failure) -> Value {
    let count = Int(node.pointee.c)
    let list = f.pointee.lists + Int(node.pointee.b)
    guard case .object(let object) = callee else {
      f.pointee.position = node.pointee.position
      throw Failure("invalid call of non-function (\(callee.typeName))")
    }
    if object.kind == .function {
      let function = unsafeDowncast(object, to: Function.self)
      let plan = function.plan
      if plan.takesPlainCalls, count <= Int(plan.parameterCount) {
        let reservation = state.pointee.slots.reserve(Int(plan.slotCount))
        defer { state.pointee.slots.release(reservation) }
        for index in 0..<count { reservation.base[index] = try evaluate(list[index], f) }
        f.pointee.position = node.pointee.position
        if count < Int(plan.parameterCount) { try fillDefaults(of: function, reservation.base) }
        return try run(.passUnretained(function), plan, reservation.base)
      }
    } else if count == 1, object.kind == .builtin, let unary = unsafeDowncast(object, to: Builtin.self).unary {
      let argument = try evaluate(list[0], f)
      f.pointee.position = node.pointee.position
      return try unary(argument, self)
    }
    return try withArguments(list, count, f) { arguments throws(Failure) in
      f.pointee.position = node.pointee.position
      guard object.isCallable else { throw Failure("invalid call of non-function (\(object.typeName))") }
      return try object.call(arguments, self)
    }
  }

  /// Calls `body` with the values of a list of expressions.
  @inline(__always)
  private func withArguments(
    _ list: UnsafeMutablePointer<Int32>, _ count: Int, _ f: UnsafeMutablePointer<CallFrame>,
    _ body: (Arguments) throws(Failure) -> Value
  ) throws(Failure) -> Value {
    var values = state.pointee.argumentArrays.take(count)
    for index in 0..<count { values.append(try evaluate(list[index], f)) }
    var arguments = Arguments()
    swap(&arguments.positional, &values)
    let result = try body(arguments)
    state.pointee.argumentArrays.giveBack(&arguments.positional)
    return result
  }

  /// The values of a list of expressions.
  func evaluateAll(
    _ list: UnsafeMutablePointer<Int32>, _ count: Int, _ f: UnsafeMutablePointer<CallFrame>
  ) throws(Failure) -> [Value] {
    var values: [Value] = []
    values.reserveCapacity(count)
    for index in 0..<count { values.append(try evaluate(list[index], f)) }
    return values
  }

  /// The value of `receiver.name(positional arguments)`.
  func evaluateMethodCall(
    _ node: UnsafeMutablePointer<TreeNode>, _ f: UnsafeMutablePointer<CallFrame>
  ) throws(Failure) -> Value {
    let attribute = f.pointee.nodes + Int(node.pointee.a)
    return try operand(attribute.pointee.a, f).with { receiver throws(Failure) in
      try callMethod(attribute, of: receiver, node, f)
    }
  }

  private func callMethod(
    _ attribute: UnsafeMutablePointer<TreeNode>, of receiver: Value, _ node: UnsafeMutablePointer<TreeNode>,
    _ f: UnsafeMutablePointer<CallFrame>
  ) throws(Failure) -> Value {
    if let method = Method(number: attribute.pointee.c), method.applies(to: receiver) {
      let count = Int(node.pointee.c)
      let list = f.pointee.lists + Int(node.pointee.b)
      if count == 1, method == .append, case .object(let object) = receiver {
        let element = try evaluate(list[0], f)
        f.pointee.position = node.pointee.position
        let target = unsafeDowncast(object, to: List.self)
        do throws(Failure) { try target.checkMutable("append to") } catch { throw error.prefixed("append: ") }
        try checkElements(target.elements.count)
        target.elements.append(element)
        return .none
      }
      return try withArguments(list, count, f) { arguments throws(Failure) in
        f.pointee.position = node.pointee.position
        return try method.call(on: receiver, arguments, self)
      }
    }
    f.pointee.position = attribute.pointee.position
    return try call(try receiver.requiredAttribute(name(attribute.pointee.b, f)), node, f)
  }

  func name(_ index: Int32, _ f: UnsafeMutablePointer<CallFrame>) -> ByteString {
    f.pointee.function._withUnsafeGuaranteedRef { $0.instance.program.names[Int(index)] }
  }

  /// The value of a call with arguments of any kind.
  func evaluateCallWithNames(
    _ node: UnsafeMutablePointer<TreeNode>, _ f: UnsafeMutablePointer<CallFrame>
  ) throws(Failure) -> Value {
    let callee = try evaluate(node.pointee.a, f)
    let arguments = try evaluateArguments(f.pointee.lists + Int(node.pointee.b), Int(node.pointee.c), f)
    f.pointee.position = node.pointee.position
    guard case .object(let object) = callee, object.isCallable else {
      throw Failure("invalid call of non-function (\(callee.typeName))")
    }
    return try object.call(arguments, self)
  }

  /// Evaluates arguments of any kind: those behind `*` and `**` last, wherever they stand.
  func evaluateArguments(
    _ list: UnsafeMutablePointer<Int32>, _ count: Int, _ f: UnsafeMutablePointer<CallFrame>
  ) throws(Failure) -> Arguments {
    var arguments = Arguments()
    var spread: [Int] = []
    for index in 0..<count {
      let argument = f.pointee.nodes + Int(list[index])
      switch argument.pointee.kind {
      case .namedArgument:
        arguments.keyword.append((name(argument.pointee.a, f), try evaluate(argument.pointee.b, f)))
      case .starArgument, .starStarArgument: spread.append(index)
      default: arguments.positional.append(try evaluate(list[index], f))
      }
    }
    for index in spread {
      let argument = f.pointee.nodes + Int(list[index])
      let values = try evaluate(argument.pointee.a, f)
      f.pointee.position = argument.pointee.position
      if argument.pointee.kind == .starArgument {
        guard values.isIterable else {
          throw Failure("argument after * must be iterable, not \(values.typeName)")
        }
        arguments.positional += try values.collectElements()
      } else {
        guard case .object(let object) = values, let items = try object.items() else {
          throw Failure("argument after ** must be a mapping, not \(values.typeName)")
        }
        for item in items {
          guard case .string(let name) = item.key else {
            throw Failure("keywords must be strings, not \(item.key.typeName)")
          }
          arguments.keyword.append((name, item.value))
        }
      }
    }
    return arguments
  }
}

extension Failure {
  fileprivate static func tooDeep(_ depth: Int) -> Failure {
    Failure(
      "too many nested calls (\(depth)): does a function call itself without end?",
      hint: "allow more with --max-call-depth")
  }
}
