import Files

/// The order in which manifests list keys: by letters, with runs of digits by their number.
enum NaturalOrder {
  /// Whether `left` comes first.
  static func precedes(_ left: ByteString, _ right: ByteString) -> Bool {
    left.withBytes { a in
      right.withBytes { b in
        var index = 0
        let common = min(a.count, b.count)
        while index < common && a[index] == b[index] { index += 1 }
        if index == a.count || index == b.count { return a.count < b.count }
        return isLetter(a[index]) && isLetter(b[index]) ? a[index] < b[index] : precedesSlowly(left, right)
      }
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")) || (byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z"))
  }

  private static func precedesSlowly(_ left: ByteString, _ right: ByteString) -> Bool {
    let a = Array(left.text.unicodeScalars)
    let b = Array(right.text.unicodeScalars)
    guard let index = (0..<min(a.count, b.count)).first(where: { a[$0] != b[$0] }) else { return a.count < b.count }
    let aIsLetter = MarkerScanner.isLetter(a[index]) && a[index] != "_"
    let bIsLetter = MarkerScanner.isLetter(b[index]) && b[index] != "_"
    if aIsLetter && bIsLetter { return a[index] < b[index] }
    if aIsLetter || bIsLetter { return bIsLetter }
    // Behind other digits a zero counts.
    var start: Int64 = 0
    if a[index] == "0" || b[index] == "0" {
      var before = index - 1
      while before >= 0 && isDigit(a[before]) {
        if a[before] != "0" {
          start = 1
          break
        }
        before -= 1
      }
    }
    let (aNumber, aEnd) = number(a, index, start)
    let (bNumber, bEnd) = number(b, index, start)
    if aNumber != bNumber { return aNumber < bNumber }
    if aEnd != bEnd { return aEnd < bEnd }
    return a[index] < b[index]
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.generalCategory == .decimalNumber }

  private static func number(_ text: [Unicode.Scalar], _ index: Int, _ start: Int64) -> (Int64, Int) {
    var value = start
    var end = index
    while end < text.count && isDigit(text[end]) {
      value = value &* 10 &+ (Int64(text[end].value) - 0x30)
      end += 1
    }
    return (value, end)
  }
}
