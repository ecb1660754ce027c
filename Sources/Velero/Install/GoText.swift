// How Go reads the texts of flags: truths, whole numbers and durations.

/// A truth as `strconv.ParseBool` reads it; nothing for other texts.
func goBool(_ text: String) -> Bool? {
  switch text {
  case "1", "t", "T", "true", "TRUE", "True": true
  case "0", "f", "F", "false", "FALSE", "False": false
  default: nil
  }
}

/// A whole number as `strconv.ParseInt` reads it with base 0: decimal, or `0x`, `0o`, `0b` and `0` in front, and
/// underscores between digits; nothing for other texts and for what needs more than 64 bits.
func goInteger(_ text: String) -> Int64? {
  var digits = Substring(text)
  let isNegative = digits.hasPrefix("-")
  if isNegative || digits.hasPrefix("+") { digits = digits.dropFirst() }
  var radix = 10
  let lowered = digits.prefix(2).lowercased()
  for (prefix, base) in [("0x", 16), ("0o", 8), ("0b", 2)] where lowered == prefix {
    radix = base
    digits = digits.dropFirst(2)
  }
  if radix == 10, digits.utf8.count > 1, digits.hasPrefix("0") {
    radix = 8
    digits = digits.dropFirst()
  }
  if digits.hasPrefix("_") && radix != 10 { digits = digits.dropFirst() }
  guard !digits.isEmpty, !digits.hasPrefix("_"), !digits.hasSuffix("_"), !digits.contains("__") else { return nil }
  guard digits.utf8.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }) else { return nil }
  return Int64((isNegative ? "-" : "") + digits.filter { $0 != "_" }, radix: radix)
}

/// A duration in nanoseconds as `time.ParseDuration` reads it: numbers with units from `ns` to `h`, fractions cut off
/// below a nanosecond; nothing for other texts and for what needs more than 64 bits.
func goDuration(_ text: String) -> Int64? {
  var rest = Substring(text)
  let isNegative = rest.hasPrefix("-")
  if isNegative || rest.hasPrefix("+") { rest = rest.dropFirst() }
  if rest == "0" { return 0 }
  guard !rest.isEmpty else { return nil }
  var total: UInt64 = 0
  while !rest.isEmpty {
    let number = rest.prefix { $0.isASCII && ($0.isWholeNumber || $0 == ".") }
    rest = rest.dropFirst(number.count)
    let unit = rest.prefix { !($0.isASCII && $0.isWholeNumber) && $0 != "." }
    rest = rest.dropFirst(unit.count)
    guard let scale = durationUnits[String(unit)], let amount = scaled(number, by: scale) else { return nil }
    let (sum, overflow) = total.addingReportingOverflow(amount)
    if overflow { return nil }
    total = sum
  }
  if isNegative { return total <= 1 << 63 ? Int64(truncatingIfNeeded: 0 &- total) : nil }
  return Int64(exactly: total)
}

private let durationUnits: [String: UInt64] = [
  "ns": 1, "us": 1000, "\u{B5}s": 1000, "\u{3BC}s": 1000, "ms": 1_000_000, "s": 1_000_000_000,
  "m": 60_000_000_000, "h": 3_600_000_000_000,
]

/// A decimal number times `scale`, cut off to a whole; nothing if it is none or too large.
private func scaled(_ number: Substring, by scale: UInt64) -> UInt64? {
  let parts = number.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
  guard parts.count <= 2, number != ".", !number.isEmpty else { return nil }
  guard let whole = parts[0].isEmpty ? 0 : UInt64(parts[0]) else { return nil }
  let (product, overflow) = whole.multipliedReportingOverflow(by: scale)
  if overflow { return nil }
  guard parts.count == 2 else { return product }
  // No unit has more than 13 digits, so that digits beyond the eighteenth weigh nothing.
  var fraction: Double = 0
  var divisor: Double = 1
  for digit in parts[1].prefix(18) {
    fraction = fraction * 10 + Double(digit.wholeNumberValue ?? 0)
    divisor *= 10
  }
  let (sum, carries) = product.addingReportingOverflow(UInt64(fraction * (Double(scale) / divisor)))
  return carries ? nil : sum
}

/// A duration as Go prints it: `1h30m0s`, `500ms`.
func goDurationText(_ nanoseconds: Int64) -> String {
  let sign = nanoseconds < 0 ? "-" : ""
  let amount = nanoseconds.magnitude
  if amount == 0 { return "0s" }
  for (unit, scale) in [("ns", 1), ("\u{B5}s", 1000), ("ms", 1_000_000)] as [(String, UInt64)]
  where amount < scale * 1000 {
    return sign + decimal(amount, scale) + unit
  }
  let second: UInt64 = 1_000_000_000
  let seconds = decimal(amount % (60 * second), second) + "s"
  let minutes = amount / (60 * second)
  if minutes == 0 { return sign + seconds }
  return sign + (minutes < 60 ? "" : "\(minutes / 60)h") + "\(minutes % 60)m" + seconds
}

/// `amount` in units of `scale`, without zeros at the end of its fraction.
private func decimal(_ amount: UInt64, _ scale: UInt64) -> String {
  var fraction = String(amount % scale + scale).dropFirst()
  while fraction.last == "0" { fraction.removeLast() }
  return "\(amount / scale)" + (fraction.isEmpty ? "" : "." + fraction)
}
