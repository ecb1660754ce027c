import Glibc

/// A program that runs to its end with bytes as its standard input.
package enum Process {
  /// What a program left behind.
  package struct Result: Sendable {
    /// Its exit status; 128 and the signal's number where a signal ended it.
    package var status: Int32
    package var output: ByteString
    package var errorOutput: ByteString
  }

  /// Why a program was not started, or what it wrote cannot be read.
  package struct Failure: Error, Sendable {
    package var program: String
    package var reason: String
  }

  /// Where temporary files go.
  package static var temporaryDirectory: String { getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp" }

  /// Runs a program, searched in PATH where it has no slash, with our environment.
  package static func run(_ arguments: [String], input: ByteString = .empty) throws(Failure) -> Result {
    let program = arguments.first ?? ""
    // Files without a name: unlike pipes they cannot fill up while we write to another.
    let files: [OpenFile]
    do throws(Diagnostic) {
      files = try (0..<3).map { _ throws(Diagnostic) in try OpenFile(temporaryIn: temporaryDirectory) }
      try input.withBytes { (bytes) throws(Diagnostic) in try files[0].write(UnsafeRawBufferPointer(bytes), at: 0) }
    } catch {
      throw Failure(program: program, reason: error.message)
    }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (number, file) in files.enumerated() {
      posix_spawn_file_actions_adddup2(&actions, file.descriptor, Int32(number))
    }
    var words = arguments.map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var pid: pid_t = 0
    let failure = posix_spawnp(&pid, program, &actions, nil, &words, environ)
    guard failure == 0 else {
      throw Failure(program: program, reason: String(cString: strerror(failure)))
    }
    var state: Int32 = 0
    while waitpid(pid, &state, 0) < 0 && errno == EINTR {}
    let signal = state & 0x7F
    do throws(Diagnostic) {
      return Result(
        status: signal == 0 ? (state >> 8) & 0xFF : 128 + signal, output: try files[1].contents,
        errorOutput: try files[2].contents)
    } catch {
      throw Failure(program: program, reason: error.message)
    }
  }
}
