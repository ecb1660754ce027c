internal import Clibgit2
internal import Czlib
import Glibc

/// libgit2 as a whole.
package enum Library {
  /// Set up once per process, by whoever comes first, and never taken down.
  ///
  /// Loading takes about 3 ms, see `warmUp()`.
  static let ready: Bool = {
    guard sailplan_zlib_load() == nil, sailplan_git_load() == nil, git_libgit2_init() > 0 else { return false }
    sailplan_git_enable_fsync()
    sailplan_git_disable_cache()
    // Neither changes what objects mean: a partial clone lacks some, and the configuration of a linked work tree
    // is read where identity is looked up.
    let extensions = ["worktreeconfig", "partialclone", "preciousobjects"]
    let names = extensions.map { strdup($0) }
    defer { for name in names { free(name) } }
    var pointers = names.map { UnsafePointer<CChar>($0) }
    sailplan_git_set_extensions(&pointers, pointers.count)
    return true
  }()

  /// Sets libgit2 up on a thread of its own, so that a command that will need it can do something else meanwhile.
  package static func warmUp() {
    var thread = pthread_t()
    let started = pthread_create(
      &thread, nil,
      { _ in
        _ = Library.ready
        return nil
      }, nil)
    if started == 0 { pthread_detach(thread) }
  }
}

/// Calls one C function of libgit2 and throws what it reports; `function` is its name.
///
/// libgit2 keeps the text of an error per thread until the next call: it is read here, at once.
func git(_ function: StaticString, _ call: () -> Int32) throws(GitError) {
  let status = call()
  if status < 0 { throw GitError(status: status, function: function) }
}

extension GitError {
  init(status: Int32, function: StaticString) {
    let last = git_error_last()
    let text = last.flatMap { $0.pointee.message }.map { String(cString: $0) }
    let code: Code =
      switch git_error_code(status) {
      case GIT_EOWNER: .dubiousOwnership
      case GIT_EAMBIGUOUS: .ambiguousRevision
      case GIT_EMODIFIED: .referenceMoved
      case GIT_EMISMATCH: .unreadableObject
      default: last?.pointee.klass == Int32(GIT_ERROR_CONFIG.rawValue) ? .unreadableConfiguration : .other
      }
    self.init(code, function: "\(function)", detail: text ?? "\(function) gave \(status)")
    self.status = status
  }

  /// Whether libgit2 reported that there is no such thing.
  var isNotFound: Bool { status == GIT_ENOTFOUND.rawValue }
}
