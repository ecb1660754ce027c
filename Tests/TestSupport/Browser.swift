import Glibc

/// A headless Chromium, for pages; tests that need one are skipped where there is none.
package enum Browser {
  /// The program: that which `SAILPLAN_CHROMIUM` names, or one in PATH.
  package static let program: String? = {
    if let named = getenv("SAILPLAN_CHROMIUM") { return String(cString: named) }
    return ["chromium", "chromium-browser", "google-chrome"].lazy.compactMap(Repository.search).first
  }()

  /// What the page is when it has loaded, as HTML; what it complained of is on standard error.
  package static func open(_ address: String, _ flags: String..., width: Int = 1280) throws -> Command.Result {
    let profile = try TemporaryDirectory()
    // The sandbox wants rights that containers do not give; the page is our own.
    let arguments = [
      program ?? "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
      "--hide-scrollbars",
      "--allow-file-access-from-files", "--enable-logging=stderr", "--user-data-dir=\(profile.path)",
      "--window-size=\(width),900", "--virtual-time-budget=3000",
    ]
    return try Command(arguments + flags + [address], timeout: 120).run()
  }
}
