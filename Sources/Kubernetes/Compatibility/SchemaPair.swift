import Files

/// What becomes of fields that a schema does not name.
enum UnknownFields {
  /// The API server drops them.
  case pruned
  /// They are kept, with all that is in them; what is named is pruned by its own schema.
  case kept
  /// Nothing is ever dropped: the definition has `preserveUnknownFields: true`.
  case neverPruned
}

/// What is said about one field before and after.
struct SchemaPair {
  let old: StructuralSchema
  let new: StructuralSchema
  /// The version of the API.
  let version: ByteString
  let path: FieldPath
  let oldUnknown: UnknownFields
  let newUnknown: UnknownFields

  /// - Parameters:
  ///   - oldUnknown: what holds because of what stands above; the schemas themselves may keep more.
  ///   - newUnknown: likewise.
  init(
    old: StructuralSchema, new: StructuralSchema, version: ByteString, path: FieldPath, oldUnknown: UnknownFields,
    newUnknown: UnknownFields
  ) {
    self.old = old
    self.new = new
    self.version = version
    self.path = path
    self.oldUnknown = oldUnknown == .pruned && old.preservesUnknownFields == true ? .kept : oldUnknown
    self.newUnknown = newUnknown == .pruned && new.preservesUnknownFields == true ? .kept : newUnknown
  }

  /// Finds all that changed, in the field and below.
  func check(_ findings: inout CompatibilityFindings) {
    checkType(&findings)
    checkEnumeration(&findings)
    checkBounds(&findings)
    checkPattern(&findings)
    checkFormat(&findings)
    checkNullable(&findings)
    checkDefault(&findings)
    checkRequired(&findings)
    checkLists(&findings)
    checkJunctors(&findings)
    checkExpressions(&findings)
    checkUnknownFields(&findings)
    checkProperties(&findings)
    checkAdditionalProperties(&findings)
    // A list that keeps unknown fields does so for its items.
    if let oldItems = old.items, let newItems = new.items {
      SchemaPair(
        old: oldItems, new: newItems, version: version, path: path.appending(.anyItem), oldUnknown: oldUnknown,
        newUnknown: newUnknown
      ).check(&findings)
    }
  }

  /// Compares a field of the objects, or the values of a map. To keep unknown fields says nothing about those named.
  func check(
    _ step: FieldPath.Step, _ old: StructuralSchema, _ new: StructuralSchema,
    _ findings: inout CompatibilityFindings
  ) {
    SchemaPair(
      old: old, new: new, version: version, path: path.appending(step),
      oldUnknown: oldUnknown == .neverPruned ? .neverPruned : .pruned,
      newUnknown: newUnknown == .neverPruned ? .neverPruned : .pruned
    ).check(&findings)
  }
}
