import Files
import Git
import Glibc

/// A process for tests to kill: commits again and again what differs each time.
///
/// `CommitLoop REPOSITORY COUNT`: files in `clusters/prod/rendered`; ends with status 1 and the reason on standard
/// error where a commit is refused.
@main
struct CommitLoop {
  static func main() {
    let arguments = CommandLine.arguments
    guard arguments.count == 3, let count = Int(arguments[2]) else { exit(64) }
    do throws(GitError) {
      for round in 0..<count {
        let text = ByteString("round: \(getpid())-\(round)\n")
        // By turns few objects, which are written one by one, and many, which are written as a pack.
        let count = round % 2 == 0 ? 5 : 30
        let files = FileSet(
          (0..<count).map { number in
            let name = ByteString("d\(number % 3)/\(number)-\(round).yaml")
            return FileSet.File(path: name, contents: ByteString("\(number)\n").appending(text))
          })
        let snapshot = Snapshot(
          [.directory("clusters/prod/rendered", files), .file("clusters/prod/sailplan.lock", text)],
          message: text)
        _ = try Repository.discover(at: arguments[1]).commit(snapshot)
      }
    } catch {
      let text = Array("\(error.message) \(error.function ?? "")\n".utf8)
      _ = write(2, text, text.count)
      exit(1)
    }
  }
}
