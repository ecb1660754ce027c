package import Files

/// The documents as ytt prints them: joined by `---`, those that are null, `{}` or `[]` left out.
package func print(_ documents: [Document]) -> ByteString {
  var out = ByteBuffer()
  print(documents, into: &out)
  return out.finish()
}

/// The documents as ytt prints them; nothing if that is more than `limit` bytes.
package func print(_ documents: [Document], limit: Int) -> ByteString? {
  var out = ByteBuffer(limit: limit)
  print(documents, into: &out)
  return out.isOverLimit ? nil : out.finish()
}

/// Appends the documents as ytt prints them.
package func print(_ documents: [Document], into out: inout ByteBuffer) {
  var isFirst = true
  for document in documents where !document.isEmpty {
    if !isFirst { out.append(literal: "---\n") }
    isFirst = false
    print(document.value, into: &out)
  }
}

/// Appends one node as a document of its own: block style, ending with a newline.
package func print(_ node: Node, into out: inout ByteBuffer) {
  var printer = Printer(out: ByteBuffer(capacity: 0))
  swap(&printer.out, &out)
  printer.printRoot(node)
  swap(&printer.out, &out)
}

extension Document {
  /// Whether ytt leaves the document out when it prints: null, `{}` or `[]`.
  package var isEmpty: Bool {
    switch value {
    case .null: true
    case .map(let items): items.isEmpty && !isKeptEmpty
    case .sequence(let items): items.isEmpty && !isKeptEmpty
    default: false
    }
  }
}

/// Prints block style with two blanks a level, sequences in the column of the keys that hold them.
package struct Printer: ~Copyable {
  package var out: ByteBuffer
  /// Behind which column strings on one line are folded; nothing if they never are, as ytt has it.
  let lineWidth: Int?

  mutating func printRoot(_ node: Node) {
    switch node {
    case .map(let items) where !items.isEmpty: printMap(items, 0, isInline: false)
    case .sequence(let items) where !items.isEmpty: printSequence(items, 0, isInline: false)
    default:
      printScalar(node, 2)
      endLine()
    }
  }

  /// Prints the items with their keys in column `indent`; `isInline` if the first follows an indicator on its line.
  private mutating func printMap(_ items: [MapItem], _ indent: Int, isInline: Bool) {
    var isInline = isInline
    for index in items.indices {
      if out.isOverLimit { return }
      if isInline {
        out.append(UInt8(ascii: " "))
        isInline = false
      } else {
        out.append(repeating: UInt8(ascii: " "), count: indent)
      }
      if printSimpleKey(items[index].key) {
        printValue(items[index].value, indent)
      } else {
        out.append(UInt8(ascii: "?"))
        printInline(items[index].key, indent)
        out.append(repeating: UInt8(ascii: " "), count: indent)
        out.append(UInt8(ascii: ":"))
        printInline(items[index].value, indent)
      }
    }
  }

  package mutating func printSequence(_ items: [SequenceItem], _ indent: Int, isInline: Bool) {
    var isInline = isInline
    for index in items.indices {
      if out.isOverLimit { return }
      if isInline {
        out.append(UInt8(ascii: " "))
        isInline = false
      } else {
        out.append(repeating: UInt8(ascii: " "), count: indent)
      }
      out.append(UInt8(ascii: "-"))
      printInline(items[index].value, indent)
    }
  }

  /// Prints a node behind `-`, `?` or the `:` that answers a `?`, on the same line.
  private mutating func printInline(_ node: Node, _ indent: Int) {
    switch node {
    case .map(let items) where !items.isEmpty:
      printMap(items, indent + 2, isInline: true)
    case .sequence(let items) where !items.isEmpty:
      printSequence(items, indent + 2, isInline: true)
    default:
      out.append(UInt8(ascii: " "))
      printScalar(node, indent + 2)
      endLine()
    }
  }

  /// Prints a value behind a key in column `indent` and its `:`.
  @inline(__always)
  package mutating func printValue(_ node: Node, _ indent: Int) {
    switch node {
    case .map(let items) where !items.isEmpty:
      out.append(UInt8(ascii: "\n"))
      printMap(items, indent + 2, isInline: false)
    case .sequence(let items) where !items.isEmpty:
      out.append(UInt8(ascii: "\n"))
      printSequence(items, indent, isInline: false)
    default:
      out.append(UInt8(ascii: " "))
      printScalar(node, indent + 2)
      endLine()
    }
  }

  /// Prints a key and its `:`, if the key fits on a line: no line break, and no more than 128 bytes.
  @inline(__always)
  private mutating func printSimpleKey(_ key: Node) -> Bool {
    switch key {
    case .string(let text):
      let isSimple = text.withBytes { bytes in
        if bytes.count > 128 { return false }
        let traits = ScalarTraits(bytes)
        if traits.isMultiline || (traits.style == .binary && (bytes.count + 2) / 3 * 4 + 8 > 128) { return false }
        printString(bytes, traits.style, 0)
        return true
      }
      if !isSimple { return false }
    case .map(let items):
      if !items.isEmpty { return false }
      out.append(literal: "{}")
    case .sequence(let items):
      if !items.isEmpty { return false }
      out.append(literal: "[]")
    default:
      printScalar(key, 0)
    }
    out.append(UInt8(ascii: ":"))
    return true
  }

  /// Ends the line, unless a block scalar has.
  @inline(__always)
  private mutating func endLine() {
    if !endsInBreak { out.append(UInt8(ascii: "\n")) }
    endsInBreak = false
  }

  /// Whether a block scalar, just printed, ended with its line's end.
  var endsInBreak = false

  package init(out: consuming ByteBuffer, lineWidth: Int? = nil) {
    self.out = out
    self.lineWidth = lineWidth
  }

  /// What has been printed.
  package consuming func finish() -> ByteString { out.finish() }

  /// Prints a key in column `indent`, which the line has reached, with its `:`.
  package mutating func printKey(_ key: ByteString, _ indent: Int) {
    if printSimpleKey(.string(key)) { return }
    out.append(UInt8(ascii: "?"))
    printInline(.string(key), indent)
    out.append(repeating: UInt8(ascii: " "), count: indent)
    out.append(UInt8(ascii: ":"))
  }

  /// Prints a string behind what stands on the line, and ends the line; further lines of it begin in column `indent`.
  package mutating func printText(_ text: ByteString, _ indent: Int) {
    text.withBytes { printFolded($0, ScalarTraits($0).style, indent) }
    endLine()
  }

  /// Prints a scalar or an empty collection; further lines of it begin in column `indent`.
  @inline(__always)
  private mutating func printScalar(_ node: Node, _ indent: Int) {
    switch node {
    case .null: out.append(literal: "null")
    case .bool(true): out.append(literal: "true")
    case .bool(false): out.append(literal: "false")
    case .int(let value): out.append(decimal: value)
    case .unsigned(let value): out.append(decimal: value)
    case .float(let value): out.append(yamlFloat: value)
    case .string(let text): text.withBytes { printFolded($0, ScalarTraits($0).style, indent) }
    case .map: out.append(literal: "{}")
    case .sequence: out.append(literal: "[]")
    }
  }
}
