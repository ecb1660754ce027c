import Files
import Glibc

/// A program that runs to its end with bytes as its standard input.
enum Process {
  /// What a program left behind.
  struct Result {
    /// Its exit status; 128 and the signal's number where a signal ended it.
    var status: Int32
    var output: ByteString
    var errorOutput: ByteString

    /// What it says about its failure, without the lines that GnuPG writes for programs.
    var reason: String? {
      let lines = errorOutput.text.split(separator: "\n").filter { !$0.hasPrefix("[GNUPG:]") }
      return lines.isEmpty ? nil : lines.joined(separator: "; ")
    }
  }

  /// Runs a program, searched in PATH where it has no slash, with our environment.
  /// - Throws: `.cannotSign` where it cannot be started.
  static func run(_ arguments: [String], input: ByteString = .empty) throws(GitError) -> Result {
    let program = arguments.first ?? ""
    // Files without a name: unlike pipes they cannot fill up while we write to another.
    let files = [try UnnamedFile(input), try UnnamedFile(.empty), try UnnamedFile(.empty)]
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
      throw GitError(.cannotSign, program, detail: String(cString: strerror(failure)))
    }
    var state: Int32 = 0
    while waitpid(pid, &state, 0) < 0 && errno == EINTR {}
    let signal = state & 0x7F
    return Result(
      status: signal == 0 ? (state >> 8) & 0xFF : 128 + signal, output: files[1].contents,
      errorOutput: files[2].contents)
  }
}

/// A file that only its descriptor reaches.
private final class UnnamedFile {
  let descriptor: Int32

  init(_ bytes: ByteString) throws(GitError) {
    let base = PrivateDirectory.base
    var template = PrivateDirectory.template
    descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw GitError(system: base) }
    unlink(template)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    var done = 0
    while done < bytes.count {
      let count = bytes.withBytes { write(descriptor, $0.baseAddress?.advanced(by: done), $0.count - done) }
      guard count > 0 || errno == EINTR else { throw GitError(system: base) }
      done += max(count, 0)
    }
    lseek(descriptor, 0, SEEK_SET)
  }

  deinit { close(descriptor) }

  var contents: ByteString {
    let size = Int(max(0, lseek(descriptor, 0, SEEK_END)))
    return ByteString(capacity: size) { out in
      var done = 0
      while done < size, let base = out.baseAddress {
        let count = pread(descriptor, base + done, size - done, off_t(done))
        if count <= 0 { break }
        done += count
      }
      return done
    }
  }
}
