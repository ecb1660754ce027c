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
  func status(of file: TreeEntry) -> FileStatus? {
    let name = absolute(file.path)
    let descriptor = open(name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size <= 1 << 30 else {
      return nil
    }
    let size = Int(status.st_size)
    let contents = ByteString(capacity: size) { out in
      var done = 0
      while done < size, let base = out.baseAddress {
        let got = read(descriptor, base + done, size - done)
        if got <= 0 { break }
        done += got
      }
      return done
    }
    return ObjectID.blob(contents) == file.id ? FileStatus(status) : nil
  }

  /// Refuses paths that are reached through a link or lie in a repository of their own: their files are none of ours,
  /// and git would see nothing of them.
  /// - Throws: `.pathBlocked`, `.insideSubmodule`.
  func check(_ paths: [ByteString]) throws(GitError) {
    var checked: Set<ByteString> = []
    for path in paths {
      var unchecked: [ByteString] = []
      var end = path.lastIndex(of: UInt8(ascii: "/"))
      while let slash = end, checked.insert(path[0..<slash]).inserted {
        unchecked.append(path[0..<slash])
        end = path[0..<slash].lastIndex(of: UInt8(ascii: "/"))
      }
      for directory in unchecked.reversed() { try check(directory, neededBy: path) }
    }
  }

  private func check(_ directory: ByteString, neededBy path: ByteString) throws(GitError) {
    let place = absolute(directory)
    var status = stat()
    guard lstat(place, &status) == 0 else { return }
    if status.st_mode & S_IFMT == S_IFLNK {
      throw GitError(.pathBlocked, directory.text, detail: "it is a link, and '\(path)' needs a directory there")
    }
    if lstat("\(place)/.git", &status) == 0 { throw GitError(.insideSubmodule, directory.text) }
  }
}
