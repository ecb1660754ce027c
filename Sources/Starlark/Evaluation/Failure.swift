package import Files

/// Why a program stopped: what went wrong, and the calls that led there.
///
/// One word wide, so that throwing it costs functions that succeed nothing.
public final class Failure: Error, @unchecked Sendable {
  /// One call under way.
  package struct Frame: Sendable, Hashable {
    /// The function's name: `<toplevel>` for the statements of a file, `lambda` for a lambda.
    package var function: ByteString
    /// Where it was.
    package var position: Position
  }

  /// What a failure came from, if it was not the program's own doing.
  package enum Cause: Sendable {
    /// A module that was loaded failed while it ran.
    case failure(Failure)
    /// A module that was loaded could not be parsed, or the host refused.
    case diagnostics(Diagnostics)
  }

  /// What is wrong. May have several lines.
  package private(set) var message: ByteString
  /// The calls under way, innermost first. Empty until the evaluator has seen the failure.
  package internal(set) var frames: [Frame] = []
  /// The function that was called the wrong way, and where its body begins.
  let callee: Frame?
  /// What lies behind it.
  package let cause: Cause?
  /// How to mend it.
  package let hint: ByteString?

  package convenience init(_ message: ByteString, cause: Cause? = nil, hint: ByteString? = nil) {
    self.init(message, callee: nil, cause: cause, hint: hint)
  }

  private init(_ message: ByteString, callee: Frame?, cause: Cause? = nil, hint: ByteString? = nil) {
    self.message = message
    self.callee = callee
    self.cause = cause
    self.hint = hint
  }

  package convenience init(_ message: String, cause: Cause? = nil, hint: ByteString? = nil) {
    self.init(ByteString(message), cause: cause, hint: hint)
  }

  /// A call of `function` with the wrong arguments: `problem` goes on after the function's name.
  convenience init(calling function: Function, _ problem: String) {
    self.init(
      ByteString("function \(function.name) \(problem)"),
      callee: Frame(function: function.name, position: function.bodyPosition))
  }

  /// Puts words in front of the message, as `fail: ` in front of what `fail` was given.
  package func prefixed(_ prefix: ByteString) -> Failure {
    message = prefix.appending(message)
    return self
  }

  /// Puts words in front of the message.
  package func prefixed(_ prefix: String) -> Failure { prefixed(ByteString(prefix)) }

  /// The failure for people: its message at the innermost place that stands in a file, its stack as notes.
  package var diagnostic: Diagnostic {
    let places = frames.filter { $0.position.file != 0 }
    var notes = places.dropFirst().map { Diagnostic.Note("called from \($0.function)", at: SourceRange($0.position)) }
    if let callee, callee.position.file != 0 {
      let range = SourceRange(callee.position)
      notes.insert(Diagnostic.Note("the body of \(callee.function) begins here", at: range), at: 0)
    }
    return Diagnostic(message.text, at: places.first.map { SourceRange($0.position) }, notes: notes, hint: hint?.text)
  }
}
