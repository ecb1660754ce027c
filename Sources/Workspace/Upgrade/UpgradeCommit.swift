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

  /// The first line of the message.
  package var subject: String { message.text.split(separator: "\n").first.map(String.init) ?? "" }

  /// A commit for each step.
  package static func all(_ upgrade: WorkspaceUpgrade) -> [UpgradeCommit] {
    upgrade.steps.map { step in
      UpgradeCommit(rendered: step.rendered, edits: step.edits, message: UpgradeMessage(steps: [step]).text)
    }
  }

  /// One commit for all steps; nothing where there are none.
  package static func inOne(_ upgrade: WorkspaceUpgrade) -> UpgradeCommit? {
    guard !upgrade.steps.isEmpty else { return nil }
    let all = upgrade.inOne
    return UpgradeCommit(
      rendered: all.rendered, edits: all.edits, message: UpgradeMessage(steps: upgrade.steps).text)
  }

  /// Writes values and rendered trees to disk, where there is one, and commits them.
  package func write(at place: borrowing CommitPlace) throws(Diagnostics) -> ObjectID {
    let updates = try place.updates(rendered)
    do throws(Diagnostic) {
      let batch = try place.batch()
      let snapshot = try WorkspaceCommit(
        try place.commits(of: rendered, batch), inputs: edits.files, bundle: rendered.first?.lock.bundleDigest
      ).snapshot(
        on: place.head, prefix: place.prefix, message: message)
      try place.write(edits)
      for update in updates { try update.write() }
      return try commit(snapshot, batch, at: place)
    } catch {
      throw Diagnostics(error)
    }
  }

  private func commit(_ snapshot: Snapshot, _ batch: ObjectBatch, at place: borrowing CommitPlace) throws(Diagnostic)
    -> ObjectID
  {
    let outcome: CommitOutcome
    do throws(GitError) {
      outcome = try place.repository.commit(snapshot, batch: batch)
    } catch {
      throw error.diagnostic
    }
    guard case .committed(let id) = outcome else {
      throw Diagnostic("nothing came of '\(subject)': HEAD has it already")
    }
    return id
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
