import Files
import Kubernetes
import YAML

extension EnvironmentDrift {
  /// What two environments do not have in common: what the first one renders counts as what is there.
  package init(from old: RenderedEnvironment, to new: RenderedEnvironment) {
    let paths = Set(old.tree.files.map(\.path)).union(new.tree.files.map(\.path))
    name = new.name
    items = paths.sorted().compactMap { path in
      let before = old.tree[path]
      let after = new.tree[path]
      if before == after { return nil }
      let objects = (old.object(at: path), new.object(at: path))
      var fields: [FieldDifference] = []
      if let before = objects.0, let after = objects.1 {
        fields = FieldDifference.differences(from: before.content, to: after.content)
      }
      return Drift(
        path: path, identity: (objects.1 ?? objects.0)?.identity,
        kind: before == nil ? .missing : after == nil ? .extra : .changed, fields: fields, causes: [],
        committed: before, rendered: after)
    }
  }
}
