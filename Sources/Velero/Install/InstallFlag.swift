/// A flag of `velero install`, as one release has it.
package struct InstallFlag: Sendable {
  /// What a flag's text has to be, as the flag library of that command reads it.
  package enum Kind: Sendable, Hashable {
    /// `--name` alone is true; a value needs `=`.
    case bool
    case text
    case integer
    /// A Go duration.
    case duration
    /// Items between commas; given again, it replaces what was given before.
    case list
    /// `key=value` pairs as one CSV record; given again, it adds to what was given before.
    case map
  }

  /// What becomes of it.
  package enum Meaning: Sendable, Hashable {
    /// The value of the bundle at this path.
    case value(String)
    /// The value at this path, false where the flag is true.
    case negated(String)
    /// The value at this path is what the file holds that the flag names.
    case contents(String)
    /// Something that the mapping as a whole sees to.
    case special
    /// Nothing: it is about talking to a cluster, which printing does not.
    case cluster
  }

  /// The name, without dashes.
  package let name: String
  /// The letter that stands for it behind one dash.
  package let letter: Character?
  package let kind: Kind
  /// What it is where nobody gives it, as help shows it.
  package internal(set) var initial: String
  package let meaning: Meaning
  /// One sentence.
  package let help: String
  /// The releases that have it so.
  package let span: ReleaseSpan

  /// A switch is off, and a flag of another kind empty, unless `initial` says otherwise.
  init(
    _ name: String, _ kind: Kind, _ meaning: Meaning, _ help: String, initial: String? = nil, letter: Character? = nil,
    since: String? = nil, until: String? = nil
  ) {
    self.name = name
    self.letter = letter
    self.kind = kind
    self.initial = initial ?? (kind == .bool ? "false" : "")
    self.meaning = meaning
    self.help = help
    span = ReleaseSpan(since: since.flatMap { ReleaseVersion($0) }, until: until.flatMap { ReleaseVersion($0) })
  }
}

extension InstallFlag {
  /// What help calls the flag's value; nothing for a switch.
  package var placeholder: String? {
    switch kind {
    case .bool: nil
    case .text: "TEXT"
    case .integer: "NUMBER"
    case .duration: "DURATION"
    case .list: "ITEM,…"
    case .map: "KEY=VALUE,…"
    }
  }
}
