import Files
internal import Clibgit2
import Glibc

/// The files beside the git directory, as far as a commit has to look at them.
struct WorkTree {
  /// Its top directory.
  let path: String

  private func absolute(_ relative: ByteString) -> String { "\(path)/\(relative)" }

  /// What the index is to remember of a file: nothing unless it is a plain file that holds exactly the committed bytes,
  /// so that git reports whatever else stands there.
  func facts(of file: TreeEntry) -> stat? {
    let name = absolute(file.path)
    let descriptor = open(name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var facts = stat()
    guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG, facts.st_size <= 1 << 30 else {
      return nil
    }
    let size = Int(facts.st_size)
    let contents = ByteString(capacity: size) { out in
      var done = 0
      while done < size, let base = out.baseAddress {
        let got = read(descriptor, base + done, size - done)
        if got <= 0 { break }
        done += got
      }
      return done
    }
    return ObjectID.blob(contents) == file.id ? facts : nil
  }

  /// Refuses paths that are reached through a link or lie in a repository of their own: their files are none of ours,
  /// and git would see nothing of them.
  /// - Throws: `.pathBlocked`, `.insideSubmodule`.
  func check(_ paths: [ByteString]) throws(GitError) {
    var checked: Set<ByteString> = []
    for path in paths {
      var at = 0
      while let slash = path.firstIndex(of: UInt8(ascii: "/"), from: at) {
        at = slash + 1
        let directory = path[0..<slash]
        guard checked.insert(directory).inserted else { continue }
        var facts = stat()
        guard lstat(absolute(directory), &facts) == 0 else { break }
        if facts.st_mode & S_IFMT == S_IFLNK {
          throw GitError(.pathBlocked, directory.text, detail: "it is a link, and '\(path)' needs a directory there")
        }
        if lstat(absolute(directory) + "/.git", &facts) == 0 { throw GitError(.insideSubmodule, directory.text) }
      }
    }
  }
}
