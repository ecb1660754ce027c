package import Files
package import Git
import Kubernetes
package import Velero
import YAML

/// A commit of one step of an upgrade, or of all of them.
package struct UpgradeCommit {
  package let rendered: [RenderedEnvironment]
  private let edits: FileSet
  private let message: ByteString
  private let branches: [EnvironmentName: String]

  /// The first line of the message.
  package var subject: String { message.text.split(separator: "\n").first.map(String.init) ?? "" }

  /// A commit for each step.
  package static func all(_ upgrade: WorkspaceUpgrade) -> [UpgradeCommit] {
    upgrade.steps.map { step in
      UpgradeCommit(
        rendered: step.rendered, edits: step.edits, message: UpgradeMessage(steps: [step]).text,
        branches: upgrade.branches)
    }
  }

  /// One commit for all steps; nothing where there are none.
  package static func inOne(_ upgrade: WorkspaceUpgrade) -> UpgradeCommit? {
    guard !upgrade.steps.isEmpty else { return nil }
    let all = upgrade.inOne
    return UpgradeCommit(
      rendered: all.rendered, edits: all.edits, message: UpgradeMessage(steps: upgrade.steps).text,
      branches: upgrade.branches)
  }

  /// Prepares the commit; writes nothing.
  /// - Throws: what cannot be committed, or is in the way on disk.
  package func prepare(
    at place: borrowing CommitPlace, _ batch: ObjectBatch
  ) throws(Diagnostics) -> [PreparedEnvironment] {
    let preparation = try place.preparation(of: rendered.map(\.name), branches: branches, batch)
    var prepared: [PreparedEnvironment] = []
    var diagnostics = Diagnostics()
    for environment in rendered {
      do throws(Diagnostics) {
        prepared.append(try preparation.prepare(environment))
      } catch {
        diagnostics.append(contentsOf: error)
      }
    }
    try diagnostics.throwIfErrors()
    return prepared
  }

  /// Writes values and rendered trees to disk, where there is one, and commits them.
  package func write(at place: borrowing CommitPlace) throws(Diagnostics) -> [WorkspaceCommit.Move] {
    let batch = try place.batch()
    let prepared = try prepare(at: place, batch)
    do throws(Diagnostic) {
      try place.write(edits)
      let bundle = rendered.first?.lock.bundleDigest
      let moves = try WorkspaceCommit(prepared, inputs: edits.files, bundle: bundle, message: message)
        .write(at: place, batch).moves
      if moves.isEmpty { throw Diagnostic("nothing came of '\(subject)': HEAD has it already") }
      return moves
    } catch {
      throw Diagnostics(error)
    }
  }
}

extension ValueChange {
  /// What happens to the value, in a line.
  package var sentence: String {
    switch kind {
    case .replaced(let old, let new): "\(path): \(old) becomes \(new)"
    case .added(let new): "\(path): \(new)"
    case .setAside(let why): "\(path) is set aside: \(why)"
    case .takenBack: "\(path) is taken back"
    }
  }
}
