import Files
import YAML

// What the kind is called, and where its objects live.

extension CompatibilityRule {
  static let nameRules = [scopeChanged, kindChanged, namesRemoved, namesAdded]

  static let scopeChanged = CompatibilityRule(
    "scope-changed", .refused, "the scope is another one",
    effect: "The API server refuses the change: spec.scope is immutable once objects can be stored.",
    mend: "Keep the scope, or give the new kind another name.")

  static let kindChanged = CompatibilityRule(
    "kind-changed", .refused, "the kind is called otherwise",
    effect: "The API server refuses the change: spec.names.kind is immutable once objects can be stored.",
    mend: "Keep the kind, or define the new one beside it under a plural of its own.")

  static let namesRemoved = CompatibilityRule(
    "names-removed", .narrowing, "a name by which the kind could be asked for is gone",
    effect: "Stored objects stay as they are. Commands and programs that use the name fail.",
    mend: "Use the plural, which cannot change.")

  static let namesAdded = CompatibilityRule(
    "names-added", .additive, "there is one more name by which the kind can be asked for",
    effect: "Stored objects stay as they are.")
}

extension DefinitionPair {
  func checkNames(_ findings: inout CompatibilityFindings) {
    if old.scope != new.scope {
      add(
        .scopeChanged, "spec.scope", "\(old.scope) becomes \(new.scope)", old.position(of: "scope"),
        new.position(of: "scope"))
    }
    if old.names.kind != new.names.kind {
      add(
        .kindChanged, "spec.names.kind", "\(old.names.kind) becomes \(new.names.kind)", place(old, "kind"),
        place(new, "kind"))
    }
    for (key, before, after): (ByteString, ByteString, ByteString) in [
      ("listKind", old.names.listKind, new.names.listKind), ("singular", old.names.singular, new.names.singular),
    ] where before != after && old.names.kind == new.names.kind {
      add(.namesRemoved, "spec.names.\(key)", "\(before) becomes \(after)", place(old, key), place(new, key))
    }
    check("shortNames", old.names.shortNames, new.names.shortNames)
    check("categories", old.names.categories, new.names.categories)

    func check(_ key: ByteString, _ before: [ByteString], _ after: [ByteString]) {
      let gone = before.filter { !after.contains($0) }
      let added = after.filter { !before.contains($0) }
      let places = (place(old, key), place(new, key))
      if !gone.isEmpty { add(.namesRemoved, "spec.names.\(key)", "gone: \(gone.listed)", places.0, places.1) }
      if !added.isEmpty { add(.namesAdded, "spec.names.\(key)", "new: \(added.listed)", places.0, places.1) }
    }

    func add(_ rule: CompatibilityRule, _ path: String, _ message: String, _ old: Position, _ new: Position) {
      findings.add(rule, path, message, old: old, new: new)
    }

    func place(_ definition: CustomResourceDefinition, _ key: ByteString) -> Position {
      definition.names.source.item(key)?.position ?? definition.position(of: "names")
    }
  }
}
