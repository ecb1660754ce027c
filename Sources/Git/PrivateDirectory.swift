import Files
import Glibc

/// A directory for files that another program reads and writes; nobody else may look into it, and it goes when we do.
struct PrivateDirectory: ~Copyable {
  private let path: String

  /// Where temporary files go.
  static var base: String { getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp" }
  /// A name there whose end the system is to fill in, as `mkstemp` wants it.
  static var template: [CChar] { Array("\(base)/sailplan-XXXXXX".utf8CString) }

  init() throws(GitError) {
    var template = Self.template
    guard mkdtemp(&template) != nil else { throw GitError(system: Self.base) }
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
