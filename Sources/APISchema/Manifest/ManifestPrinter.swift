import Files
import YAML

/// Prints a manifest as go-yaml does: block style, keys in order, long lines folded.
struct ManifestPrinter: ~Copyable {
  private var printer: Printer
  let dialect: Dialect
  private let maximumDescriptionLength: Int?
  /// Whether manifests name the release of controller-gen that they are like.
  let namesRelease: Bool
  /// How many bytes a manifest may have.
  static let maximumSize = 256 << 20

  /// `header` is printed in front.
  init(_ dialect: Dialect, header: ByteString, maximumDescriptionLength: Int?, namesRelease: Bool = true) {
    self.dialect = dialect
    self.maximumDescriptionLength = maximumDescriptionLength
    self.namesRelease = namesRelease
    var out = ByteBuffer(capacity: 16 << 10)
    out.append(header)
    printer = Printer(out: out, lineWidth: dialect.foldsLines ? 80 : nil)
  }

  /// Whether it is too large to go on.
  var isFull: Bool { printer.out.count > Self.maximumSize }

  consuming func finish() -> ByteString { printer.finish() }

  // MARK: - Lines

  mutating func raw(_ text: StaticString) { printer.out.append(literal: text) }

  /// Begins a line with a key.
  mutating func key(_ name: StaticString, _ indent: Int) {
    printer.out.append(repeating: UInt8(ascii: " "), count: indent)
    printer.out.append(literal: name)
    printer.out.append(UInt8(ascii: ":"))
  }

  private mutating func key(_ name: ByteString, _ indent: Int) {
    printer.out.append(repeating: UInt8(ascii: " "), count: indent)
    printer.printKey(name, indent)
  }

  /// A key whose value begins on the next line.
  mutating func open(_ name: StaticString, _ indent: Int) {
    key(name, indent)
    printer.out.append(UInt8(ascii: "\n"))
  }

  /// A key with a value of one word.
  mutating func word(_ name: StaticString, _ value: StaticString, _ indent: Int) {
    key(name, indent)
    printer.out.append(UInt8(ascii: " "))
    printer.out.append(literal: value)
    printer.out.append(UInt8(ascii: "\n"))
  }

  mutating func flag(_ name: StaticString, _ value: Bool, _ indent: Int) {
    word(name, value ? "true" : "false", indent)
  }

  mutating func text(_ name: StaticString, _ value: ByteString, _ indent: Int) {
    key(name, indent)
    printer.out.append(UInt8(ascii: " "))
    printer.printText(value, indent + 2)
  }

  private mutating func pair(_ name: ByteString, _ value: ByteString, _ indent: Int) {
    key(name, indent)
    printer.out.append(UInt8(ascii: " "))
    printer.printText(value, indent + 2)
  }

  mutating func number(_ name: StaticString, _ value: some FixedWidthInteger, _ indent: Int) {
    key(name, indent)
    printer.out.append(UInt8(ascii: " "))
    printer.out.append(decimal: value)
    printer.out.append(UInt8(ascii: "\n"))
  }

  mutating func list(_ name: StaticString, _ values: [ByteString], _ indent: Int) {
    open(name, indent)
    items(values, indent)
  }

  private mutating func items(_ values: [ByteString], _ indent: Int) {
    for value in values {
      dash(indent)
      printer.printText(value, indent + 2)
    }
  }

  /// Begins an item of a list; what follows stands on its line.
  mutating func dash(_ indent: Int) {
    printer.out.append(repeating: UInt8(ascii: " "), count: indent)
    printer.out.append(literal: "- ")
  }

  /// Key and value pairs in their order.
  mutating func map(_ name: StaticString, _ values: [ByteString: ByteString], _ indent: Int) {
    open(name, indent)
    for (key, value) in values.sorted(by: { NaturalOrder.precedes($0.key, $1.key) }) { pair(key, value, indent + 2) }
  }

  // MARK: - Schemas

  /// Prints a schema as the value of a key, whose `:` stands in front.
  mutating func value(_ schema: Schema, _ indent: Int, dropsDefaults: Bool) {
    if hasOutput(schema, dropsDefaults) {
      printer.out.append(UInt8(ascii: "\n"))
      entries(schema, indent + 2, isInline: false, dropsDefaults: dropsDefaults)
    } else {
      printer.out.append(literal: " {}\n")
    }
  }

  private mutating func item(_ schema: Schema, _ indent: Int, dropsDefaults: Bool) {
    dash(indent)
    if hasOutput(schema, dropsDefaults) {
      entries(schema, indent + 2, isInline: true, dropsDefaults: dropsDefaults)
    } else {
      printer.out.append(literal: "{}\n")
    }
  }

