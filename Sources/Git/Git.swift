/// Git repositories: what is in a commit, and making a commit of exactly our files.
///
/// What lives here: `Repository` (opened and read in `Repository/`, written by
/// `Commit/`), the names and bytes of objects, packs, signatures, the index. It takes and gives bytes and paths
/// and knows nothing of Kubernetes. libgit2 1.5 does the work; whatever is named `git_…` is called here and nowhere
/// else, and no C type leaves this target.
///
/// May import: `Files`, `Clibgit2` and `Czlib` (internally), Crypto, Glibc. Start reading at `Commit/Repository+Commit.swift`.
