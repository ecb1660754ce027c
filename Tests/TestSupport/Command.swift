package import Files
import Glibc

/// A program that a test runs: its own standard input, output and error are files without a name, so that no pipe can fill
/// up and nothing blocks on a grandchild that stays behind.
package struct Command: Sendable {
  /// What a program left behind when it ended.
  package struct Result: Sendable {
    /// The exit status; 128 and the signal's number where a signal ended it.
    package var status: Int32
    /// All it wrote to standard output.
    package var output: ByteString
    /// All it wrote to standard error.
    package var errorOutput: ByteString
    /// Whether it was ended because its time was over.
    package var timedOut: Bool

    /// Standard output as text, without the line end at its end.
    package var text: String {
      var text = output.text
      while text.hasSuffix("\n") { text.removeLast() }
      return text
    }
  }

  /// Why a program did not start: the system call's error number.
  package struct StartFailure: Error, CustomStringConvertible {
    package var program: String
    package var errorNumber: Int32

    package var description: String { "cannot start \(program): \(String(cString: strerror(errorNumber)))" }
  }

  /// The program, searched in PATH where it has no slash, and its arguments.
  package var arguments: [String]
  /// Where it runs; nothing means where the tests run.
  package var directory: String?
  /// Its whole environment; nothing means that of the tests.
  package var environment: [String: String]?
  /// What it reads from standard input.
  package var input: ByteString
  /// After how many seconds it is killed.
  package var timeout: Double

  package init(
    _ arguments: [String], in directory: String? = nil, environment: [String: String]? = nil,
    input: ByteString = .empty, timeout: Double = 120
  ) {
    self.arguments = arguments
    self.directory = directory
    self.environment = environment
    self.input = input
    self.timeout = timeout
  }

  /// The environment of the tests with some variables added or replaced.
  package static func environment(adding added: [String: String]) -> [String: String] {
    var all: [String: String] = [:]
    var next = environ
    while let entry = next.pointee {
      let text = String(cString: entry)
      if let equals = text.firstIndex(of: "=") {
        all[String(text[..<equals])] = String(text[text.index(after: equals)...])
      }
      next += 1
    }
    return all.merging(added) { $1 }
  }

  /// Starts the program and waits for its end.
  package func run() throws(StartFailure) -> Result { try start().wait() }

  /// Starts the program.
  package func start() throws(StartFailure) -> Running {
    let program = arguments.first ?? ""
    var files: [Int32] = []
    for _ in 0..<3 {
      let file = Command.unnamedFile()
      if file < 0 {
        let failure = StartFailure(program: program, errorNumber: errno)
        for open in files { close(open) }
        throw failure
      }
      files.append(file)
    }
    Command.write(input, to: files[0])

    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (number, file) in files.enumerated() { posix_spawn_file_actions_adddup2(&actions, file, Int32(number)) }

    // `env` changes to the directory and then becomes the program, which keeps its process number.
    let prefix = directory.map { ["env", "-C", $0] } ?? []
    var words = (prefix + arguments).map { strdup($0) } + [nil]
    var variables = environment.map { all in
      all.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") } + [nil]
    }
    defer {
      for word in words { free(word) }
      for variable in variables ?? [] { free(variable) }
    }
    var pid: pid_t = 0
    let status =
      if variables != nil {
        variables.withMutableElements { posix_spawnp(&pid, prefix.first ?? program, &actions, nil, &words, $0) }
      } else {
        posix_spawnp(&pid, prefix.first ?? program, &actions, nil, &words, environ)
      }
    close(files[0])
    guard status == 0 else {
      close(files[1])
      close(files[2])
      throw StartFailure(program: program, errorNumber: status)
    }
    return Running(pid: pid, output: files[1], errorOutput: files[2], timeout: timeout)
  }

  /// A new file that only its descriptor reaches; negative where it cannot be made.
  private static func unnamedFile() -> Int32 {
    var template = Array("/tmp/sailplan-command-XXXXXX".utf8CString)
    let file = mkstemp(&template)
    if file >= 0 {
      unlink(template)
      _ = fcntl(file, F_SETFD, FD_CLOEXEC)
    }
    return file
  }

  private static func write(_ bytes: ByteString, to file: Int32) {
    bytes.withBytes { bytes in
      var done = 0
      while done < bytes.count, let base = bytes.baseAddress {
        let written = Glibc.write(file, base + done, bytes.count - done)
        if written <= 0 { break }
        done += written
      }
    }
    lseek(file, 0, SEEK_SET)
  }
}

extension Optional where Wrapped == [UnsafeMutablePointer<CChar>?] {
  fileprivate mutating func withMutableElements<R>(
    _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> R
  ) -> R {
    switch self {
    case .none: return body(nil)
    case .some(var elements):
      self = nil
      defer { self = elements }
      return elements.withUnsafeMutableBufferPointer { body($0.baseAddress) }
    }
  }
}

/// A program that was started and has to be waited for.
package final class Running: Sendable {
  /// Its process.
  package let pid: Int32
  private let output: Int32
  private let errorOutput: Int32
  private let timeout: Double

  fileprivate init(pid: Int32, output: Int32, errorOutput: Int32, timeout: Double) {
    self.pid = pid
    self.output = output
    self.errorOutput = errorOutput
    self.timeout = timeout
  }

  deinit {
    close(output)
    close(errorOutput)
  }

  /// Sends it a signal.
  package func signal(_ number: Int32) { kill(pid, number) }

  /// Waits for its end; call it once.
  package func wait() -> Command.Result {
    var state: Int32 = 0
    var timedOut = false
    var waited = 0.0
    while waitpid(pid, &state, WNOHANG) == 0 {
      if waited > timeout {
        timedOut = true
        kill(pid, SIGKILL)
        waitpid(pid, &state, 0)
        break
      }
      let nap: UInt32 = waited < 0.02 ? 200 : 2000
      usleep(nap)
      waited += Double(nap) / 1_000_000
    }
    let signalled = state & 0x7F
    let status = signalled == 0 ? (state >> 8) & 0xFF : 128 + signalled
    return Command.Result(
      status: status, output: Running.contents(of: output), errorOutput: Running.contents(of: errorOutput),
      timedOut: timedOut)
  }

  private static func contents(of file: Int32) -> ByteString {
    let size = Int(lseek(file, 0, SEEK_END))
    return ByteString(capacity: max(size, 0)) { out in
      var done = 0
      while done < size, let base = out.baseAddress {
        let got = pread(file, base + done, size - done, off_t(done))
        if got <= 0 { break }
        done += got
      }
      return done
    }
  }
}
