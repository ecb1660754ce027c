import Files

/// Tells a person who waits how far we are; says nothing where nobody looks, and nothing about few things.
struct Progress {
  private let verb: String
  private let total: Int
  private let isShown: Bool

  /// - Parameter least: how many it takes for anything to be said.
  init(_ verb: String, of total: Int, least: Int = 20) {
    self.verb = verb
    self.total = total
    isShown = total >= least && Output.error.isTerminal
  }

  /// Tells how many objects of a commit are written.
  static func writing(_ done: Int, of total: Int) { Progress("writing", of: total).show(done) }

  func show(_ done: Int) {
    guard isShown else { return }
    // The line is written over, and cleared with the last one.
    Output.error.write(done + 1 >= total ? "\r\u{1B}[K" : "\r\(verb) \(done + 1)/\(total)")
    Output.error.flush()
  }
}
