import Files

extension CheckRule {
  static let kindOnProduction = CheckRule(
    "kind-on-production", .error, "an environment on Kind writes to the bucket of another one",
    why: """
      A cluster for trials that writes where another one keeps its backups can delete these, and fills its bucket. \
      Restoring from it needs no more than reading.
      """,
    among: { trees, findings in
      let places = trees.flatMap(StoragePlace.written)
      for place in places where place.tree.statement.provider == "kind" {
        guard
          let other = places.first(where: { $0.tree.statement.provider != "kind" && $0.isSameBucket(as: place) })
        else { continue }
        findings.add(
          "the environment runs on Kind and writes to the bucket '\(place.bucket)' of '\(other.tree.name)'",
          in: place.tree, place.location, at: place.location.position("spec", "objectStorage"),
          mend: "give it a store of its own (kind.objectStore.enabled), or set accessMode to ReadOnly")
      }
    })
}
