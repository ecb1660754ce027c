import Files
import Kubernetes
import Velero
import YAML

/// Moves environments, step by step; each step begins where the one before ended.
struct UpgradeWay {
  /// An environment with its next hop.
  struct Mover {
    let name: EnvironmentName
    let hop: UpgradeHop
  }

  private let catalogue: ReleaseCatalogue
  private let bundle: Bundle
  private let plan: RenderPlan
  private let everyone: [EnvironmentName]
  private let common = CommonWork()
  /// The workspace as it is by now.
  private var tree: EditedTree
  /// The environments as they are by now.
  private var rendered: [EnvironmentName: RenderedEnvironment] = [:]
  private var definitions: [ReleaseVersion: DefinitionSet] = [:]
  private var reports: [UpgradeHop: CompatibilityReport] = [:]

  init(
    tree: any InputTree, bundle: Bundle, catalogue: ReleaseCatalogue, everyone: [EnvironmentName],
    starts: [WorkspaceUpgrade.Start]
  ) {
    self.tree = EditedTree(tree)
    self.bundle = bundle
    self.catalogue = catalogue
    self.everyone = everyone
    plan = bundle.source == .embedded ? .embedded : RenderPlan(bundle: bundle)
    for start in starts { rendered[start.name] = start.rendered }
  }

  // MARK: A step

  /// Moves environments by a hop each.
  /// - Throws: all that is in the way.
  mutating func move(_ movers: [Mover]) throws(Diagnostics) -> WorkspaceUpgrade.Step {
    var files = try ValuesFiles(of: movers, in: tree, catalogue: catalogue)
    let before = tree
    let after = try settle(movers, &files)
    try checkBystanders(movers, files, before: before)
    var plans: [(EnvironmentName, UpgradePlan)] = []
    for (mover, environment) in zip(movers, after) {
      guard let earlier = rendered[mover.name] else { continue }
      plans.append(
        (
          mover.name,
          UpgradePlan(
            mover.hop, values: files.changes(for: mover.name), from: earlier.objects, to: environment.objects,
            definitions: try report(mover.hop), in: catalogue)
        ))
      rendered[mover.name] = environment
    }
    return WorkspaceUpgrade.Step(plans: plans, edits: files.edits, rendered: after)
  }

  /// Renders the environments, and sets values aside that their releases refuse, until nothing is refused.
  private mutating func settle(
    _ movers: [Mover], _ files: inout ValuesFiles
  ) throws(Diagnostics) -> [RenderedEnvironment] {
    var refusedAtFirst: Set<String>?
    while true {
      for file in files.edits.files { tree.edits[file.path] = file.contents }
      var problems = Diagnostics()
      var after: [RenderedEnvironment] = []
      let reader = try WorkspaceReader(tree)
      for mover in movers {
        do throws(Diagnostics) {
          after.append(try plan.render(try reader.inputs(for: mover.name), common))
        } catch {
          problems.append(contentsOf: error)
        }
      }
      if !problems.hasErrors {
        try checkReleases(movers, after)
        return after
      }
      // What only shows once something else is set aside is a matter of its own.
      let allowed = refusedAtFirst ?? Set(problems.list.compactMap(\.field))
      refusedAtFirst = allowed
      let refused = problems.list.filter { $0.field.map(allowed.contains) ?? false }
      guard try files.setAside(refused, reader: reader) else { throw problems.during(movers) }
    }
  }

  /// Sees to it that the release is what the values say, and not what an overlay makes of it.
  private func checkReleases(_ movers: [Mover], _ after: [RenderedEnvironment]) throws(Diagnostics) {
    var diagnostics = Diagnostics()
    for (mover, environment) in zip(movers, after)
    where environment.lock.release != ByteString(mover.hop.to.description) {
      diagnostics.append(.otherRelease(mover, environment.lock.release))
    }
    try diagnostics.throwIfErrors()
  }

  /// Sees to it that nobody moves who does not mean to.
  private func checkBystanders(
    _ movers: [Mover], _ files: ValuesFiles, before: EditedTree
  ) throws(Diagnostics) {
    let moving = Set(movers.map(\.name))
    let old = try WorkspaceReader(before)
    let new = try WorkspaceReader(tree)
    var diagnostics = Diagnostics()
    for name in everyone where !moving.contains(name) {
      // One that cannot be read or rendered as it is concerns nobody here.
      guard let inputs = try? old.inputs(for: name), let shared = files.shared(with: inputs),
        let earlier = try? plan.render(inputs, common)
      else { continue }
      let later = try? plan.render(try new.inputs(for: name), common)
      if later?.tree != earlier.tree { diagnostics.append(.moved(name, with: movers, shared)) }
    }
    try diagnostics.throwIfErrors()
  }

  // MARK: Definitions

  private mutating func report(_ hop: UpgradeHop) throws(Diagnostics) -> CompatibilityReport {
    if let report = reports[hop] { return report }
    let report = CompatibilityReport(from: try definitions(of: hop.from), to: try definitions(of: hop.to))
    reports[hop] = report
    return report
  }

  private mutating func definitions(of release: ReleaseVersion) throws(Diagnostics) -> DefinitionSet {
    if let known = definitions[release] { return known }
    let set = try bundle.definitions(of: release)
    definitions[release] = set
    return set
  }
}

extension Diagnostics {
  /// The same, saying on which hops it came up.
  fileprivate func during(_ movers: [UpgradeWay.Mover]) -> Diagnostics {
    let hops = Set(movers.map(\.hop)).map(\.description).sorted().joined(separator: ", ")
    return Diagnostics(
      list.map { diagnostic in
        var diagnostic = diagnostic
        diagnostic.notes.append(Diagnostic.Note("this is in the way of the hop \(hops); nothing was changed"))
        return diagnostic
      })
  }
}

extension Diagnostic {
  fileprivate static func otherRelease(_ mover: UpgradeWay.Mover, _ release: ByteString) -> Diagnostic {
    Diagnostic(
      "\(mover.name) stays at \(release.isEmpty ? "no release" : release) although its values say \(mover.hop.to)",
      hint: "look for an overlay that sets velero.version, and take it out")
  }

  fileprivate static func moved(
    _ name: EnvironmentName, with movers: [UpgradeWay.Mover], _ file: ByteString
  ) -> Diagnostic {
    let names = movers.map(\.name.path.text).joined(separator: ", ")
    return Diagnostic(
      "\(name) would change along with \(names): it takes values from \(file) too",
      hint: "name \(name) as well, if it is to move too; or write velero.version into the values of its own")
  }
}
