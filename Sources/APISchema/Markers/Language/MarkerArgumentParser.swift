import Files
import YAML

/// Reads the arguments of a marker: strings with or without quotes, numbers, truth values, lists, maps, and values whose
/// type is guessed.
struct MarkerArgumentParser {
  private let dialect: Dialect
  private var scanner: MarkerScanner
  /// How many lists and maps are open where a type is guessed.
  private var depth = 0

  /// How deep lists and maps may nest.
  static let maximumDepth = 200

  init(_ text: ByteString, dialect: Dialect) {
    self.dialect = dialect
    scanner = MarkerScanner(text.bytes, numbers: dialect.markerNumbers)
  }

  /// Reads `name=value,name=value` or, where the marker has one argument without a name, `value`.
  ///
  /// Fails with the first mistake.
  mutating func parse(_ declared: [MarkerArgument]) throws(MarkerMistake) -> MarkerArguments {
    var arguments = MarkerArguments()
    if scanner.peek != nil, let first = declared.first {
      if first.name.isEmpty {
        if let value = parseValue(first.type, inList: false) { arguments.set(first.name, value) }
      } else {
        parseNamed(declared, into: &arguments)
      }
    }
    if scanner.mistakes.isEmpty, scanner.scan() != .end {
      scanner.report(
        "extra arguments provided: \(quoted(scanner.rest))", hint: "put quotes around text with : , ; or } in it")
    }
    for argument in declared where !argument.isOptional && !arguments.has(argument.name) && scanner.mistakes.isEmpty {
      throw MarkerMistake(
        argument.name.isEmpty ? "missing argument" : "missing argument \(quoted(argument.name))",
        hint: argument.name.isEmpty
          ? "write = and a value (\(argument.type)) behind it" : "add \(argument.name)= and a value (\(argument.type))")
    }
    if let mistake = scanner.mistakes.first { throw mistake }
    return arguments
  }

  private mutating func parseNamed(_ declared: [MarkerArgument], into arguments: inout MarkerArguments) {
    while expect(.identifier, "argument name", hint: "write arguments as name=value, with commas between them") {
      let name = scanner.tokenText
      guard expect(.character("="), "equals") else { return }
      guard let argument = declared.first(where: { $0.name == name }) else {
        let nearest = Spelling.nearest(to: name, among: declared.map(\.name))
        let known = declared.map(\.name.text).joined(separator: ", ")
        scanner.report(
          "unknown argument \(quoted(name))", hint: nearest.map { "did you mean \($0)?" } ?? "it takes \(known)")
        return
      }
      let value = parseValue(argument.type, inList: false)
      guard scanner.mistakes.isEmpty else { return }
      if let value { arguments.set(name, value) }
      if scanner.peek == nil { return }
      guard expect(.character(","), "comma") else { return }
    }
  }

  private mutating func expect(_ token: MarkerScanner.Token, _ what: String, hint: String? = nil) -> Bool {
    if scanner.scan() == token { return true }
    scanner.report("expected \(what), got \(quoted(scanner.tokenText))", hint: hint)
    return false
  }

  private func quoted(_ text: ByteString) -> String { "\"\(text)\"" }

  // MARK: - Values

  private mutating func parseValue(_ type: MarkerArgument.Kind, inList: Bool) -> Node? {
    switch type {
    case .int: return parseInteger()
    case .number: return dialect.readsFloatsInMarkers ? parseNumber() : parseInteger()
    case .string: return parseString().map { .string($0) }
    case .bool:
      guard expect(.identifier, "true or false", hint: "write true or false") else { return nil }
      if scanner.tokenText == "true" { return .bool(true) }
      if scanner.tokenText == "false" { return .bool(false) }
      scanner.report("expected true or false, got \(quoted(scanner.tokenText))", hint: "write true or false")
      return nil
    case .list(let item): return parseList(of: .type(item))
    case .any, .json:
      var guessing = scanner
      let guess = guessType(&guessing, allowsList: !inList)
      scanner = guessing
      guard scanner.mistakes.isEmpty else { return nil }
      return parse(guess)
    }
  }

  private mutating func parse(_ guess: Guess) -> Node? {
    switch guess {
    case .type(let type): parseValue(type, inList: false)
    case .list(let item): parseList(of: item)
    case .map: parseMap()
    }
  }

  private mutating func parseSign() -> Bool {
    guard dialect.readsNegativeNumbersInMarkers, scanner.peek == "-" else { return false }
    _ = scanner.scan()
    return true
  }

  private mutating func parseInteger() -> Node? {
    let isNegative = parseSign()
    guard expect(.integer, "integer", hint: "write a number without fraction") else { return nil }
    let text = (isNegative ? "-" : "") + scanner.tokenText.text
    guard let value = Int64(text) else {
      scanner.report("unable to parse integer: \(text)", hint: "write it with decimal digits")
      return nil
    }
    return .int(value)
  }

  private mutating func parseNumber() -> Node? {
    let isNegative = parseSign()
    let token = scanner.scan()
    guard token == .integer || token == .float else {
      scanner.report("expected integer or float, got \(quoted(scanner.tokenText))", hint: "write a number")
      return nil
    }
    let text = (isNegative ? "-" : "") + scanner.tokenText.text
    let isHexadecimal = text.contains("x") || text.contains("X")
    let digits = text.hasSuffix(".") ? text + "0" : text
    guard let value = Double(digits), value.isFinite, !isHexadecimal || token == .float else {
      scanner.report("unable to parse number: \(text)", hint: "write it with decimal digits")
      return nil
    }
    return .float(value)
  }

