import Files
import Starlark

/// `@ytt:version`: what version of ytt this engine stands in for.
enum VersionModule {
  /// The version of ytt whose behaviour this is.
  static let compatible: (major: Int, minor: Int, patch: Int) = (0, 48, 0)

  static func make() -> Module {
    Module(
      "version",
      functions: [
        (
          "require_at_least",
          { arguments, _ throws(Failure) in
            let text = try arguments.only().requireString()
            guard let wanted = SemanticVersion(text) else {
              throw Failure("version string '\(text)' must be a valid semver")
            }
            guard wanted.isAtMost(compatible) else {
              throw Failure(
                "ytt version '\(compatible.major).\(compatible.minor).\(compatible.patch)' "
                  + "does not meet the minimum required version '\(text)'")
            }
            return .none
          }
        )
      ])
  }
}

/// A version as semver.org defines it.
private struct SemanticVersion {
  private var numbers: [ByteString]
  private var hasPrerelease: Bool

  init?(_ text: ByteString) {
    let build = text.firstIndex(of: UInt8(ascii: "+")) ?? text.count
    let dash = text[0..<build].firstIndex(of: UInt8(ascii: "-")) ?? build
    numbers = text[0..<dash].split(at: UInt8(ascii: "."))
    guard numbers.count == 3, numbers.allSatisfy(\.isVersionNumber) else { return nil }
    hasPrerelease = dash < build
    if hasPrerelease {
      for part in text[dash + 1..<build].split(at: UInt8(ascii: ".")) {
        guard part.isIdentifier, !part.isDigits || part.isVersionNumber else { return nil }
      }
    }
    if build < text.count {
      guard text[build + 1..<text.count].split(at: UInt8(ascii: ".")).allSatisfy(\.isIdentifier) else { return nil }
    }
  }

  /// Whether a released version satisfies `>=` this one. A version that precedes a release is below it.
  func isAtMost(_ version: (major: Int, minor: Int, patch: Int)) -> Bool {
    for (number, limit) in zip(numbers, [version.major, version.minor, version.patch]) {
      // A number too large for an integer is certainly larger.
      guard let number = Int(number.text) else { return false }
      if number != limit { return number < limit }
    }
    return true
  }
}

extension ByteString {
  fileprivate var isDigits: Bool {
    !isEmpty && withBytes { $0.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") } }
  }

  /// Digits without a leading zero.
  fileprivate var isVersionNumber: Bool { isDigits && (count == 1 || self[0] != UInt8(ascii: "0")) }

  fileprivate var isIdentifier: Bool {
    !isEmpty
      && withBytes {
        $0.allSatisfy { byte in
          switch byte {
          case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"):
            true
          default: false
          }
        }
      }
  }
}
