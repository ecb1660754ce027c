import Files

/// Who commits, and how commits are signed: alike for all commits of a run.
struct CommitIdentity {
  let author: Signature
  let committer: Signature
  private let signer: Signer?

  /// - Throws: `.noIdentity`, `.invalidDate`, `.cannotSign`.
  init(of repository: borrowing Repository, _ variables: Variables) throws(GitError) {
    let configuration = try Configuration.read(for: repository, variables)
    (author, committer) = try repository.signatures(variables, configuration)
    signer = try Signer(configuration, committer: committer, home: variables["HOME"])
  }

  /// The bytes of a commit object.
  func commit(tree: ObjectID, parent: ObjectID?, message: ByteString) -> ByteString {
    var text = "tree \(tree)\n"
    if let parent { text += "parent \(parent)\n" }
    let end: ByteString = message.hasSuffix("\n") ? .empty : "\n"
    return ByteString(text).appending("author ").appending(author.line).appending("\ncommitter ")
      .appending(committer.line).appending("\n\n").appending(message).appending(end)
  }

  /// The commit with a signature of its bytes as the last line of its head, where one is asked for.
  func signed(_ commit: ByteString) throws(GitError) -> ByteString {
    guard let signer else { return commit }
    let signature = try signer.sign(commit)
    var out = ByteBuffer(capacity: commit.count + signature.count + 64)
    // The head ends with the first empty line.
    var end = 0
    while let line = commit.firstIndex(of: UInt8(ascii: "\n"), from: end), line > end { end = line + 1 }
    out.append(commit[0..<end])
    out.append(literal: "gpgsig")
    var at = 0
    while at < signature.count {
      let next = signature.firstIndex(of: UInt8(ascii: "\n"), from: at) ?? signature.count
      out.append(literal: " ")
      out.append(signature[at..<next])
      out.append(literal: "\n")
      at = next + 1
    }
    out.append(commit[end..<commit.count])
    return out.finish()
  }
}
