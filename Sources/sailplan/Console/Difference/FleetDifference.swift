import Files
import Kubernetes
import Workspace
import YAML

/// What differs in many environments, by object and field: what is the same in several of them is there once.
struct FleetDifference {
  /// An object, or a file of no object, that is not the same everywhere.
  struct Object {
    let identity: ObjectIdentity?
    /// The path in the rendered tree.
    let path: ByteString
    /// Those in which it differs.
    let environments: EnvironmentSet
    /// As they come in the object.
    let changes: [Change]

    var subject: String { identity.map { "\($0)" } ?? "rendered/\(path)" }
    var isDefinition: Bool { identity?.kind == "CustomResourceDefinition" }
  }

  /// What a change is about.
  enum Place: Hashable {
    /// Only the second side has the object.
    case added
    /// Only the first side has the object.
    case removed
    case field(String, isReordering: Bool)
    /// The text of a file that is not told apart any further.
    case text
    /// How the file is there; there is nothing to say about what is in it.
    case state(String)
  }

  /// One place that differs, with all the ways in which it does.
  struct Change {
    let place: Place
    /// That of the most environments first.
    let variants: [Variant]

    var environments: EnvironmentSet { EnvironmentSet(variants.map(\.environments)) }
  }

  /// The same values in some environments.
  struct Variant {
    /// What the first side has; nothing where it has nothing. The text of the file where the place is no field.
    let old: Node?
    /// What the second side has.
    let new: Node?
    var environments: EnvironmentSet
  }

  /// How the two sides are called.
  let old: String
  let new: String
  /// All that were compared, by name; sets of environments are of numbers in this list.
  let fleet: Fleet
  /// Definitions last; else by path.
  let objects: [Object]

  var environments: EnvironmentSet { EnvironmentSet(objects.map(\.environments)) }

  /// - Parameters:
  ///   - drifts: by name; also those in which nothing differs.
  ///   - old, new: how the two sides are called.
  init(_ drifts: [EnvironmentDrift], old: String, new: String) {
    self.old = old
    self.new = new
    fleet = Fleet(drifts.map(\.name.path.text))
    var gathering = Gathering()
    for (number, drift) in drifts.enumerated() {
      for item in drift.items { gathering.add(item, of: number) }
    }
    objects = gathering.objects.sorted { ($0.isDefinition ? 1 : 0, $0.path) < ($1.isDefinition ? 1 : 0, $1.path) }
  }
}

/// Finds what is the same.
private struct Gathering {
  fileprivate struct ObjectKey: Hashable {
    let identity: ObjectIdentity?
    let path: ByteString
  }

  fileprivate struct Values: Hashable {
    let old: ByteString?
    let new: ByteString?
  }

  fileprivate struct Changes {
    let place: FleetDifference.Place
    var numbers: [Values: Int] = [:]
    var variants: [FleetDifference.Variant] = []
  }

  fileprivate struct Entry {
    let key: ObjectKey
    var environments = EnvironmentSet()
    var numbers: [FleetDifference.Place: Int] = [:]
    var changes: [Changes] = []
  }

  private var numbers: [ObjectKey: Int] = [:]
  private var entries: [Entry] = []

  mutating func add(_ item: Drift, of environment: Int) {
    let key = ObjectKey(identity: item.identity, path: item.path)
    let number = Self.number(of: key, in: &numbers)
    if number == entries.count { entries.append(Entry(key: key)) }
    entries[number].environments.insert(environment)
    for field in item.fields {
      entries[number].add(
        .field("\(field.path)", isReordering: field.isReordering), field.old, field.new, of: environment)
    }
    guard item.fields.isEmpty else { return }
    let old = item.committed.map { Node.string($0) }
    let new = item.rendered.map { Node.string($0) }
    switch item.kind {
    case .missing: entries[number].add(.added, nil, new, of: environment)
    case .extra: entries[number].add(.removed, old, nil, of: environment)
    case .changed, .unreadable: entries[number].add(.text, old, new, of: environment)
    case .formatting, .executable, .replaced:
      entries[number].add(.state(DriftReport.text(item.kind)), nil, nil, of: environment)
    }
  }

  fileprivate static func number<Key: Hashable>(of key: Key, in numbers: inout [Key: Int]) -> Int {
    if let known = numbers[key] { return known }
    numbers[key] = numbers.count
    return numbers.count - 1
  }

  var objects: [FleetDifference.Object] {
    entries.map { entry in
      let changes = entry.changes.map { changes in
        // Those of as many environments stay in the order in which they were found.
        let ranked = changes.variants.enumerated().sorted {
          (-$0.element.environments.count, $0.offset) < (-$1.element.environments.count, $1.offset)
        }
        return FleetDifference.Change(place: changes.place, variants: ranked.map(\.element))
      }
      return FleetDifference.Object(
        identity: entry.key.identity, path: entry.key.path, environments: entry.environments, changes: changes)
    }
  }
}

extension Gathering.Entry {
  fileprivate mutating func add(_ place: FleetDifference.Place, _ old: Node?, _ new: Node?, of environment: Int) {
    let number = Gathering.number(of: place, in: &numbers)
    if number == changes.count { changes.append(Gathering.Changes(place: place)) }
    changes[number].add(old, new, of: environment)
  }
}

extension Gathering.Changes {
  fileprivate mutating func add(_ old: Node?, _ new: Node?, of environment: Int) {
    let values = Gathering.Values(old: old.map(\.yaml), new: new.map(\.yaml))
    let number = Gathering.number(of: values, in: &numbers)
    if number == variants.count {
      variants.append(FleetDifference.Variant(old: old, new: new, environments: EnvironmentSet()))
    }
    variants[number].environments.insert(environment)
  }
}

extension Node {
  /// As it is written in a file.
  var yaml: ByteString {
    var out = ByteBuffer()
    print(self, into: &out)
    return out.finish()
  }
}