  private func hasOutput(_ schema: Schema, _ dropsDefaults: Bool) -> Bool {
    schema.entries.contains { isPrinted($0, dropsDefaults) }
  }

  private func isPrinted(_ entry: Schema.Entry, _ dropsDefaults: Bool) -> Bool {
    switch entry.value {
    case .json(let value): !value.isNull && !(dropsDefaults && entry.keyword == .default)
    case .jsons(let values): !values.isEmpty
    case .properties(let list): !list.isEmpty
    case .text: !(entry.keyword == .description && maximumDescriptionLength == 0)
    default: true
    }
  }

  private mutating func entries(_ schema: Schema, _ indent: Int, isInline: Bool, dropsDefaults: Bool) {
    var isInline = isInline
    for entry in schema.entries where isPrinted(entry, dropsDefaults) {
      if !isInline { printer.out.append(repeating: UInt8(ascii: " "), count: indent) }
      isInline = false
      printer.out.append(entry.keyword.name)
      printer.out.append(UInt8(ascii: ":"))
      print(entry, indent, dropsDefaults: dropsDefaults)
    }
  }

  /// Prints what a keyword says, whose `:` stands in front.
  private mutating func print(_ entry: Schema.Entry, _ indent: Int, dropsDefaults: Bool) {
    // Defaults are dropped along properties and items only.
    let keepsDropping = dropsDefaults && entry.keyword == .items
    switch entry.value {
    case .flag(let value): printer.out.append(value ? ByteString(" true\n") : " false\n")
    case .integer(let value): printer.printValue(.int(value), indent)
    case .number(let value): printer.printValue(JSONValue.number(value), indent)
    case .text(let value):
      printer.out.append(UInt8(ascii: " "))
      printer.printText(entry.keyword == .description ? shortened(value) : value, indent + 2)
    case .texts(let values):
      printer.out.append(UInt8(ascii: "\n"))
      items(values, indent)
    case .json(let value): printer.printValue(value.node, indent)
    case .jsons(let values): printer.printValue(.sequence(values.map { SequenceItem($0.node) }), indent)
    case .schema(let value): self.value(value, indent, dropsDefaults: keepsDropping)
    case .schemas(let values):
      printer.out.append(UInt8(ascii: "\n"))
      for value in values { item(value, indent, dropsDefaults: false) }
    case .properties(let list):
      printer.out.append(UInt8(ascii: "\n"))
      for property in list where !isFull {
        key(property.name, indent + 2)
        value(property.schema, indent + 2, dropsDefaults: dropsDefaults)
      }
    case .rules(let rules):
      printer.out.append(UInt8(ascii: "\n"))
      for rule in rules { print(rule, indent) }
    case .documentation(let value):
      printer.out.append(UInt8(ascii: "\n"))
      if !value.description.isEmpty { text("description", value.description, indent + 2) }
      text("url", value.url, indent + 2)
    case .reference(.literal(let link)):
      printer.out.append(UInt8(ascii: " "))
      printer.printText(link, indent + 2)
    case .reference: printer.out.append(literal: " null\n")
    case .anything: printer.out.append(literal: " true\n")
    }
  }

  private mutating func print(_ rule: ValidationRule, _ indent: Int) {
    dash(indent)
    var column = 0
    func next() -> Int {
      defer { column = indent + 2 }
      return column
    }
    if !rule.fieldPath.isEmpty { field("fieldPath", rule.fieldPath, next(), indent) }
    if !rule.message.isEmpty { field("message", rule.message, next(), indent) }
    if !rule.messageExpression.isEmpty { field("messageExpression", rule.messageExpression, next(), indent) }
    if let optionalOldSelf = rule.optionalOldSelf { flag("optionalOldSelf", optionalOldSelf, next()) }
    if !rule.reason.isEmpty { field("reason", rule.reason, next(), indent) }
    field("rule", rule.rule, next(), indent)
  }

  /// A field of an item: in column `column`, or behind the dash if that is 0; the item stands in column `indent`.
  mutating func field(_ name: StaticString, _ value: ByteString, _ column: Int, _ indent: Int) {
    key(name, column)
    printer.out.append(UInt8(ascii: " "))
    printer.printText(value, indent + 4)
  }

  private func shortened(_ description: ByteString) -> ByteString {
    guard let most = maximumDescriptionLength, most > 0 else { return description }
    return Description.cut(description, toBytes: most, atWords: dialect.cutsDescriptionsAtWords)
  }
}
