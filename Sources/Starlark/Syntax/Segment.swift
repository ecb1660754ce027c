/// A piece of a program's source. A template is a list of them; a `.star` file is one.
package enum Segment: Sendable {
  /// Complete lines of code: a byte range of the file. Brackets that are open at its end stay open in the next
  /// segment, and a backslash at its end continues the line there; otherwise a line ends where the segment ends.
  case code(Range<Int>)
  /// The first part of a line of code: the next segment, which is code too, goes on with the same line. Templates have
  /// it in `#@ if/end x:`, where `if` and ` x:` are code and `/end` is not.
  case unfinishedCode(Range<Int>)
  /// The word `end` that nobody wrote, for `#@ if/end …`; the byte range of the comment that asked for it.
  case end(Range<Int>)
  /// A statement carried out by the host: `Host.perform(operation, …)` with the value of the arguments.
  /// `position` is the byte that errors point at when there are no arguments to point at.
  case host(operation: Int32, arguments: HostArguments, position: Int)
}

/// What a host statement is given.
package enum HostArguments: Sendable {
  /// Nothing.
  case none
  /// A byte range of the file holding what stands between the brackets of a call: `1, name="x", *rest`.
  case list(Range<Int>)
  /// A byte range of the file holding one expression, read as if it stood in brackets: `1, 2` is a tuple.
  case expression(Range<Int>)
}
