package import Files
import Git

extension WorkspaceUpgrade {
  /// Sees to it that everything is committed that is to be changed, and is as rendering makes it: what an upgrade changes
  /// would be mixed with something else.
  /// - Throws: a diagnostic for everything that is not.
  package func checkStart(at place: borrowing CommitPlace) throws(Diagnostics) {
    if steps.isEmpty { return }
    guard let head = place.head else { throw Diagnostics(.nothingCommitted) }
    var diagnostics = Diagnostics()
    let places = RenderedPlaces(branches: branches, start: place.start, other: nil)
    do throws(Diagnostic) {
      if place.isOnDisk {
        for file in inputs where try !head.keeps(file) { diagnostics.append(.uncommitted(place.tree.shown(file.path))) }
      }
      if !diagnostics.hasErrors {
        for start in starts where start.release != target {
          try check(start, places.tree(over: place.tree), place.isOnDisk ? "on disk" : "in HEAD", &diagnostics)
          if place.isOnDisk { try check(start, places.tree(over: head), "in HEAD", &diagnostics) }
        }
      }
    } catch {
      diagnostics.append(error)
    }
    try diagnostics.throwIfErrors()
  }

  private func check(
    _ start: Start, _ tree: any InputTree, _ where: String, _ diagnostics: inout Diagnostics
  ) throws(Diagnostic) {
    let drift = try Verification(tree).drift(start.rendered)
    if let first = drift.items.first { diagnostics.append(.drifted(start.name, first, drift.items.count, `where`)) }
  }
}

extension RevisionTree {
  /// Whether the revision has a file with these bytes, line ends aside.
  fileprivate func keeps(_ file: FileSet.File) throws(Diagnostic) -> Bool {
    guard let kind = try kind(file.path), kind == .file || kind == .executable else { return false }
    if try holds(file.contents, at: file.path) { return true }
    let kept = try contents(file.path, limit: WorkspaceReader.largestTemplate)
    return kept.withUnixLineEnds == file.contents.withUnixLineEnds
  }
}

extension Diagnostic {
  fileprivate static var nothingCommitted: Diagnostic {
    Diagnostic("nothing is committed yet in this repository", hint: "run 'sailplan commit' first")
  }

  fileprivate static func uncommitted(_ path: String) -> Diagnostic {
    Diagnostic("\(path) has changes that are not committed", hint: "run 'sailplan commit' first, or undo them")
  }

  fileprivate static func drifted(_ name: EnvironmentName, _ first: Drift, _ count: Int, _ where: String) -> Diagnostic
  {
    let more = count == 1 ? "" : " and \(count - 1) more"
    return Diagnostic(
      "\(name) is not as it is rendered \(`where`): \(name.rendered.appendingPath(first.path))\(more)",
      notes: first.causes.prefix(1).map { Diagnostic.Note("why: \($0)") },
      hint:
        "look at 'sailplan diff \(name)', then run 'sailplan commit \(name)', so that the upgrade is all that changes")
  }
}
