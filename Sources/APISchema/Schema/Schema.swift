package import Files
import YAML

/// An OpenAPI v3 schema as CRDs know them: keywords with their values, in the order of `Keyword`.
///
/// Copying shares, changing copies. A keyword whose value is empty, false or zero where that means nothing is not there.
package struct Schema: Sendable, Equatable {
  package struct Entry: Sendable, Equatable {
    package var keyword: Keyword
    package var value: Value
  }

  package indirect enum Value: Sendable, Equatable {
    case flag(Bool)
    case integer(Int64)
    case number(Double)
    case text(ByteString)
    case texts([ByteString])
    case json(JSONValue)
    case jsons([JSONValue])
    case schema(Schema)
    case schemas([Schema])
    case properties([Property])
    case rules([ValidationRule])
    case documentation(ExternalDocumentation)
    case reference(Reference)
    /// `additionalProperties: true`
    case anything
  }

  /// A property of an object.
  package struct Property: Sendable, Equatable {
    package var name: ByteString
    package var schema: Schema
  }

  package private(set) var entries: [Entry]

  package init() { entries = [] }

  package init(type: ByteString, format: ByteString = .empty) {
    entries = []
    self.type = type
    self.format = format
  }

  package var isEmpty: Bool { entries.isEmpty }

  package subscript(keyword: Keyword) -> Value? {
    get {
      for entry in entries where entry.keyword == keyword { return entry.value }
      return nil
    }
    set {
      var index = 0
      while index < entries.count && entries[index].keyword < keyword { index += 1 }
      let isThere = index < entries.count && entries[index].keyword == keyword
      switch (newValue, isThere) {
      case (let value?, true): entries[index].value = value
      case (let value?, false): entries.insert(Entry(keyword: keyword, value: value), at: index)
      case (nil, true): entries.remove(at: index)
      case (nil, false): break
      }
    }
  }

  /// Without the keywords that `isLeftOut` names.
  func removing(_ isLeftOut: (Keyword) -> Bool) -> Schema {
    var rest = self
    rest.entries.removeAll { isLeftOut($0.keyword) }
    return rest
  }

  /// With each value replaced; the keywords stay.
  mutating func mapValues(_ body: (Entry) -> Value?) {
    for index in entries.indices {
      if let value = body(entries[index]) { entries[index].value = value }
    }
  }
}

/// What a schema refers to.
package enum Reference: Sendable, Hashable {
  /// A type, by its number.
  case type(Int)
  /// The schema of a type in which references that would lead in circles are cut, by its number.
  case tree(Int)
  /// Text to print.
  case literal(ByteString)
}

/// A rule in the Common Expression Language.
package struct ValidationRule: Sendable, Equatable {
  package var rule: ByteString
  package var message: ByteString = .empty
  package var messageExpression: ByteString = .empty
  package var reason: ByteString = .empty
  package var fieldPath: ByteString = .empty
  package var optionalOldSelf: Bool?

  package init(rule: ByteString, message: ByteString = .empty) {
    self.rule = rule
    self.message = message
  }
}

/// Where more is to be read.
package struct ExternalDocumentation: Sendable, Equatable {
  package var url: ByteString
  package var description: ByteString
}

extension Schema {
  private func text(_ keyword: Keyword) -> ByteString {
    if case .text(let text)? = self[keyword] { text } else { .empty }
  }

  private mutating func set(_ keyword: Keyword, _ text: ByteString) {
    self[keyword] = text.isEmpty ? nil : .text(text)
  }

  /// `object`, `array`, `string` and so on; empty where it is left open.
  package var type: ByteString {
    get { text(.type) }
    set { set(.type, newValue) }
  }

  package var format: ByteString {
    get { text(.format) }
    set { set(.format, newValue) }
  }

  package var description: ByteString {
    get { text(.description) }
    set { set(.description, newValue) }
  }

  /// `map`, `set` or `atomic`; empty where it is left open.
  package var listType: ByteString {
    get { if case .json(let value)? = self[.listType], case .string(let text) = value.node { text } else { .empty } }
    set { self[.listType] = .json(JSONValue(.string(newValue))) }
  }

  /// Whether the keyword is there and true.
  package func has(_ flag: Keyword) -> Bool {
    if case .flag(true)? = self[flag] { true } else { false }
  }

  package mutating func set(_ flag: Keyword, _ isSet: Bool) { self[flag] = isSet ? .flag(true) : nil }

  package var reference: Reference? {
    get { if case .reference(let reference)? = self[.reference] { reference } else { nil } }
    set { self[.reference] = newValue.map { .reference($0) } }
  }

  package var items: Schema? {
    get { if case .schema(let schema)? = self[.items] { schema } else { nil } }
    set { self[.items] = newValue.map { .schema($0) } }
  }

  package var properties: [Property]? {
    get { if case .properties(let list)? = self[.properties] { list } else { nil } }
    set { self[.properties] = newValue.map { .properties($0) } }
  }

  package var required: [ByteString] {
    get { if case .texts(let list)? = self[.required] { list } else { [] } }
    set { self[.required] = newValue.isEmpty ? nil : .texts(newValue) }
  }

  package var allOf: [Schema] {
    get { if case .schemas(let list)? = self[.allOf] { list } else { [] } }
    set { self[.allOf] = newValue.isEmpty ? nil : .schemas(newValue) }
  }

  package mutating func append(_ rule: ValidationRule) {
    if case .rules(let rules)? = self[.validations] {
      self[.validations] = .rules(rules + [rule])
    } else {
      self[.validations] = .rules([rule])
    }
  }
}
