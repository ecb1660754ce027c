package import Files

/// Finds edits in the work tree that would be lost, or committed by the way, if environments were rendered anew from what
/// is committed.
package struct UncommittedEdits {
  private let disk: WorkspaceReader
  private let head: RevisionTree
  private var inputs: ChangedInputs

  /// - Parameters:
  ///   - disk: the workspace on disk.
  ///   - head: what is committed.
  package init(_ disk: WorkspaceReader, since head: RevisionTree) {
    self.disk = disk
    self.head = head
    inputs = ChangedInputs(disk, since: head)
  }

  /// What is in the way for these environments: inputs that are not as they are committed, and files of theirs that are
  /// neither as they are committed nor as they would be written.
  package mutating func find(_ names: [EnvironmentName]) throws(Diagnostics) -> Diagnostics {
    var found = Diagnostics()
    for name in names where inputs.areOthers(for: name) { found.append(.otherInputs(name)) }
    if !found.list.isEmpty { return found }
    for environment in try disk.render(names) {
      do throws(Diagnostic) {
        for path in try edits(environment) { found.append(.edited(disk.tree.shown(path))) }
      } catch {
        throw Diagnostics(error)
      }
    }
    return found
  }

  private func edits(_ environment: RenderedEnvironment) throws(Diagnostic) -> [ByteString] {
    var edits: [ByteString] = []
    var open = [environment.name.rendered]
    var paths = Set(environment.tree.files.map { environment.name.rendered.appendingPath($0.path) })
    paths.insert(environment.name.lock)
    while let directory = open.popLast() {
      guard try head.kind(directory) == .directory else { continue }
      for entry in try head.entries(directory) {
        let path = directory.appendingPath(entry.name)
        if entry.kind == .directory { open.append(path) } else { paths.insert(path) }
      }
    }
    for path in paths.sorted() where try !disk.tree.isSame(path, as: path, in: head) {
      let own = path == environment.name.lock ? environment.lock.text : nil
      let inner = path[min(path.count, environment.name.rendered.count + 1)..<path.count]
      let written = own ?? environment.tree[inner]
      switch (try disk.tree.kind(path), written) {
      case (nil, nil): continue
      case (.file?, let written?): if try disk.tree.holds(written, at: path) { continue }
      default: break
      }
      edits.append(path)
    }
    return edits
  }
}

extension Diagnostic {
  private static let hint = "commit what is meant, or set it aside with 'git stash', then verify again"

  fileprivate static func otherInputs(_ name: EnvironmentName) -> Diagnostic {
    Diagnostic("what \(name) is rendered from is not as it is committed, so it is not mended", hint: hint)
  }

  fileprivate static func edited(_ path: String) -> Diagnostic {
    Diagnostic("\(path) has edits that are not committed, and would be written over", hint: hint)
  }
}
