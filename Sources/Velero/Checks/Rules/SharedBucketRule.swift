import Files

extension CheckRule {
  static let sharedBucket = CheckRule(
    "shared-bucket", .error, "two locations write to one place",
    why: """
      Each cluster takes what it finds in the place for its own: it offers the other's backups, deletes them when they \
      expire by its clock, and two backups of one name overwrite each other. A prefix inside another one makes the outer \
      location invalid.
      """,
    among: { trees, findings in
      let places = trees.flatMap(StoragePlace.written)
      for (index, place) in places.enumerated() {
        guard
          let other = places[..<index].first(where: {
            $0.overlaps(place) && isSharedByKind($0.tree, place.tree) == false
          })
        else { continue }
        let owner =
          other.tree.name == place.tree.name ? "the location '\(other.location.name)'" : "'\(other.tree.name)'"
        let message =
          other.prefix == place.prefix
          ? "\(place.description) is also written to by \(owner)"
          : "\(place.description) and \(other.description), which \(owner) writes to, lie one inside the other"
        findings.add(
          message, in: place.tree, place.location, at: place.location.position("spec", "objectStorage"),
          mend: "give each a prefix of its own; to restore from another cluster's backups set accessMode to ReadOnly")
      }
    })

  /// Whether one of both runs on Kind and the other does not.
  private static func isSharedByKind(_ one: CheckedTree, _ other: CheckedTree) -> Bool {
    (one.statement.provider == "kind") != (other.statement.provider == "kind")
  }
}
