import Files
import Glibc

/// A directory for files that another program reads and writes; nobody else may look into it, and it goes when we do.
struct PrivateDirectory: ~Copyable {
  private let path: String

  init() throws(GitError) {
    let base = Process.temporaryDirectory
    var template = Array("\(base)/sailplan-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw GitError(system: base) }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    for name in ["commit", "commit.sig", "key"] { unlink("\(path)/\(name)") }
    rmdir(path)
  }

  /// Writes a file; gives its path.
  func write(_ bytes: ByteString, to name: String) throws(GitError) -> String {
    let full = "\(path)/\(name)"
    do throws(Diagnostic) {
      try Disk.create(full, bytes)
    } catch {
      throw GitError(.system, full, detail: error.message)
    }
    return full
  }

  func read(_ name: String) throws(GitError) -> ByteString {
    do throws(Diagnostic) {
      return try Disk.read("\(path)/\(name)", limit: 1 << 20)
    } catch {
      throw GitError(.system, "\(path)/\(name)", detail: error.message)
    }
  }
}
