/// An amount of processor time, memory or the like, as Kubernetes has it: `500m`, `1Gi`, `0.5`.
///
/// Amounts finer than a thousandth, in exponents, or beyond 64 bits are not read.
struct Quantity: Equatable, CustomStringConvertible {
  /// In thousandths.
  let thousandths: Int64

  init?(_ text: String) {
    let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    let suffix = String(text.dropFirst(number.count))
    let parts = number.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let whole = parts.first.flatMap({ Int64($0) }) else { return nil }
    let fraction = parts.count > 1 ? String(parts[1]) : ""
    guard fraction.count <= 3, fraction.allSatisfy({ $0.isNumber }) else { return nil }
    let rest = Int64(fraction + String(repeating: "0", count: 3 - fraction.count)) ?? 0
    let (scaled, isTooMuch) = whole.multipliedReportingOverflow(by: 1000)
    guard !isTooMuch else { return nil }
    if suffix == "m" {
      guard rest == 0 else { return nil }
      thousandths = whole
      return
    }
    guard let scale = Self.scales[suffix] else { return nil }
    let (amount, overflows) = (scaled + rest).multipliedReportingOverflow(by: scale)
    guard !overflows else { return nil }
    thousandths = amount
  }

  private static let scales: [String: Int64] = [
    "": 1, "k": 1000, "M": 1_000_000, "G": 1_000_000_000, "T": 1_000_000_000_000, "Ki": 1 << 10, "Mi": 1 << 20,
    "Gi": 1 << 30, "Ti": 1 << 40,
  ]

  /// As few digits as binary suffixes and thousandths allow.
  var description: String {
    guard thousandths % 1000 == 0 else { return "\(thousandths)m" }
    let whole = thousandths / 1000
    for (suffix, scale) in [("Ti", 1 << 40), ("Gi", 1 << 30), ("Mi", 1 << 20), ("Ki", 1 << 10)] as [(String, Int64)]
    where whole > 0 && whole % scale == 0 {
      return "\(whole / scale)\(suffix)"
    }
    return "\(whole)"
  }
}
