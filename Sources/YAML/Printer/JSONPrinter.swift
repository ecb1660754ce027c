package import Files

/// How JSON is to be written.
package struct JSONStyle: Sendable {
  /// Whether `<`, `>`, `&` become `\u003c` and so on, as Go does where nobody asks otherwise.
  package var escapesHTML = true
  /// How many blanks a level is indented by; 0 writes everything on one line.
  package var indent = 0
  /// Whether keys come in the order of their bytes; otherwise in their own.
  package var sortsKeys = true

  package init(escapesHTML: Bool = true, indent: Int = 0) {
    self.escapesHTML = escapesHTML
    self.indent = indent
  }
}

/// Appends `node` as JSON as Go's encoding/json writes it, without a newline at the end; keys are sorted by their bytes
/// unless the style says otherwise.
///
/// Keys that are not strings, and numbers that JSON lacks, are errors; their diagnostics point at the item.
package func printJSON(
  _ node: Node, style: JSONStyle = JSONStyle(), into out: inout ByteBuffer
) throws(Diagnostics) {
  var printer = JSONPrinter(out: ByteBuffer(capacity: 0), style: style)
  swap(&printer.out, &out)
  defer { swap(&printer.out, &out) }
  try printer.print(node, .none, 0)
}

private struct JSONPrinter: ~Copyable {
  var out: ByteBuffer
  let style: JSONStyle

  init(out: consuming ByteBuffer, style: JSONStyle) {
    self.out = out
    self.style = style
  }

  mutating func print(_ node: Node, _ position: Position, _ depth: Int) throws(Diagnostics) {
    switch node {
    case .null: out.append(literal: "null")
    case .bool(true): out.append(literal: "true")
    case .bool(false): out.append(literal: "false")
    case .int(let value): out.append(decimal: value)
    case .unsigned(let value): out.append(decimal: value)
    case .float(let value): try print(value, position)
    case .string(let text): text.withBytes { print($0) }
    case .map(let items): try print(items, depth)
    case .sequence(let items):
      out.append(UInt8(ascii: "["))
      for index in items.indices where !out.isOverLimit {
        if index > 0 { out.append(UInt8(ascii: ",")) }
        beginLine(depth + 1)
        try print(items[index].value, items[index].position, depth + 1)
      }
      if !items.isEmpty { beginLine(depth) }
      out.append(UInt8(ascii: "]"))
    }
  }

  private mutating func print(_ items: [MapItem], _ depth: Int) throws(Diagnostics) {
    var keys: [(key: ByteString, index: Int)] = []
    keys.reserveCapacity(items.count)
    for (index, item) in items.enumerated() {
      guard case .string(let key) = item.key else { throw Diagnostics(.keyIsNoString(item)) }
      keys.append((key, index))
    }
    if style.sortsKeys { keys.sort { $0.key < $1.key } }
    out.append(UInt8(ascii: "{"))
    for (place, entry) in keys.enumerated() where !out.isOverLimit {
      if place > 0 { out.append(UInt8(ascii: ",")) }
      beginLine(depth + 1)
      entry.key.withBytes { print($0) }
      out.append(UInt8(ascii: ":"))
      if style.indent > 0 { out.append(UInt8(ascii: " ")) }
      try print(items[entry.index].value, items[entry.index].position, depth + 1)
    }
    if !items.isEmpty { beginLine(depth) }
    out.append(UInt8(ascii: "}"))
  }

  private mutating func beginLine(_ depth: Int) {
    if style.indent == 0 { return }
    out.append(UInt8(ascii: "\n"))
    out.append(repeating: UInt8(ascii: " "), count: depth * style.indent)
  }

  private mutating func print(_ value: Double, _ position: Position) throws(Diagnostics) {
    if !value.isFinite { throw Diagnostics(.numberIsNotFinite(value, position)) }
    out.append(float: value, positional: -6...20, exponentDigits: 1)
  }

  private mutating func print(_ bytes: UnsafeBufferPointer<UInt8>) {
    out.append(UInt8(ascii: "\""))
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        out.append(UInt8(ascii: "\\"))
        out.append(byte)
      case 0x08: out.append(literal: "\\b")
      case 0x0C: out.append(literal: "\\f")
      case 0x0A: out.append(literal: "\\n")
      case 0x0D: out.append(literal: "\\r")
      case 0x09: out.append(literal: "\\t")
      case 0x00..<0x20:
        printHex(UInt32(byte))
      case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"):
        if style.escapesHTML { printHex(UInt32(byte)) } else { out.append(byte) }
      case 0x20..<0x80:
        out.append(byte)
      default:
        let width = characterWidth(bytes, index)
        if width == 0 {
          out.append(literal: "\u{FFFD}")
        } else if byte == 0xE2 && isWideBreak(bytes, index) {
          printHex(bytes[index + 2] == 0xA8 ? 0x2028 : 0x2029)
        } else {
          out.append(UnsafeBufferPointer(rebasing: bytes[index..<index + width]))
        }
        index += max(width - 1, 0)
      }
      index += 1
    }
    out.append(UInt8(ascii: "\""))
  }

  private mutating func printHex(_ value: UInt32) {
    out.append(literal: "\\u")
    for place in (0..<4).reversed() {
      let digit = UInt8(value >> UInt32(place * 4) & 0xF)
      out.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
    }
  }
}

extension Diagnostic {
  fileprivate static func keyIsNoString(_ item: MapItem) -> Diagnostic {
    Diagnostic(
      "JSON takes strings as keys only, and this key is \(item.key.described)", at: item.position,
      hint: "quote the key")
  }

  fileprivate static func numberIsNotFinite(_ value: Double, _ position: Position) -> Diagnostic {
    Diagnostic("JSON has no number for \(value)", at: position, hint: "print YAML, or write a finite number")
  }
}
