import Files
import Glibc

/// Signs commits with the program and the key that git's configuration names.
struct Signer {
  private enum Format {
    /// GnuPG, or its S/MIME program, which takes the same arguments.
    case openPGP
    case ssh
  }

  private let format: Format
  private let program: String
  private let key: String
  /// What `~` stands for in the path of a key.
  private let home: String?

  /// A signer where `commit.gpgSign` asks for signatures, else nothing.
  /// - Throws: `.cannotSign` where the configuration names no key or an unknown format.
  init?(_ configuration: borrowing Configuration, committer: Signature, home: String?) throws(GitError) {
    guard configuration.isTrue("commit.gpgsign") else { return nil }
    try self.init(always: configuration, committer: committer, home: home)
  }

  /// A signer, whether or not commits are to be signed.
  /// - Throws: `.cannotSign` where the configuration names no key or an unknown format.
  init(always configuration: borrowing Configuration, committer: Signature, home: String?) throws(GitError) {
    let key = configuration["user.signingkey"].flatMap { $0.isEmpty ? nil : $0 }
    let name = configuration["gpg.format"] ?? "openpgp"
    switch name {
    case "openpgp", "x509":
      format = .openPGP
      let usual = name == "x509" ? "gpgsm" : "gpg"
      // `gpg.program` is the older name of `gpg.openpgp.program`.
      let old = name == "openpgp" ? configuration["gpg.program"] : nil
      program = configuration["gpg.\(name).program"] ?? old ?? usual
      self.key = key ?? "\(committer.name) <\(committer.email)>"
    case "ssh":
      format = .ssh
      program = configuration["gpg.ssh.program"] ?? "ssh-keygen"
      self.key = if let key { key } else { try Signer.defaultKey(configuration["gpg.ssh.defaultkeycommand"]) }
    default:
      throw GitError(.cannotSign, "gpg.format", detail: "'\(name)' is none of openpgp, x509 and ssh")
    }
    self.home = home
  }

  /// The first key that the command prints.
  private static func defaultKey(_ command: String?) throws(GitError) -> String {
    guard let command else { throw GitError(.cannotSign, "user.signingkey", detail: "it is not set") }
    let result = try Signer.run(["sh", "-c", command])
    let first = result.output.text.split(separator: "\n").first.map(String.init) ?? ""
    guard result.status == 0, Signer.isLiteral(first) else {
      throw GitError(.cannotSign, command, detail: reason(result) ?? "it prints no key")
    }
    return first
  }

  /// - Throws: `.cannotSign` where the program cannot be started.
  private static func run(_ arguments: [String], input: ByteString = .empty) throws(GitError) -> Process.Result {
    do throws(Process.Failure) {
      return try Process.run(arguments, input: input)
    } catch {
      throw GitError(.cannotSign, error.program, detail: error.reason)
    }
  }

  /// What a program says about its failure, without the lines that GnuPG writes for programs.
  private static func reason(_ result: Process.Result) -> String? {
    let lines = result.errorOutput.text.split(separator: "\n").filter { !$0.hasPrefix("[GNUPG:]") }
    return lines.isEmpty ? nil : lines.joined(separator: "; ")
  }

  /// Whether it is a public key itself, not the file of one.
  private static func isLiteral(_ key: String) -> Bool { key.hasPrefix("key::") || key.hasPrefix("ssh-") }

  /// The signature of `bytes`, as text of some lines.
  /// - Parameter namespace: what ssh keys sign for, so that a signature of a file is none of a commit.
  /// - Throws: `.cannotSign` with what the program says.
  func sign(_ bytes: ByteString, namespace: String = "git") throws(GitError) -> ByteString {
    let signature = format == .ssh ? try signWithSSH(bytes, namespace) : try signWithGPG(bytes)
    var text = signature.bytes.filter { $0 != UInt8(ascii: "\r") }
    while text.last == UInt8(ascii: "\n") { text.removeLast() }
    guard !text.isEmpty else { throw GitError(.cannotSign, program, detail: "it gave no signature") }
    return ByteString(text)
  }

  private func signWithGPG(_ bytes: ByteString) throws(GitError) -> ByteString {
    let result = try Signer.run([program, "--status-fd=2", "-bsau", key], input: bytes)
    guard result.status == 0, result.errorOutput.text.contains("[GNUPG:] SIG_CREATED ") else {
      throw GitError(.cannotSign, program, detail: Signer.reason(result))
    }
    return result.output
  }

  /// ssh-keygen reads and writes files: in a directory that only we can look into.
  private func signWithSSH(_ bytes: ByteString, _ namespace: String) throws(GitError) -> ByteString {
    let directory = try PrivateDirectory()
    let commit = try directory.write(bytes, to: "commit")
    var arguments = [program, "-Y", "sign", "-n", namespace, "-f"]
    if Signer.isLiteral(key) {
      let literal = key.hasPrefix("key::") ? String(key.dropFirst(5)) : key
      // With a public key alone, the agent has the private one.
      arguments += [try directory.write(ByteString("\(literal)\n"), to: "key"), "-U", commit]
    } else {
      arguments += [key.hasPrefix("~/") ? (home ?? "~") + key.dropFirst() : key, commit]
    }
    let result = try Signer.run(arguments)
    guard result.status == 0 else { throw GitError(.cannotSign, program, detail: Signer.reason(result)) }
    return try directory.read("commit.sig")
  }
}
