package import Files

/// A function written in Starlark.
package final class Function: Object {
  let code: FunctionCode
  let instance: Instance
  /// The values of those parameters that have defaults, from the first one that has; nothing for one without.
  let defaults: [Value?]
  /// The captured variables.
  fileprivate(set) var captures: [Cell]

  /// What a call needs of `code` and `instance`, without counting references.
  let plan: CallPlan

  init(code: FunctionCode, instance: Instance, defaults: [Value?], captures: [Cell]) {
    plan = CallPlan(code, instance)
    self.code = code
    self.instance = instance
    self.defaults = defaults
    self.captures = captures
    super.init(kind: .function)
  }

  deinit {
    guard !captures.isEmpty else { return }
    var dying = captures.map { Value.object($0) }
    captures = []
    Graveyard.bury(&dying)
  }

  /// The name in its `def`; `lambda` for a lambda.
  package var name: ByteString { code.name }
  /// Where it was defined.
  package var position: Position { instance.program.file.position(Int(code.position)) }
  /// Where its body begins; where it is defined if that is empty.
  package var bodyPosition: Position {
    let program = instance.program
    let body = plan.nodes[Int(plan.body)]
    let isEmpty = body.kind == .block && body.b == 0
    let first = body.kind == .block && !isEmpty ? plan.nodes[Int(plan.lists[Int(body.a)])] : body
    return isEmpty ? position : program.file.position(Int(first.position))
  }
  /// The names of its parameters, `*args` and `**kwargs` last.
  package var parameterNames: [ByteString] { code.parameterNames }
  /// Whether its body holds statements of the host.
  package var usesHost: Bool { code.usesHost }

  package override var typeName: ByteString { "function" }
  package override var isCallable: Bool { true }
  package override var calledName: ByteString { code.name }

  package override func writeRepr(into out: inout Output) {
    out.append("<function ")
    out.append(code.name)
    out.append(">")
  }

  package override func call(_ arguments: Arguments, _ thread: Thread) throws(Failure) -> Value {
    try thread.invoke(self, arguments)
  }

  package override func hashValue() throws(Failure) -> Int { ObjectIdentifier(self).hashValue }

  package override func freeze() {
    for value in defaults { value?.freeze() }
    for cell in captures { cell.freezeSoon() }
  }
}

/// A variable that an inner function uses too.
package final class Cell: Object {
  var value: Value?
  private var isFrozen = false

  init(_ value: Value?) {
    self.value = value
    super.init(kind: .cell)
  }

  deinit {
    guard value?.isObject == true else { return }
    var dying: [Value] = []
    if let held = value.take() { dying.append(held) }
    Graveyard.bury(&dying)
  }

  package override func freeze() {
    guard !isFrozen else { return }
    isFrozen = true
    value?.freeze()
  }
}

/// One run of a program: its global variables and what its functions need.
final class Instance {
  let program: Program
  let host: Host?
  let globals: UnsafeMutablePointer<Value?>
  let predeclared: UnsafeMutablePointer<Value>

  /// `predeclared` must hold as many values as the program names.
  init(_ program: Program, host: Host?, predeclared values: [Value]) {
    self.program = program
    self.host = host
    globals = .allocate(capacity: max(1, program.globalNames.count))
    globals.initialize(repeating: nil, count: program.globalNames.count)
    predeclared = .allocate(capacity: max(1, values.count))
    for (index, value) in values.enumerated() { (predeclared + index).initialize(to: value) }
  }

  /// Forgets all global variables, which breaks the cycles between them and the functions that they hold.
  func end() {
    for index in program.globalNames.indices { globals[index] = nil }
  }

  deinit {
    globals.deinitialize(count: program.globalNames.count)
    globals.deallocate()
    predeclared.deinitialize(count: program.predeclaredNames.count)
    predeclared.deallocate()
  }
}
