import Glibc

/// Colours, where a person looks and wants them (see no-color.org).
struct Style {
  private let isColoured: Bool

  init(for output: Output) {
    let refuses = getenv("NO_COLOR").map { $0.pointee != 0 } ?? false
    let isDumb = getenv("TERM").map { String(cString: $0) == "dumb" } ?? false
    isColoured = output.isTerminal && !refuses && !isDumb
  }

  private init(isColoured: Bool) { self.isColoured = isColoured }

  /// No colours.
  static let plain = Style(isColoured: false)

  func bold(_ text: String) -> String { wrap(text, "1") }
  func red(_ text: String) -> String { wrap(text, "31") }
  func green(_ text: String) -> String { wrap(text, "32") }
  func cyan(_ text: String) -> String { wrap(text, "36") }
  /// Stands out of whatever colour is around it.
  func inverse(_ text: String) -> String { isColoured && !text.isEmpty ? "\u{1B}[7m\(text)\u{1B}[27m" : text }

  private func wrap(_ text: String, _ code: String) -> String {
    isColoured && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
