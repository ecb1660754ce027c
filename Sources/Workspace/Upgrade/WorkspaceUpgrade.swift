package import Files
import Kubernetes
package import Velero

/// Environments on their way to a release: hop by hop, everything in memory.
///
/// What is shared moves together: a file of values that several environments inherit is changed once, and only if all
/// that it moves are among those named.
package struct WorkspaceUpgrade {
  /// What is done at once, and committed at once: one hop of each environment that is not there yet. Those with fewer
  /// hops before them start later, so that all arrive together.
  package struct Step {
    /// The hops, by the names of the environments.
    package let plans: [(name: EnvironmentName, plan: UpgradePlan)]
    /// Files of values with what they hold after the step, where that is something else than before it.
    package let edits: FileSet
    /// The environments as they are rendered after the step.
    package let rendered: [RenderedEnvironment]
  }

  /// What an environment is before anything is done.
  package struct Start {
    package let name: EnvironmentName
    package let release: ReleaseVersion
    package let rendered: RenderedEnvironment
  }

  package let target: ReleaseVersion
  /// The environments that were named, by their names.
  package let starts: [Start]
  /// In the order in which they are done; none where all environments are there already.
  package let steps: [Step]
  /// The branches of the environments whose rendered trees lie on one.
  package let branches: [EnvironmentName: String]
  /// What the environments were rendered from before the first step.
  package let inputs: [FileSet.File]

  /// Works out the whole way.
  /// - Throws: all that keeps any of the environments from getting there, and what is wrong with them as they are.
  package init(_ tree: any InputTree, _ names: [ByteString], to target: String) throws(Diagnostics) {
    let reader = try WorkspaceReader(tree)
    let bundle = try reader.bundle()
    let catalogue = try ReleaseCatalogue(bundle: bundle.files)
    do {
      self.target = try catalogue.release(named: target)
    } catch {
      throw Diagnostics(error)
    }
    let named = try reader.environments(named: names)
    branches = try reader.branches(of: named)
    let everyone = try reader.environments()
    var starts: [Start] = []
    var diagnostics = Diagnostics()
    for rendered in try reader.render(named) {
      do throws(Diagnostic) {
        let release = try catalogue.release(named: rendered.lock.release.text)
        starts.append(Start(name: rendered.name, release: release, rendered: rendered))
      } catch {
        diagnostics.append(error)
      }
    }
    try diagnostics.throwIfErrors()
    self.starts = starts
    inputs = reader.filesRead.files

    var way = UpgradeWay(tree: tree, bundle: bundle, catalogue: catalogue, everyone: everyone, starts: starts)
    let target = self.target
    let hops = starts.map { catalogue.hops(from: $0.release, to: target) }
    let longest = hops.map(\.count).max() ?? 0
    var steps: [Step] = []
    for number in 0..<longest {
      let movers = zip(starts, hops).compactMap { start, hops -> UpgradeWay.Mover? in
        let index = number - (longest - hops.count)
        return index < 0 ? nil : UpgradeWay.Mover(name: start.name, hop: hops[index])
      }
      steps.append(try way.move(movers))
    }
    self.steps = steps
  }

  /// All steps as one: where the environments are in the end, and what is different in files of values by then.
  package var inOne: (rendered: [RenderedEnvironment], edits: FileSet) {
    var edits = FileSet()
    var rendered: [EnvironmentName: RenderedEnvironment] = [:]
    for step in steps {
      for file in step.edits.files { edits[file.path] = file.contents }
      for environment in step.rendered { rendered[environment.name] = environment }
    }
    return (rendered.keys.sorted().compactMap { rendered[$0] }, edits)
  }
}
