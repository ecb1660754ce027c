import ArgumentParser
import Files
import Workspace

struct WatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch", abstract: "Render what a saved file affects, each time one is saved.",
    discussion: """
      Begins with what 'sailplan render' does. Then it waits for changes of values, overlays, environment.yaml,
      sailplan.yaml, a bundle in the workspace and whatever else environments are made of, renders the environments that
      are made of them, and says which fields of which objects changed. Mistakes are shown, and waiting goes on.
      Ctrl-C ends it.
      Exit status: 0 ended by a signal, 2 could not begin, 64 wrong usage.
      """)

  @OptionGroup var environments: EnvironmentArguments
  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var parallel: JobOptions
  @Flag(help: "Show what Secrets hold, in place of how long it is.")
  var showSecrets = false

  func validate() throws {
    if environments.changedSince != nil { throw ValidationError("--changed-since is not for watching") }
  }

  func run() throws {
    let tree = try workspace.onDisk()
    let interruption = try Interruption()
    var watch = WorkspaceWatch(tree)
    watch.start(try WorkspaceReader(tree))
    var state = State()
    var scopes: Set<WorkspaceWatch.Scope> = [.all]
    repeat {
      do {
        let reader = try WorkspaceReader(tree)
        watch.start(reader)
        defer { watch.follow(reader) }
        try update(scopes, reader, tree, &state)
      } catch let error as Diagnostics {
        report(error, &state, scopes)
      } catch let error as Diagnostic {
        report(Diagnostics(error), &state, scopes)
      }
      if !state.hasBegun {
        let count = state.known.count
        Output.standard.write("watching \(count) environment\(count == 1 ? "" : "s"); Ctrl-C ends it\n")
        state.hasBegun = true
      }
      Output.standard.flush()
      Output.error.flush()
      guard let next = watch.next(interruption: interruption.descriptor) else { return }
      scopes = next.union(state.failed)
    } while true
  }

  /// What is known between two saves.
  private struct State {
    var known: Set<EnvironmentName> = []
    /// What could not be rendered is tried again with whatever is saved next: it may be what mends it.
    var failed: Set<WorkspaceWatch.Scope> = []
    var hasBegun = false
  }

  private func report(_ error: Diagnostics, _ state: inout State, _ scopes: Set<WorkspaceWatch.Scope>) {
    Output.error.write(error.description)
    state.failed = scopes
  }

  private func update(
    _ scopes: Set<WorkspaceWatch.Scope>, _ reader: WorkspaceReader, _ tree: DiskTree, _ state: inout State
  ) throws {
    let names = try affected(scopes, reader, &state)
    var record = scopes.contains(.all) ? RenderRecord(of: tree, reader) : nil
    let unchanged = record?.unchanged(among: names, reader) ?? [:]
    let showSecrets = showSecrets
    let made = try reader.render(names.filter { unchanged[$0] == nil }, jobs: parallel.jobs) { reader in
      let verification = Verification(reader.tree)
      return { rendered throws(Diagnostics) in
        let name = rendered.name
        let update = try TreeUpdate(
          rendered, place: tree.path(name.rendered), lockPlace: tree.path(name.lock))
        let drift: EnvironmentDrift
        do throws(Diagnostic) {
          drift = try verification.drift(rendered)
        } catch {
          throw Diagnostics(error)
        }
        let shown = showSecrets ? drift : drift.hiding(try reader.inputs(for: name).secretHiding)
        return (name: name, update: update, drift: shown, entry: RenderRecord.Entry(rendered))
      }
    }
    for (name, update, drift, entry) in made {
      try update.write()
      record?.note(entry, for: name, stamp: nil)
      if state.hasBegun || !update.changes.isEmpty {
        WatchReport(style: Style(for: .standard)).write(name, update, drift)
      }
    }
    record?.write()
    state.failed = []
  }

  /// The environments that are made of what was saved, by their names; says which are no more.
  private func affected(
    _ scopes: Set<WorkspaceWatch.Scope>, _ reader: WorkspaceReader, _ state: inout State
  ) throws -> [EnvironmentName] {
    let selection = try environments.selection
    var found: Set<EnvironmentName> = []
    var isGone: (EnvironmentName) -> Bool = { _ in false }
    if scopes.contains(.all) || scopes.contains(.below(nil)) {
      for name in try reader.environments() where try selection.contains(name, reader) { found.insert(name) }
      isGone = { !found.contains($0) }
    } else {
      for case .below(let place?) in scopes {
        for name in try reader.environments(in: place) where try selection.contains(name, reader) { found.insert(name) }
        let before = isGone
        let group = place.path.appending("/")
        isGone = { before($0) || (($0 == place || $0.path.hasPrefix(group)) && !found.contains($0)) }
      }
    }
    for name in state.known.filter(isGone).sorted() {
      Output.standard.write("\(name): is gone; what was rendered for it stays until it is removed\n")
      state.known.remove(name)
    }
    state.known.formUnion(found)
    return found.sorted()
  }
}
