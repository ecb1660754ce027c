import Git
import Workspace

/// What a command that commits says about what it did.
enum CommitReport {
  static func write(_ moves: [WorkspaceCommit.Move]) {
    for move in moves {
      Output.standard.write("[\(move.branch.map { "\($0) " } ?? "")\(move.commit.abbreviated)] \(move.subject)\n")
    }
    if moves.isEmpty { Output.standard.write("nothing to commit: what is committed is what is rendered\n") }
  }
}
