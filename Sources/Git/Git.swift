/// Git repositories: what is in a commit, and making a commit of exactly our files.
///
/// What lives here: `Repository` (opened by `Repository+Discover.swift`, read by `Repository+Read.swift`, written by
/// `Repository+Commit.swift`), the ids and bytes of objects, identity, the index. It takes and gives bytes and paths
/// and knows nothing of Kubernetes. libgit2 1.5 does the work; whatever is named `git_…` is called here and nowhere
/// else, and no C type leaves this target.
///
/// May import: `Files`, `Clibgit2` and `Czlib` (internally), Crypto, Glibc. Start reading at `Repository.swift`.
