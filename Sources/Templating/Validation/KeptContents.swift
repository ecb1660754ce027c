import YAML

/// Maps, or sequences, in which every value kept its rules, with what decided that around them: of the data values of one
/// environment most are in memory what they were for the one before.
///
/// For one thread, as the schema that it belongs to.
final class KeptContents {
  private struct Kept {
    let contents: Node
    let reads: [ContextReads.Read]
  }

  private var kept: [Kept] = []
  private var hits = 0
  private var misses = 0

  private static let most = 16
  /// How many in a row may be unlike all others.
  private static let patience = 32

  /// What decided that all in it keeps its rules; nothing where that is not known.
  func reads(of contents: Node, root: Node) -> [ContextReads.Read]? {
    for known in kept where known.contents.isOneCollection(with: contents) && known.reads.hold(root: root) {
      hits += 1
      return known.reads
    }
    misses += 1
    return nil
  }

  func keep(_ contents: Node, _ reads: [ContextReads.Read]) {
    if misses - Self.patience > hits * 4 {
      kept = []
      return
    }
    if kept.count == Self.most { kept.removeFirst() }
    kept.append(Kept(contents: contents, reads: reads))
  }
}
