package import Files

/// One evaluation under way: the call stack, what it may use, and what it asks the outside for. Used by one thread of
/// the machine at a time.
public final class Thread {
  /// What it may use.
  package let limits: Limits

  /// What `print` writes, without a line end.
  package var print: (ByteString) -> Void = { _ in }

  /// What `load("module", …)` gets: the names and values of a module. Called for each `load` statement; the position
  /// is that of the module's name. The thread passed is this one; `loading` detects cycles.
  package var load: (_ module: ByteString, _ position: Position, Thread) throws(Failure) -> Exports = {
    module, _, _ throws(Failure) in throw Failure("load not implemented by this application")
  }

  /// What changes with every call. Behind a pointer, because a class's own variables are checked for overlapping access
  /// at run time, which would cost more than the call.
  struct State: ~Copyable {
    /// Loop rounds and calls so far.
    var steps: Int64 = 0
    /// Calls under way.
    var depth = 0
    /// The innermost call under way.
    var frame: UnsafeMutablePointer<CallFrame>?
    var slots = SlotStack()
    var argumentArrays = ArgumentArrays()
    /// Memory for text that is being written.
    var scratch: [UInt8] = []
    var stackGuard: StackGuard
  }

  let state: UnsafeMutablePointer<State>
  private let staysOnStack: Bool
  private var instances: [Instance] = []
  private var modulesBeingLoaded: [ByteString] = []

  /// - Parameter stack: the bounds of the stack of the machine's thread that all calls will come from; where it is not
  ///   known each call finds out.
  package init(limits: Limits = Limits(), stack: StackBounds? = nil) {
    self.limits = limits
    state = .allocate(capacity: 1)
    state.initialize(to: State(stackGuard: stack?.guard ?? StackGuard()))
    staysOnStack = stack != nil
  }

  deinit {
    state.deinitialize(count: 1)
    state.deallocate()
  }

  /// Runs the statements of a program. `predeclared` must hold the names that it was parsed with, and may hold more.
  /// The global values of the result are frozen.
  package func run(
    _ program: Program, predeclared: [(name: ByteString, value: Value)] = [], host: Host? = nil
  ) throws(Failure) -> Exports {
    var values: [Value] = []
    for name in program.predeclaredNames {
      guard let entry = predeclared.first(where: { $0.name == name }) else {
        throw Failure("predeclared variable \(name) has no value")
      }
      values.append(entry.value)
    }
    let instance = Instance(program, host: host, predeclared: values)
    instances.append(instance)
    let function = Function(code: program.top, instance: instance, defaults: [], captures: [])
    _ = try call(.object(function))
    var entries: [(name: ByteString, value: Value)] = []
    for (index, global) in program.globalNames.enumerated() {
      guard global.isExported, let value = instance.globals[index] else { continue }
      value.freeze()
      entries.append((global.name, value))
    }
    return Exports(entries)
  }

  /// Calls a value.
  package func call(_ function: Value, _ arguments: Arguments = Arguments()) throws(Failure) -> Value {
    guard case .object(let object) = function, object.isCallable else {
      throw Failure("invalid call of non-function (\(function.typeName))")
    }
    // Between two runs this object may have moved to a thread with another stack.
    if state.pointee.depth == 0 && !staysOnStack { state.pointee.stackGuard = StackGuard() }
    return try object.call(arguments, self)
  }

  /// Frees the global variables of all programs that were run. Functions that they defined hold their globals, and the
  /// globals hold the functions, so that nothing else would ever free them. To be called when no function of those
  /// programs will be called any more; one that is finds its globals unset.
  package func endModules() {
    for instance in instances { instance.end() }
    instances = []
  }

  /// How many programs were run that are still to be ended.
  package var moduleCount: Int { instances.count }

  /// Hands over the programs that were run since there were `count` of them: `endModules` leaves them alone then.
  package func takeModules(since count: Int) -> Modules {
    let taken = Modules(Array(instances[min(count, instances.count)...]))
    instances.removeLast(taken.instances.count)
    return taken
  }

  /// The calls under way, innermost first.
  package var callStack: [Failure.Frame] {
    var frames: [Failure.Frame] = []
    var next = state.pointee.frame
    while let current = next {
      frames.append(current.pointee.described)
      next = current.pointee.caller
    }
    return frames
  }

  /// Marks a module as being loaded while `body` runs; fails with "cycle in load graph" if it is already.
  package func loading<R>(_ module: ByteString, _ body: () throws(Failure) -> R) throws(Failure) -> R {
    if let start = modulesBeingLoaded.firstIndex(of: module) {
      let cycle = (modulesBeingLoaded[start...] + [module]).map(\.text).joined(separator: " -> ")
      throw Failure("cycle in load graph: \(cycle)")
    }
    modulesBeingLoaded.append(module)
    defer { modulesBeingLoaded.removeLast() }
    return try body()
  }

  /// What `write` appends, in memory that is used again and again.
  @inline(__always)
  func writing(_ write: (inout Output) throws(Failure) -> Void) throws(Failure) -> ByteString {
    var out = Output()
    out.exchangeMemory(with: &state.pointee.scratch)
    try write(&out)
    let text = out.string
    if out.count <= Self.longestScratch { out.exchangeMemory(with: &state.pointee.scratch) }
    return text
  }

  private static var longestScratch: Int { 64 << 10 }

  /// Counts a call or a round of a loop.
  @inline(__always)
  func step() throws(Failure) {
    state.pointee.steps &+= 1
    if state.pointee.steps > limits.steps { throw .tooManySteps(limits.steps) }
  }

  func checkString(_ count: Int) throws(Failure) {
    if count > limits.stringBytes {
      throw Failure(
        "string of \(count) bytes is too long (limit \(limits.stringBytes))", hint: "allow more with --max-string-size")
    }
  }

  func checkElements(_ count: Int) throws(Failure) {
    if count > limits.elements {
      throw Failure(
        "\(count) elements are too many for one value (limit \(limits.elements))",
        hint: "allow more with --max-elements")
    }
  }

  func checkBits(_ count: Int) throws(Failure) {
    if count > limits.integerBits { throw Failure("integer is too large (limit \(limits.integerBits) bits)") }
  }
}

/// Programs that were run. Whoever holds them ends them.
package struct Modules {
  fileprivate let instances: [Instance]

  fileprivate init(_ instances: [Instance]) { self.instances = instances }

  /// Frees their global variables: see `Thread.endModules`.
  package func end() {
    for instance in instances { instance.end() }
  }
}

extension Failure {
  fileprivate static func tooManySteps(_ limit: Int64) -> Failure {
    Failure("too many steps (limit \(limit)): does a loop never end?", hint: "allow more with --max-steps")
  }
}
