import Glibc

extension Command {
  /// Whether a file system can be mounted: by root, outside of most containers.
  package static let canMount: Bool = {
    (try? withSmallFileSystem(bytes: 4096) { _ in true }) == true
  }()

  private struct CannotMount: Error {}

  /// Does something with a file system that has hardly any room.
  package static func withSmallFileSystem<R>(bytes: Int, _ body: (String) throws -> R) throws -> R {
    guard geteuid() == 0 else { throw CannotMount() }
    let directory = try TemporaryDirectory()
    let mounted = try Command(["mount", "-t", "tmpfs", "-o", "size=\(bytes)", "tmpfs", directory.path]).run()
    guard mounted.status == 0 else { throw CannotMount() }
    defer { _ = try? Command(["umount", directory.path]).run() }
    return try body(directory.path)
  }
}
