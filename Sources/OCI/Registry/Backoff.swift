import Glibc

/// How long to wait before a request is sent once more, and whether to.
struct Backoff {
  private var left: Int
  private var pause = 0.1

  private static let longestPause = 5.0
  /// The most seconds that a server is waited for when it says how long.
  private static let longestAsked = 60

  init(retries: Int) { left = retries }

  /// The seconds to wait now; nothing where it has been tried often enough.
  mutating func next() -> Double? {
    guard left > 0 else { return nil }
    left -= 1
    defer { pause = min(pause * 2, Self.longestPause) }
    return pause
  }

  /// Whether an answer comes of a server that has too much to do or is in trouble.
  static func isPassing(_ answer: HTTPResponse) -> Bool { [408, 429, 500, 502, 503, 504].contains(answer.status) }

  /// The seconds to wait after an answer of a server that has too much to do or is in trouble; nothing after another
  /// answer, or where it has been tried often enough.
  mutating func next(after answer: HTTPResponse) -> Double? {
    guard Self.isPassing(answer), let usual = next() else { return nil }
    guard let asked = answer.headers["Retry-After"].flatMap({ Int($0) }), asked >= 0 else { return usual }
    return asked > Self.longestAsked ? nil : max(usual, Double(asked))
  }

  /// Waits.
  static func sleep(_ seconds: Double) {
    var rest = timespec(tv_sec: Int(seconds), tv_nsec: Int((seconds - seconds.rounded(.down)) * 1e9))
    var left = timespec()
    while nanosleep(&rest, &left) != 0 && errno == EINTR { rest = left }
  }
}
