package import Files

/// One evaluation under way: the call stack, what it may use, and what it asks the outside for. Used by one thread of
/// the machine at a time.
public final class Thread {
  /// What it may use.
  package let limits: Limits

  /// What `print` writes, without a line end.
  package var print: (ByteString) -> Void = { _ in }

  /// What `load("module", …)` gets: the names and values of a module. Called for each `load` statement; the position
  /// is that of the module's name. The thread passed is this one; to detect cycles see `modulesBeingLoaded`.
  package var load: (_ module: ByteString, _ position: Position, Thread) throws(Failure) -> Exports = {
    module, _, _ throws(Failure) in throw Failure("load not implemented by this application")
  }

  package init(limits: Limits = Limits()) { self.limits = limits }

  /// Runs the statements of a program. `predeclared` must hold the names that it was parsed with. The global values
  /// of the result are frozen.
  package func run(
    _ program: Program, predeclared: [(name: ByteString, value: Value)] = [], host: Host? = nil
  ) throws(Failure) -> Exports {
    Exports([])
  }

  /// Calls a value.
  package func call(_ function: Value, _ arguments: Arguments = Arguments()) throws(Failure) -> Value {
    guard case .object(let object) = function else {
      throw Failure("invalid call of non-function (\(function.typeName))")
    }
    return try object.call(arguments, self)
  }

  /// The calls under way, innermost first.
  package var callStack: [Failure.Frame] { [] }

  /// Marks a module as being loaded while `body` runs; fails with "cycle in load graph" if it is already.
  package func loading<R>(_ module: ByteString, _ body: () throws(Failure) -> R) throws(Failure) -> R {
    try body()
  }
}
