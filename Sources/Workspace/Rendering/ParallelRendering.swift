import Files
import Synchronization

/// Renders environments on several threads, and does with each what it is rendered for as soon as it is there, so that
/// few are in memory at a time.
struct ParallelRendering<Output: Sendable>: Sendable {
  let plan: RenderPlan
  let names: [EnvironmentName]
  let prepare: WorkspaceReader.Preparation<Output>

  /// How many neighbours a thread takes at a time: they are likely to have more in common than others.
  private static var neighbours: Int { 4 }

  /// The results in the order of the names. What other readers than `reader` read is noted as read by it.
  /// - Parameter jobs: how many threads may render; nothing for as many as there are processors.
  func results(
    _ reader: WorkspaceReader, jobs: Int?, progress: (Int) -> Void
  ) -> [Result<Output, Diagnostics>] {
    let work = ParallelWork<Result<Output, Diagnostics>>(count: names.count, neighbours: Self.neighbours)
    let read = Reads()
    let open = reader.tree.opener
    let namesImagesAsWritten = reader.namesImagesAsWritten
    let leavesMemory = reader.leavesMemory
    let results = work.outputs(jobs: jobs) {
      // What a thread does not that cannot read, others do.
      guard let tree = try? open(), let other = try? WorkspaceReader(tree) else { return }
      other.namesImagesAsWritten = namesImagesAsWritten
      other.leavesMemory = leavesMemory
      render(work, other) { _ in }
      read.add(other.contentsRead)
    } here: {
      render(work, reader, progress)
    }
    reader.note(read.all)
    return results
  }

  private func render(
    _ work: ParallelWork<Result<Output, Diagnostics>>, _ reader: WorkspaceReader, _ progress: (Int) -> Void
  ) {
    let common = CommonWork()
    if reader.leavesMemory { _ = Unmanaged.passRetained(common) }
    let finish = Result { () throws(Diagnostics) in try prepare(reader) }
    work.share(progress: progress) { index in
      Result { () throws(Diagnostics) in
        try finish.get()(try plan.render(try reader.inputs(for: names[index]), common))
      }
    }
  }
}

/// What several readers read.
private final class Reads: Sendable {
  private let contents = Mutex<[ByteString: ByteString]>([:])

  func add(_ read: [ByteString: ByteString]) { contents.withLock { $0.merge(read) { first, _ in first } } }

  var all: [ByteString: ByteString] { contents.withLock { $0 } }
}