  /// Reads a string in quotes, or the text up to `,` `;` `:` `}` or the end. Of text without quotes that has blanks
  /// before its end, the last word is lost.
  private mutating func parseString() -> ByteString? {
    let numbers = scanner.numbers
    if !dialect.readsNumbersInBareStrings { scanner.numbers = [] }
    defer { scanner.numbers = numbers }
    switch scanner.scan() {
    case .string, .rawString:
      guard let text = GoStringLiteral.unquote(scanner.tokenText) else {
        scanner.report("unable to parse string: invalid syntax", hint: "write it as a string of Go")
        return nil
      }
      return text
    default: break
    }
    let start = scanner.tokenStart
    while let next = scanner.peekPastBlanks(), !Self.endsBareString(next) { _ = scanner.scan() }
    return scanner.text(start..<max(start, scanner.tokenEnd))
  }

  private static func endsBareString(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "," || scalar == ";" || scalar == ":" || scalar == "}"
  }

  /// Reads `{a,b}` or `a;b`.
  private mutating func parseList(of item: Guess) -> Node? {
    var items: [SequenceItem] = []
    func list() -> Node { items.isEmpty ? .null : .sequence(items) }
    if scanner.peekPastBlanks() == "{" {
      _ = scanner.scan()
      while let next = scanner.peekPastBlanks(), next != "}" {
        guard let value = parseItem(item) else { return nil }
        items.append(SequenceItem(value))
        if scanner.peekPastBlanks() == "}" { break }
        guard expect(.character(","), "comma") else { return nil }
      }
      return expect(.character("}"), "close curly brace") ? list() : nil
    }
    while let next = scanner.peekPastBlanks(), next != ",", next != "}" {
      guard let value = parseItem(item) else { return nil }
      items.append(SequenceItem(value))
      guard let separator = scanner.peekPastBlanks(), separator != ",", separator != "}" else { break }
      _ = scanner.scan()
      if separator != ";" {
        scanner.report("expected comma, got \(quoted(scanner.tokenText))")
        return nil
      }
    }
    return list()
  }

  private mutating func parseItem(_ item: Guess) -> Node? {
    switch item {
    case .type(let type): parseValue(type, inList: true)
    case .list, .map: parse(item)
    }
  }

  /// Reads `{key: value, key: value}`.
  private mutating func parseMap() -> Node? {
    guard expect(.character("{"), "open curly brace") else { return nil }
    depth += 1
    defer { depth -= 1 }
    var items = JSONItems()
    while let next = scanner.peekPastBlanks(), next != "}" {
      guard let key = parseString(), expect(.character(":"), "colon"), let value = parseValue(.any, inList: false)
      else { return nil }
      items.set(key, value)
      if scanner.peekPastBlanks() == "}" { break }
      guard expect(.character(","), "comma") else { return nil }
    }
    return expect(.character("}"), "close curly brace") ? .map(items.list) : nil
  }

  // MARK: - Guessing

  /// What a value looks like. Items of lists are all of the type of the first one.
  private indirect enum Guess {
    case type(MarkerArgument.Kind)
    case list(Guess)
    case map
  }

  private mutating func guessType(_ scanner: inout MarkerScanner, allowsList: Bool) -> Guess {
    var ahead = scanner.lookingAhead()
    let guess = guessItem(&ahead)
    scanner.adopt(mistakesOf: ahead)
    guard allowsList else { return guess }
    var separators = scanner.lookingAhead()
    defer { scanner.adopt(mistakesOf: separators) }
    while true {
      switch separators.scan() {
      case .character(";"): return .list(guess)
      case .character(","), .end: return guess
      default: continue
      }
    }
  }

  private mutating func guessItem(_ ahead: inout MarkerScanner) -> Guess {
    guard let first = ahead.peekPastBlanks() else { return .type(.string) }
    switch first {
    case "\"", "'", "`": return .type(.string)
    case "{":
      depth += 1
      defer { depth -= 1 }
      guard depth <= Self.maximumDepth else {
        ahead.report("lists and maps nest more than \(Self.maximumDepth) deep", hint: "give the value fewer levels")
        return .type(.string)
      }
      _ = ahead.scan()
      let second = dialect.readsEmptyMapsInMarkers ? ahead.peekPastBlanks() : nil
      let item = guessType(&ahead, allowsList: false)
      if case .type(.string) = item {
        swap(&scanner, &ahead)
        _ = parseString()
        let behind = scanner.scan()
        swap(&scanner, &ahead)
        if behind == .character(":") || second == "}" { return .map }
      }
      return .list(item)
    case "t", "f":
      _ = ahead.scan()
      return .type(ahead.tokenText == "true" || ahead.tokenText == "false" ? .bool : .string)
    default:
      var token = ahead.scan()
      if dialect.readsNegativeNumbersInMarkers, token == .character("-") { token = ahead.scan() }
      return .type(token == .integer ? .int : token == .float ? .number : .string)
    }
  }
}
