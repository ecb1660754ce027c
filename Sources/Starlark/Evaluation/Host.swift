/// What carries out the statements of a template that are not Starlark. One host belongs to one run of one program;
/// functions defined in that run keep it, wherever they are called from.
open class Host {
  /// For subclasses.
  public init() {}

  /// Carries out a host statement.
  open func perform(_ operation: Int32, _ arguments: Arguments, _ thread: Thread) throws(Failure) {}

  /// A function whose own body holds host statements was entered: what they produce from here on is the function's.
  open func enterFunction(_ thread: Thread) throws(Failure) {}

  /// That function ends normally. `returned` is what a `return` gave, nothing if the function had none to give (it
  /// fell off its end, or `return` stood alone). The result is the value of the call.
  open func leaveFunction(returned: Value?, _ thread: Thread) throws(Failure) -> Value { returned ?? .none }

  /// That function ends by a failure, which goes on to its caller.
  open func abandonFunction(_ thread: Thread) {}
}
