import Files
import Synchronization

/// English plurals as controller-gen makes them, which takes them from the library flect.
struct Plurals {
  /// Which version of flect is followed.
  enum Rules: String, Sendable, Comparable {
    case flect020 = "020"
    case flect022 = "022"
    case flect023 = "023"
    case flect025 = "025"
    case flect030 = "030"
    case flect100 = "100"

    static func < (left: Rules, right: Rules) -> Bool { left.rawValue < right.rawValue }
  }

  private let rules: Rules
  private let dictionary: Dictionary

  init(_ rules: Rules) {
    self.rules = rules
    dictionary = Dictionary.of(rules)
  }

  /// The lower-case plural of a kind.
  func plural(of kind: ByteString) -> ByteString {
    // The first version is given the kind in lower case.
    ByteString(plural(of: rules == .flect020 ? kind.text.lowercased() : kind.text).lowercased())
  }

  private func plural(of name: String) -> String {
    // The first version looks at the whole name, all others at its last word.
    let word = rules == .flect020 ? name : Self.words(of: name).last ?? ""
    if word.isEmpty { return "" }
    func replacing(by plural: String) -> String {
      if rules == .flect020 { return plural }
      return (name.hasSuffix(word) ? String(name.dropLast(word.count)) : name) + plural
    }
    if rules == .flect100 {
      if let plural = dictionary.plurals[name] { return plural }
      if dictionary.knownPlurals.contains(name) { return name }
    }
    let lower = word.lowercased()
    if dictionary.knownPlurals.contains(lower) { return name }
    if let plural = dictionary.plurals[lower] { return replacing(by: plural) }
    let ending = rules == .flect100 ? word : lower
    for rule in dictionary.endings where ending.hasSuffix(rule.ending) {
      return replacing(by: String(word.dropLast(rule.ending.count)) + rule.replacement)
    }
    return lower.hasSuffix("s") ? name : name + "s"
  }

  /// The words of a name in camel case. Acronyms are words, and come back in capital letters.
  private static func words(of name: String) -> [String] {
    if acronyms.contains(Substring(name.uppercased())) { return [name.uppercased()] }
    var words: [String] = []
    var word = ""
    var previous: Character = " "
    func finish() {
      let text = word.filter { $0 != "_" }
      let upper = text.uppercased()
      if !text.isEmpty { words.append(acronyms.contains(Substring(upper)) ? upper : text) }
      word = ""
    }
    for character in name {
      let startsWord =
        character.isUppercase && (!previous.isUppercase || acronyms.contains(Substring(word.uppercased())))
      if startsWord || character == "_" { finish() }
      word.append(character)
      previous = character
    }
    finish()
    return words
  }
}

extension Plurals {
  /// The words and endings of a version.
  private struct Dictionary {
    var plurals: [String: String] = [:]
    var knownPlurals: Set<String> = []
    /// What to replace endings by; the first that fits counts. Endings that are plurals already are kept.
    var endings: [(ending: String, replacement: String)] = []

    /// Those that have been asked for: reading the tables takes longer than a small package of types.
    private static let read = Mutex<[Rules: Dictionary]>([:])

    static func of(_ rules: Rules) -> Dictionary {
      read.withLock { read in
        if let known = read[rules] { return known }
        let dictionary = Dictionary(rules)
        read[rules] = dictionary
        return dictionary
      }
    }

    private init(_ rules: Rules) {
      if rules == .flect100 { addCurrent() } else { addEarly(rules) }
    }

    private mutating func addEarly(_ rules: Rules) {
      for entry in Entry.list(Plurals.earlyWords) where entry.isKnown(to: rules) {
        plurals[entry.singular] = entry.plural
        knownPlurals.insert(entry.plural)
      }
      for entry in Entry.list(Plurals.earlyEndings) where entry.isKnown(to: rules) {
        let change = (ending: entry.singular, replacement: entry.plural)
        let keep = (ending: entry.plural, replacement: entry.plural)
        endings += rules >= .flect025 ? [keep, change] : [change, keep]
      }
    }

    private mutating func addCurrent() {
      let words = Entry.list(Plurals.words)
      for entry in words {
        plurals[entry.singular] = entry.plural
        if entry.isOneWay { continue }
        knownPlurals.insert(entry.plural)
        if let other = entry.otherPlural { knownPlurals.insert(other) }
      }
      // Words are endings of compound words; later ones come first.
      for entry in words.reversed() where !entry.isExact {
        endings += [(entry.plural, entry.plural), (entry.singular, entry.plural)]
      }
      for entry in Entry.list(Plurals.endings) {
        endings += [(entry.plural, entry.plural), (entry.singular, entry.plural)]
      }
    }
  }

  /// A line of a table.
  private struct Entry {
    let singular: String
    let plural: String
    var otherPlural: String?
    var isExact = false
    var isOneWay = false
    private var versions: [String] = []

    private init(_ text: Substring) {
      var text = text
      if text.hasSuffix("!") {
        isExact = true
        text.removeLast()
      }
      if text.hasSuffix("~") {
        isOneWay = true
        text.removeLast()
      }
      let parts = text.split(separator: "@")
      if parts.count == 2 { versions = parts[1].split(separator: "-").map(String.init) }
      let forms = parts[0].split(separator: "|")
      if forms.count == 2 { otherPlural = String(forms[1]) }
      let pair = forms[0].split(separator: ">").map { $0.map { $0 == "_" ? " " : $0 } }
      singular = String(pair[0])
      plural = String(pair[pair.count - 1])
    }

    static func list(_ table: String) -> [Entry] { table.split(separator: " ").map { Entry($0) } }

    func isKnown(to rules: Rules) -> Bool {
      versions.isEmpty || (versions[0] <= rules.rawValue && rules.rawValue <= versions[versions.count - 1])
    }
  }
}
