import ArgumentParser
import Files

/// A directory that a command makes anew as a whole.
struct OutputDirectory: ExpressibleByArgument {
  /// Its absolute path, without a slash at the end.
  let path: String

  /// Nothing for a directory that the process is in, which nobody means to replace.
  init?(argument: String) {
    guard !argument.isEmpty, let here = try? Disk.workingDirectory() else { return nil }
    path = Disk.path(argument, below: here)
    if path == "/" || here == path || here.hasPrefix("\(path)/") { return nil }
  }
}
