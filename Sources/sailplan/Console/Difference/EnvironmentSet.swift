/// Some of the environments that a report is about, by their numbers.
struct EnvironmentSet: Hashable {
  /// Ascending.
  private(set) var numbers: [Int]

  var count: Int { numbers.count }

  /// Adds the number, which is not smaller than any before.
  mutating func insert(_ number: Int) {
    if numbers.last != number { numbers.append(number) }
  }

  /// All that are in any of some sets.
  init(_ sets: some Sequence<EnvironmentSet> = [EnvironmentSet]()) {
    var numbers: Set<Int> = []
    for set in sets { numbers.formUnion(set.numbers) }
    self.numbers = numbers.sorted()
  }
}

/// All environments that a report is about.
struct Fleet {
  /// By name.
  let names: [String]
  /// How many environments lie in each group, by its name with a slash behind it.
  private let groups: [String: Int]

  init(_ names: [String]) {
    self.names = names
    var groups: [String: Int] = [:]
    for name in names { for group in Self.groups(of: name) { groups[group, default: 0] += 1 } }
    self.groups = groups
  }

  /// The groups that an environment is in, the largest first.
  private static func groups(of name: String) -> [String] {
    name.indices.filter { name[$0] == "/" }.map { String(name[...$0]) }
  }

  func names(of set: EnvironmentSet) -> [String] { set.numbers.map { names[$0] } }

  /// How many names a set may have to be listed.
  private static let most = 5

  /// The set in few words: `prod/eu, prod/us`, `97 environments, all but lab`, `all 12 environments`.
  func text(_ set: EnvironmentSet) -> String {
    let count = "\(set.count) environment\(set.count == 1 ? "" : "s")"
    if set.count == names.count && set.count > 1 { return "all \(count)" }
    let parts = parts(of: set)
    if parts.count <= Self.most {
      return set.count <= Self.most && parts.count == set.count
        ? parts.joined(separator: ", ") : "\(count): \(parts.joined(separator: ", "))"
    }
    let others = Set(names.indices).subtracting(set.numbers)
    if others.count <= Self.most {
      return "\(count), all but \(others.sorted().map { names[$0] }.joined(separator: ", "))"
    }
    return "\(count): \(parts.prefix(Self.most - 1).joined(separator: ", ")), …"
  }

  /// Whether `text` does not say which environments are meant, for want of room.
  func isShortened(_ set: EnvironmentSet) -> Bool { text(set).hasSuffix("…") }

  /// The names of a set; groups that are in it as a whole stand for what is in them.
  private func parts(of set: EnvironmentSet) -> [String] {
    var counts: [String: Int] = [:]
    for name in names(of: set) { for group in Self.groups(of: name) { counts[group, default: 0] += 1 } }
    var parts: [String] = []
    for name in names(of: set) {
      let group = Self.groups(of: name).first { counts[$0] == groups[$0] && groups[$0] ?? 0 > 1 }
      let part = group.map { "\($0)*" } ?? name
      if parts.last != part { parts.append(part) }
    }
    return parts
  }
}
