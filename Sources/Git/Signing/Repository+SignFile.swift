package import Files

extension Repository {
  /// A signature of the bytes of a file, by the key that signs commits: `ssh-keygen -Y verify -n file` checks it, or
  /// `gpg --verify`.
  /// - Throws: `.cannotSign`, `.noIdentity`.
  package func signature(ofFile bytes: ByteString, variables: Variables = .process) throws(GitError) -> ByteString {
    let configuration = try Configuration.read(for: self, variables)
    let committer = try signatures(variables, configuration).committer
    let signer = try Signer(always: configuration, committer: committer, home: variables["HOME"])
    return try signer.sign(bytes, namespace: "file").appending("\n")
  }
}
