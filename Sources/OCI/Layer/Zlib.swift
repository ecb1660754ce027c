internal import Czlib
import Files

/// zlib as a whole.
enum Zlib {
  /// Loads it, once per process.
  /// - Throws: a diagnostic that names what to install.
  static func load() throws(Diagnostic) {
    if let reason = sailplan_zlib_load() {
      throw Diagnostic(
        "cannot load zlib: \(String(cString: reason))",
        hint: "install it: the package is called zlib1g on Debian and Ubuntu, zlib elsewhere")
    }
  }

  static let outOfMemory = Diagnostic("zlib has no memory", hint: "free some memory, and try again")
}
