import YAML

/// Values that kept the rules of one annotation, or to which these do not apply, with what decided that: many data values
/// are the same from one environment to the next.
///
/// For one thread, as the schema that it belongs to.
final class KeptValues {
  private struct Kept {
    let value: Node
    /// Nothing where the rules look at the value alone.
    let reads: ContextReads?
  }

  private var kept: [Kept] = []
  private var hits = 0
  private var misses = 0

  private static let most = 16
  /// How many values in a row may be unlike all others.
  private static let patience = 32

  /// What decided that the value keeps the rules in this context; nothing where it is not known to keep them.
  func reads(of value: Node, parent: Node, root: Node) -> [ContextReads.Read]? {
    for known in kept where known.value.isSame(as: value) {
      if known.reads?.hold(parent: parent, root: root) ?? true {
        hits += 1
        return known.reads?.fromRoot ?? []
      }
    }
    misses += 1
    return nil
  }

  func keep(_ value: Node, _ reads: ContextReads?) {
    if misses - Self.patience > hits * 4 {
      kept = []
      return
    }
    if kept.count == Self.most { kept.removeFirst() }
    kept.append(Kept(value: value, reads: reads))
  }
}
