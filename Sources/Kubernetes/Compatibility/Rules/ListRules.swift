import Files

// How the items of lists, and the fields of maps, are told apart when several write to them.

extension CompatibilityRule {
  static let listRules = [listUniqueness, listMapKeysChanged, mergedApart, mergedWhole]

  static let listUniqueness = CompatibilityRule(
    "list-type-unique", .narrowing, "a list became a set or a map: equal items, or items of one key, are refused",
    effect: """
      Stored objects with such items are invalid when next written. Who owns which item is not known for objects that \
      were applied before (server-side apply).
      """,
    mend: "Look for lists with equal items or keys before the definition changes.")

  static let listMapKeysChanged = CompatibilityRule(
    "list-map-keys-changed", .narrowing, "items of a list are told apart by other fields",
    effect:
      "Stored objects with two items of one key are invalid when next written; server-side apply merges otherwise.",
    mend: "Look for such lists, and apply every manifest again once the definition has changed.")

  static let mergedApart = CompatibilityRule(
    "map-type-granular", .narrowing, "the fields of a map are owned one by one, where the map was owned as a whole",
    effect: """
      Stored objects stay as they are. Who owns which field is not known for objects that were applied before \
      (server-side apply): fields that an applier leaves out later stay behind.
      """,
    mend: "Apply every manifest again once the definition has changed.")

  static let mergedWhole = CompatibilityRule(
    "merged-as-a-whole", .additive, "a list or map is owned as a whole, where its parts were owned one by one",
    effect: """
      Stored objects stay as they are. With server-side apply, everyone who owned a part owns the whole, and changes \
      conflict where several do; who updates objects as a whole notices nothing.
      """)
}

extension SchemaPair {
  func checkLists(_ findings: inout CompatibilityFindings) {
    // A list whose type is not given is atomic, a map granular.
    let (oldList, newList) = (old.listType ?? "atomic", new.listType ?? "atomic")
    if oldList != newList {
      findings.add(
        newList == "atomic" ? .mergedWhole : .listUniqueness, self, key: "x-kubernetes-list-type",
        "list type \(oldList) becomes \(newList)")
    } else if newList == "map", Set(old.listMapKeys) != Set(new.listMapKeys) {
      findings.add(
        .listMapKeysChanged, self, key: "x-kubernetes-list-map-keys",
        "\(old.listMapKeys.listed) becomes \(new.listMapKeys.listed)")
    }
    let (oldMap, newMap) = (old.mapType ?? "granular", new.mapType ?? "granular")
    if oldMap != newMap {
      findings.add(
        newMap == "atomic" ? .mergedWhole : .mergedApart, self, key: "x-kubernetes-map-type",
        "map type \(oldMap) becomes \(newMap)")
    }
  }
}
