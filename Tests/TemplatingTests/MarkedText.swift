import Files

/// Text in which a test marks places: `bucket: ⟦x⟧` marks the `x`. The marks are taken out before the text is used.
struct MarkedText {
  /// The text without marks.
  let text: String
  /// The bytes of each marked place, in order.
  let ranges: [Range<Int>]

  init(_ marked: String) {
    var text = ""
    var ranges: [Range<Int>] = []
    var start = 0
    for character in marked {
      switch character {
      case "⟦": start = text.utf8.count
      case "⟧": ranges.append(start..<text.utf8.count)
      default: text.append(character)
      }
    }
    self.text = text
    self.ranges = ranges
  }

  /// The text with marks around the places that diagnostics point at.
  static func mark(_ text: String, _ diagnostics: Diagnostics) -> String {
    var bytes = Array(text.utf8)
    let ranges = diagnostics.list.compactMap(\.range).map { Int($0.start.offset)..<Int($0.start.offset + $0.length) }
    for range in ranges.sorted(by: { $0.lowerBound > $1.lowerBound }) {
      bytes.insert(contentsOf: "⟧".utf8, at: min(range.upperBound, bytes.count))
      bytes.insert(contentsOf: "⟦".utf8, at: min(range.lowerBound, bytes.count))
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
