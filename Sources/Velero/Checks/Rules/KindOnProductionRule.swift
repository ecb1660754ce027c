import Files

extension CheckRule {
  static let kindOnProduction = CheckRule(
    "kind-on-production", .error, "an environment on Kind writes to the bucket of another one",
    why: """
      A cluster for trials that writes where another one keeps its backups can delete these, and fills its bucket. \
      Restoring from it needs no more than reading.
      """,
    among: { places, findings in
      var others: [StoragePlace.Bucket: StoragePlace] = [:]
      for place in places where !place.isOnKind && others[place.inBucket] == nil { others[place.inBucket] = place }
      for place in places where place.isOnKind {
        guard let other = others[place.inBucket] else { continue }
        findings.add(
          "the environment runs on Kind and writes to the bucket '\(place.bucket)' of '\(other.tree)'", at: place,
          mend: "give it a store of its own (kind.objectStore.enabled), or set accessMode to ReadOnly")
      }
    })
}
