import Files
import Workspace

extension RenderCommand {
  /// Writes a part of the environments as `sailplan assemble` reads it. The manifest comes last: without it, a directory
  /// is no output of a shard.
  /// - Parameter all: the environments of all parts.
  func write(_ shard: Shard, of all: [EnvironmentName], _ reader: WorkspaceReader, to output: String) throws {
    let names = shard.choose(from: all)
    let directory = DiskTree(root: output)
    let progress = Progress("rendering", of: names.count)
    let updates = try reader.render(names, jobs: parallel.jobs, progress: progress.show) { _ in
      { rendered throws(Diagnostics) in
        let name = rendered.name
        let update = try TreeUpdate(
          rendered, place: directory.path(name.rendered), lockPlace: directory.path(name.lock))
        return (update: update, entry: ShardManifest.Entry(name: name, digest: rendered.lock.outputDigest))
      }
    }
    let source = try CommitPlace(start: workspace.start).source(of: reader.filesRead.files)
    let manifest = ShardManifest(
      shard, source: source, bundle: try reader.bundle().digest, all: all, environments: updates.map(\.entry))
    let place = directory.path(ByteString(ShardManifest.file))
    try Disk.remove(place)
    try TreeUpdate.write(updates.map(\.update))
    try Disk.createDirectory(output)
    try Disk.replace(place, with: manifest.text)
    Output.standard.write("shard \(shard.number)/\(shard.count): \(names.count) of \(all.count) environments\n")
  }
}
