/// Guesses which name was meant by a misspelt one.
package enum Spelling {
  /// The name fewest edits away, case and underscores aside; nothing if that takes half of the letters or more.
  package static func nearest(to name: ByteString, among candidates: [ByteString]) -> ByteString? {
    let wanted = fold(name)
    var best: ByteString?
    var fewest = (wanted.count + 1) / 2
    for candidate in candidates {
      let edits = distance(wanted, fold(candidate), atMost: fewest)
      if edits < fewest {
        fewest = edits
        best = candidate
      }
    }
    return best
  }

  private static func fold(_ name: ByteString) -> [UInt8] {
    name.bytes.compactMap { byte in
      switch byte {
      case UInt8(ascii: "_"): nil
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
      default: byte
      }
    }
  }

  /// How many letters must be added, removed or replaced; some number above `limit` once it is known to be above.
  private static func distance(_ left: [UInt8], _ right: [UInt8], atMost limit: Int) -> Int {
    if abs(left.count - right.count) > limit { return limit + 1 }
    var row = Array(0...right.count)
    for (i, letter) in left.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      var best = row[0]
      for (j, other) in right.enumerated() {
        let replaced = diagonal + (letter == other ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(replaced, row[j] + 1, diagonal + 1)
        best = min(best, row[j + 1])
      }
      if best > limit { return limit + 1 }
    }
    return row[right.count]
  }
}
