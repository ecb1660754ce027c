import Files
import Glibc
import YAML

// `YAMLSpeed FILE`: reads the file's YAML and prints it, for about two seconds each, and says how many megabytes
// (1,000,000 bytes of text) a second of processor time that is: one number for reading, one for printing. Each is the
// fastest round: what disturbs a round only ever makes it slower.

private func seconds() -> Double {
  var now = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now)
  return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
}

/// The speed of the fastest round; `round` gives how many bytes it handled.
private func fastest(_ round: () throws -> Int) rethrows -> Int {
  let end = seconds() + 2
  var best = 0.0
  repeat {
    let start = seconds()
    let count = try round()
    best = max(best, Double(count) / (seconds() - start))
  } while seconds() < end
  return Int(best / 1e6)
}

guard CommandLine.arguments.count == 2 else { exit(64) }
let path = CommandLine.arguments[1]
let source = SourceFile.register(path: path, contents: try Disk.read(path, limit: 1 << 30))
let file = try ParsedFile.parse(source)
let reading = try fastest { try ParsedFile.parse(source).documents.isEmpty ? 0 : source.contents.count }
let printing = fastest { print(file.documents).count }
print("\(reading) \(printing)")
