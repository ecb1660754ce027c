import Files
import Kubernetes

extension CheckRule {
  static let sharedBucket = CheckRule(
    "shared-bucket", .error, "two locations write to one place",
    why: """
      Each cluster takes what it finds in the place for its own: it offers the other's backups, deletes them when they \
      expire by its clock, and two backups of one name overwrite each other. A prefix inside another one makes the outer \
      location invalid.
      """,
    among: { places, findings in
      // A place on Kind and one elsewhere in one bucket have a rule of their own.
      var known: [Sharing: FirstPlaces] = [:]
      for place in places {
        let other = known[Sharing(place), default: FirstPlaces()].note(place)
        guard let other else { continue }
        let owner = other.tree == place.tree ? "the location '\(other.location.name)'" : "'\(other.tree)'"
        let message =
          other.prefix == place.prefix
          ? "\(place.description) is also written to by \(owner)"
          : "\(place.description) and \(other.description), which \(owner) writes to, lie one inside the other"
        findings.add(
          message, at: place,
          mend: "give each a prefix of its own; to restore from another cluster's backups set accessMode to ReadOnly")
      }
    })
}

/// Places that must not overlap.
private struct Sharing: Hashable {
  let bucket: StoragePlace.Bucket
  let isOnKind: Bool

  init(_ place: StoragePlace) {
    bucket = place.inBucket
    isOnKind = place.isOnKind
  }
}

/// The first places of a bucket, to find those that overlap with another one without comparing all with all.
private struct FirstPlaces {
  private typealias Entry = (number: Int, place: StoragePlace)

  private var count = 0
  private var at: [String: Entry] = [:]
  /// The first place inside a prefix.
  private var inside: [String: Entry] = [:]

  /// Adds a place, and gives the first of the earlier ones that has its prefix, or lies inside of it or around it.
  mutating func note(_ place: StoragePlace) -> StoragePlace? {
    let outer = place.outerPrefixes
    let candidates = [at[place.prefix], inside[place.prefix]] + outer.map { at[$0] }
    let first = candidates.compactMap(\.self).min { $0.number < $1.number }
    let entry = (number: count, place: place)
    count += 1
    if at[place.prefix] == nil { at[place.prefix] = entry }
    for prefix in outer where inside[prefix] == nil { inside[prefix] = entry }
    return first?.place
  }
}
