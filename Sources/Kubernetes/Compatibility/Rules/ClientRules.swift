import Files

// What only those see who list objects.

extension CompatibilityRule {
  static let clientRules = [selectableFieldRemoved, selectableFieldAdded, columnsChanged]

  static let selectableFieldRemoved = CompatibilityRule(
    "selectable-field-removed", .narrowing, "a field cannot be selected by any more",
    effect: "Stored objects stay as they are. Lists and watches with a field selector on it are refused.",
    mend: "Select in the client, or by a label.")

  static let selectableFieldAdded = CompatibilityRule(
    "selectable-field-added", .additive, "a field can be selected by", effect: "Stored objects stay as they are.")

  static let columnsChanged = CompatibilityRule(
    "printer-columns-changed", .additive, "kubectl get prints other columns",
    effect: "Stored objects stay as they are. Scripts that read the table by column notice; -o json is not changed.")
}

extension VersionPair {
  func checkClients(_ findings: inout CompatibilityFindings) {
    for field in old.selectableFields where !new.selectableFields.contains(field) {
      add(.selectableFieldRemoved, "selectableFields", "'\(field)' cannot be selected by any more")
    }
    for field in new.selectableFields where !old.selectableFields.contains(field) {
      add(.selectableFieldAdded, "selectableFields", "'\(field)' can be selected by")
    }
    if old.columns != new.columns {
      let gone = old.columns.filter { !new.columns.contains($0) }.map(\.name)
      let added = new.columns.filter { !old.columns.contains($0) }.map(\.name)
      var parts: [String] = []
      if !gone.isEmpty { parts.append("gone: \(gone.listed)") }
      if !added.isEmpty { parts.append("new: \(added.listed)") }
      add(
        .columnsChanged, "additionalPrinterColumns", parts.isEmpty ? "in another order" : parts.joined(separator: "; "))
    }

    func add(_ rule: CompatibilityRule, _ key: ByteString, _ message: String) {
      findings.add(
        rule, "\(path).\(key)", message, old: old.position(of: key), new: new.position(of: key), version: new.name)
    }
  }
}
