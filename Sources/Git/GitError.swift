package import Files

/// Why git could not do what was asked.
package struct GitError: Error, Hashable, Sendable {
  /// What went wrong, for callers that decide by it.
  package enum Code: Hashable, Sendable {
    /// No repository at or above the path. Subject: the path.
    case notARepository
    /// The repository belongs to another user, and safe.directory does not name it. Subject: the path.
    case dubiousOwnership
    /// The repository uses a format that libgit2 cannot read. Subject: the path.
    case unsupportedRepository
    /// The index uses a format that libgit2 cannot read. Subject: the path of the index.
    case unsupportedIndex
    /// The index is damaged. Subject: its path.
    case unreadableIndex
    /// HEAD or the branch is damaged. Subject: which.
    case unreadableReference
    /// A file of git's configuration is damaged. Subject: the path of the file or of the repository.
    case unreadableConfiguration
    /// No such revision, or none that is a commit or a tree. Subject: the revision.
    case unknownRevision
    /// Several objects could be meant. Subject: the revision.
    case ambiguousRevision
    /// An object is missing, broken, or of another kind than it should be. Subject: its id.
    case unreadableObject
    /// More, larger or deeper than the limits of `Limits`. Subject: what.
    case tooLarge
    /// Another process holds the index, or one left its lock. Subject: the lock's path.
    case indexLocked
    /// Another process holds the branch, or one left its lock. Subject: the branch.
    case referenceLocked
    /// The branch, or HEAD, is not where it was when the work began. Subject: the branch.
    case referenceMoved
    /// Neither the environment nor git's configuration says who commits. Subject: the missing setting.
    case noIdentity
    /// A date in the environment cannot be understood. Subject: the variable and its value.
    case invalidDate
    /// A merge, rebase, cherry-pick, revert or mailbox is half done. Subject: which.
    case operationInProgress
    /// The path lies in a submodule or in another repository. Subject: the path.
    case insideSubmodule
    /// A link, or a file, stands where the path needs a directory, or a directory where it needs a file. Subject: the path.
    case pathBlocked
    /// A path that git refuses or that could leave the work tree. Subject: the path.
    case hostilePath
    /// The message is empty or has a zero byte.
    case invalidMessage
    /// Git's configuration asks for signed commits, and the signature failed. Subject: the program or the setting.
    case cannotSign
    /// No name that git accepts for a branch. Subject: the name.
    case invalidBranch
    /// The branch is checked out, so its files would no longer be what it holds. Subject: the branch.
    case branchCheckedOut
    /// The operating system refused. Subject: the path.
    case system
    /// Anything else that libgit2 reports.
    case other
  }

  package var code: Code
  /// What it is about; see the code.
  package var subject: String
  /// The C function that failed, where one did.
  package var function: String?
  /// What libgit2 or the operating system says.
  package var detail: String?
  /// What the C function returned; 0 where none was called.
  var status: Int32 = 0

  package init(_ code: Code, _ subject: String = "", function: String? = nil, detail: String? = nil) {
    self.code = code
    self.subject = subject
    self.function = function
    self.detail = detail
  }

  /// The same failure, known to be of another kind and about something; for callers who know what they asked for.
  func about(_ subject: String, as code: Code? = nil) -> GitError {
    var error = self
    error.subject = subject
    if let code { error.code = code }
    return error
  }
}

