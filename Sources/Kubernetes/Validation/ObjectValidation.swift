package import Files
import YAML

/// Checks objects of the kinds that some CustomResourceDefinitions define, and leaves all others alone.
package struct ObjectValidation: Sendable {
  private let definitions: DefinitionSet
  private let groups: Set<ByteString>

  package init(_ definitions: DefinitionSet) {
    self.definitions = definitions
    groups = Set(definitions.definitions.map(\.group))
  }

  /// Checks one object.
  /// - Returns: what is wrong with it, warnings included, in the order of the text; nothing at all if it is of another
  ///   group, so that nobody looked at it.
  package func check(_ object: ListedObject) -> [Diagnostic]? {
    guard case .map(let items) = object.content else { return nil }
    let kindItem = items.item("kind")
    let apiItem = items.item("apiVersion")
    guard let apiVersion = apiItem?.value.stringValue, let apiItem else {
      return missingVersion(kindItem, at: object.position)
    }
    let identity = ObjectIdentity(
      apiVersion: apiVersion, kind: kindItem?.value.stringValue ?? .empty, name: .empty)
    guard groups.contains(identity.group) else { return misspeltGroup(identity, at: apiItem.valuePosition) }
    guard let kindItem, let kind = kindItem.value.stringValue else {
      return [.noKind(at: kindItem?.valuePosition ?? object.position)]
    }
    guard let definition = definitions.definition(group: identity.group, kind: kind) else {
      let known = definitions.definitions.filter { $0.group == identity.group }.map(\.names.kind)
      return [.unknownKind(kind, group: identity.group, known: known, at: kindItem.valuePosition)]
    }
    guard let version = definition.version(identity.version), version.isServed else {
      return [.unknownVersion(identity, definition, at: apiItem.valuePosition)]
    }
    return check(items, definition, version, at: object.position)
  }

  private func check(
    _ items: [MapItem], _ definition: CustomResourceDefinition, _ version: CustomResourceDefinition.Version,
    at position: Position
  ) -> [Diagnostic] {
    var check = ValueCheck()
    check.isWholeObject = true
    if let metadata = items.item("metadata") {
      let path = FieldPath([.key("metadata")])
      ObjectMetadata.check(metadata, path, scope: definition.scope, &check)
    } else {
      check.append(.noMetadata(at: position))
    }
    if let schema = version.schema {
      check.check(
        .map(items), schema, at: position, FieldPath(),
        unknown: definition.preservesUnknownFields ? .neverPruned : .pruned)
    }
    return check.diagnostics.list.enumerated()
      .sorted { left, right in
        (left.element.range?.start.offset ?? 0, left.offset) < (right.element.range?.start.offset ?? 0, right.offset)
      }
      .map(\.element)
  }

  // MARK: Objects that could be meant

  /// Without an apiVersion only the kind can tell.
  private func missingVersion(_ kind: MapItem?, at position: Position) -> [Diagnostic]? {
    guard let kind, let name = kind.value.stringValue,
      let definition = definitions.definitions.first(where: { $0.names.kind == name })
    else { return nil }
    return [.noVersion(of: definition, at: kind.position)]
  }

  /// A kind of ours in a group that is almost ours.
  private func misspeltGroup(_ identity: ObjectIdentity, at position: Position) -> [Diagnostic]? {
    guard let definition = definitions.definitions.first(where: { $0.names.kind == identity.kind }),
      !identity.group.isEmpty, Spelling.nearest(to: identity.group, among: [definition.group]) != nil
    else { return nil }
    return [.misspeltGroup(identity, definition, at: position)]
  }
}

extension CustomResourceDefinition {
  /// What apiVersion of its objects can be, the stored one first.
  fileprivate var apiVersions: [String] {
    (versions.filter(\.isStorage) + versions.filter { !$0.isStorage }).filter(\.isServed).map { "\(group)/\($0.name)" }
  }
}

extension Diagnostic {
  fileprivate static func noKind(at position: Position) -> Diagnostic {
    Diagnostic("'kind' must be a string that is not empty", at: position, hint: "say what kind of object it is")
  }

  fileprivate static func noMetadata(at position: Position) -> Diagnostic {
    var diagnostic = Diagnostic("'metadata' is required", at: position, hint: "give the object a name: metadata.name")
    diagnostic.field = "metadata"
    return diagnostic
  }

  fileprivate static func noVersion(of definition: CustomResourceDefinition, at position: Position) -> Diagnostic {
    var diagnostic = Diagnostic(
      "an object of kind \(definition.names.kind) has no 'apiVersion'", at: position,
      hint: "add 'apiVersion: \(definition.apiVersions.first ?? definition.group.text)'")
    diagnostic.field = "apiVersion"
    return diagnostic
  }

  fileprivate static func unknownKind(
    _ kind: ByteString, group: ByteString, known: [ByteString], at position: Position
  ) -> Diagnostic {
    let near = Spelling.nearest(to: kind, among: known)
    var diagnostic = Diagnostic(
      "there is no kind '\(kind)' in \(group)", at: position,
      hint: near.map { "did you mean '\($0)'?" } ?? "the kinds are \(known.listed)")
    diagnostic.field = "kind"
    return diagnostic
  }

  fileprivate static func unknownVersion(
    _ identity: ObjectIdentity, _ definition: CustomResourceDefinition, at position: Position
  ) -> Diagnostic {
    var diagnostic = Diagnostic(
      "kind \(identity.kind) is not served as '\(identity.apiVersion)'", at: position,
      hint: "write \(definition.apiVersions.joined(separator: " or "))")
    diagnostic.field = "apiVersion"
    return diagnostic
  }

  fileprivate static func misspeltGroup(
    _ identity: ObjectIdentity, _ definition: CustomResourceDefinition, at position: Position
  ) -> Diagnostic {
    var diagnostic = Diagnostic(
      "'\(identity.apiVersion)' is not the group of kind \(identity.kind)", at: position,
      hint: "did you mean '\(definition.apiVersions.first ?? definition.group.text)'?")
    diagnostic.field = "apiVersion"
    return diagnostic
  }
}
