import Files
internal import Clibgit2
import Glibc

/// The environment variables that say who commits, when, and where git's configuration is.
package struct Variables: Sendable {
  /// By name.
  package var values: [String: String]

  package init(_ values: [String: String]) { self.values = values }

  /// Those of the process.
  package static var process: Variables {
    var values: [String: String] = [:]
    for name in Variables.names { values[name] = getenv(name).map { String(cString: $0) } }
    return Variables(values)
  }

  private static let names = [
    "GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_AUTHOR_DATE", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL",
    "GIT_COMMITTER_DATE", "EMAIL", "SOURCE_DATE_EPOCH", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM",
    "GIT_CONFIG_NOSYSTEM", "HOME", "XDG_CONFIG_HOME",
  ]

  /// The value of a variable that is set and not empty.
  subscript(name: String) -> String? { values[name].flatMap { $0.isEmpty ? nil : $0 } }
}

extension Repository {
  /// Who authors and who commits, in git's order: `GIT_AUTHOR_NAME` and the like, then `author.name` and the like,
  /// then `user.name` and `user.email`, then `EMAIL`. No name is guessed from the machine's.
  ///
  /// `SOURCE_DATE_EPOCH` fixes both times, in UTC; else `GIT_AUTHOR_DATE` and `GIT_COMMITTER_DATE` do; else it is now.
  /// - Throws: `.noIdentity`, `.invalidDate`.
  func signatures(
    _ variables: Variables, _ configuration: borrowing Configuration
  ) throws(GitError) -> (author: Signature, committer: Signature) {
    let now = Timestamp.now
    return (
      try signature("author", variables, configuration, now), try signature("committer", variables, configuration, now)
    )
  }

  private func signature(
    _ role: String, _ variables: Variables, _ configuration: borrowing Configuration, _ now: Timestamp
  ) throws(GitError) -> Signature {
    let upper = role.uppercased()
    func clean(_ raw: String?, _ key: String) throws(GitError) -> ByteString {
      let clean = raw.map { Signature.clean(ByteString($0)) } ?? .empty
      guard !clean.isEmpty else { throw GitError(.noIdentity, "user.\(key)") }
      return clean
    }
    let name = variables["GIT_\(upper)_NAME"] ?? configuration["\(role).name"] ?? configuration["user.name"]
    let email =
      variables["GIT_\(upper)_EMAIL"] ?? configuration["\(role).email"] ?? configuration["user.email"]
      ?? variables["EMAIL"]
    return Signature(
      name: try clean(name, "name"), email: try clean(email, "email"),
      time: try time(variables, "GIT_\(upper)_DATE") ?? now)
  }

  private func time(_ variables: Variables, _ name: String) throws(GitError) -> Timestamp? {
    for name in ["SOURCE_DATE_EPOCH", name] {
      guard let text = variables[name] else { continue }
      guard let time = Timestamp(text) else { throw GitError(.invalidDate, "\(name)='\(text)'") }
      return name == "SOURCE_DATE_EPOCH" ? Timestamp(seconds: time.seconds, offset: 0) : time
    }
    return nil
  }
}

/// Git's configuration as `git config` sees it: system, user, repository, linked work tree.
struct Configuration: ~Copyable {
  private let handle: OpaquePointer

  private init() throws(GitError) {
    var made: OpaquePointer?
    try git("git_config_new") { git_config_new(&made) }
    guard let made else { throw GitError(.other, function: "git_config_new") }
    handle = made
  }

  /// Reads the files that exist.
  static func read(for repository: borrowing Repository, _ variables: Variables) throws(GitError) -> Configuration {
    let configuration = try Configuration()
    // Not through libgit2's own search: it knows neither GIT_CONFIG_GLOBAL nor the configuration of a work tree.
    var files: [(git_config_level_t, String)] = []
    if variables["GIT_CONFIG_NOSYSTEM"] == nil {
      files.append((GIT_CONFIG_LEVEL_SYSTEM, variables["GIT_CONFIG_SYSTEM"] ?? "/etc/gitconfig"))
    }
    if let global = variables.values["GIT_CONFIG_GLOBAL"] {
      files.append((GIT_CONFIG_LEVEL_GLOBAL, global))
    } else {
      let home = variables["HOME"]
      if let base = variables["XDG_CONFIG_HOME"] ?? home.map({ "\($0)/.config" }) {
        files.append((GIT_CONFIG_LEVEL_XDG, "\(base)/git/config"))
      }
      if let home { files.append((GIT_CONFIG_LEVEL_GLOBAL, "\(home)/.gitconfig")) }
    }
    files.append((GIT_CONFIG_LEVEL_LOCAL, "\(repository.commonDirectory)/config"))
    files.append((GIT_CONFIG_LEVEL_APP, "\(repository.gitDirectory)/config.worktree"))
    for (level, path) in files where access(path, R_OK) == 0 {
      do {
        try git("git_config_add_file_ondisk") {
          git_config_add_file_ondisk(configuration.handle, path, level, repository.handle, 0)
        }
      } catch {
        throw error.about(path)
      }
    }
    return configuration
  }

  deinit { git_config_free(handle) }

  /// Whether a setting is true; a value that is none counts as false.
  func isTrue(_ key: String) -> Bool {
    var flag: Int32 = 0
    return self[key].map { git_config_parse_bool(&flag, $0) == 0 && flag != 0 } ?? false
  }

  /// The value that wins; nothing where no file sets it.
  subscript(key: String) -> String? {
    var value = git_buf()
    defer { git_buf_dispose(&value) }
    guard git_config_get_string_buf(&value, handle, key) == 0, let text = value.ptr else { return nil }
    return String(cString: text)
  }
}