extension GitError: CustomStringConvertible {
  /// What is wrong: one sentence, lower case, no full stop.
  package var message: String {
    let reason = detail.map { ": \($0)" } ?? ""
    return switch code {
    case .notARepository: "'\(subject)' is not in a git repository"
    case .dubiousOwnership: "the git repository of '\(subject)' belongs to another user, so git does not trust it"
    case .unsupportedRepository: "the git repository of '\(subject)' has a format that is not supported\(reason)"
    case .unsupportedIndex: "the git index '\(subject)' has a format that is not supported\(reason)"
    case .unreadableIndex: "the git index '\(subject)' cannot be read\(reason)"
    case .unreadableReference: "the git reference \(subject) cannot be read\(reason)"
    case .unreadableConfiguration: "git's configuration of '\(subject)' cannot be read\(reason)"
    case .unknownRevision: "git knows no revision '\(subject)'"
    case .ambiguousRevision: "several git objects could be meant by '\(subject)'"
    case .unreadableObject: "the git object \(subject) cannot be read\(reason)"
    case .tooLarge: "\(subject) is over the limit\(reason)"
    case .indexLocked: "the git index is locked: '\(subject)' exists"
    case .referenceLocked: "\(subject) is locked by another git process\(reason)"
    case .referenceMoved: "\(subject) has moved meanwhile, so nothing was committed"
    case .noIdentity: "git does not know who commits: \(subject) is not set"
    case .invalidDate: "cannot understand the date \(subject)"
    case .operationInProgress: "\(subject) is in progress in this repository"
    case .insideSubmodule: "'\(subject)' lies in a git submodule or in another repository"
    case .pathBlocked: "'\(subject)' is in the way\(reason)"
    case .hostilePath: "'\(subject)' is no path that git accepts\(reason)"
    case .invalidMessage: "the commit message \(detail ?? "is not valid")"
    case .cannotSign: "the commit cannot be signed: '\(subject)' failed\(reason)"
    case .invalidBranch: "'\(subject)' cannot be the name of a branch"
    case .branchCheckedOut: "the branch '\(subject)' is checked out\(detail.map { " in \($0)" } ?? "")"
    case .system: "'\(subject)'\(reason)"
    case .other: "git failed\(subject.isEmpty ? "" : " at '\(subject)'")\(reason)"
    }
  }

  /// How to mend it: one sentence in the imperative.
  package var hint: String? {
    switch code {
    case .notARepository: "run 'git init' there, or name a directory inside a repository"
    case .dubiousOwnership:
      "run as the owner, or trust it with: git config --global --add safe.directory '\(subject)'"
    case .unsupportedRepository: "use a repository with SHA-1 object names and references in files"
    case .unsupportedIndex:
      "run 'git update-index --no-split-index' and 'git sparse-checkout reapply --no-sparse-index', then try again"
    case .unreadableIndex: "run 'git fsck'; 'rm \(subject) && git reset' makes the index anew from the last commit"
    case .unreadableReference: "run 'git fsck'; 'git reflog' lists the commits that it named"
    case .unreadableConfiguration: "correct it; 'git config --list' names the line"
    case .unknownRevision: "name a branch, a tag or a commit; 'git log --oneline --all' lists commits"
    case .ambiguousRevision: "give more digits of the id"
    case .unreadableObject: "run 'git fsck'; in a partial or damaged clone fetch the object again"
    case .tooLarge: nil
    case .indexLocked: "wait for the other git process to end; if none runs, remove '\(subject)'"
    case .referenceLocked: "wait for the other git process to end; if none runs, remove the lock beside the reference"
    case .referenceMoved: "run the command again"
    case .noIdentity:
      "set it with: git config --global user.name 'Your Name'; git config --global user.email 'you@example.com'"
    case .invalidDate: "give seconds since 1970, optionally with an offset: '1700000000 +0100'"
    case .operationInProgress: "finish it or abort it, then try again"
    case .insideSubmodule: "run the command with a workspace that one repository holds as a whole"
    case .pathBlocked: "move it away, commit that, then try again"
    case .hostilePath: "choose another name"
    case .invalidMessage: "give a message with -m"
    case .cannotSign:
      "try 'git commit -S --allow-empty'; 'git config --get-regexp \"gpg|signing\"' shows the key and the program"
    case .invalidBranch: "see 'git help check-ref-format' for the rules"
    case .branchCheckedOut: "switch that work tree to another branch, or choose another branch to write to"
    case .system, .other: nil
    }
  }

  /// Message and hint as a diagnostic about no place in a file.
  package var diagnostic: Diagnostic { Diagnostic(message, hint: hint) }

  package var description: String { message }
}
