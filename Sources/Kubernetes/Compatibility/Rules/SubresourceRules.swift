import Files

// The parts of an object that have an address of their own.

extension CompatibilityRule {
  static let subresourceRules = [statusAdded, statusRemoved, scaleRemoved, scaleAdded]

  static let statusAdded = CompatibilityRule(
    "status-subresource-added", .narrowing, "the status has an address of its own",
    effect: """
      Stored objects stay as they are. What is written to an object does not change its status any more, without an \
      error; a program that does not know of /status works as if its writes were lost.
      """,
    mend: "Run a server that writes to /status; it has to be of the release that the definition is of.")

  static let statusRemoved = CompatibilityRule(
    "status-subresource-removed", .narrowing, "the status has no address of its own any more",
    effect: """
      Stored objects stay as they are. Whoever writes to /status gets 404, and a write to an object changes its status \
      too; metadata.generation counts changes of the status from now on.
      """,
    mend: "Run a server that writes whole objects; it has to be of the release that the definition is of.")

  static let scaleRemoved = CompatibilityRule(
    "scale-subresource-removed", .narrowing, "the scale subresource is gone or looks elsewhere",
    effect: "Stored objects stay as they are. kubectl scale and autoscalers fail, or read other fields.",
    mend: "Change whatever scales the objects.")

  static let scaleAdded = CompatibilityRule(
    "scale-subresource-added", .additive, "there is a scale subresource", effect: "Stored objects stay as they are.")
}

extension VersionPair {
  func checkSubresources(_ findings: inout CompatibilityFindings) {
    let places = (old.position(of: "subresources"), new.position(of: "subresources"))
    if old.hasStatus != new.hasStatus {
      findings.add(
        new.hasStatus ? .statusAdded : .statusRemoved, "\(path).subresources.status",
        new.hasStatus ? "there is a status subresource from now on" : "there is no status subresource any more",
        old: places.0, new: places.1, version: new.name)
    }
    if old.scale != new.scale {
      let message =
        old.scale == nil
        ? "there is a scale subresource from now on"
        : new.scale == nil ? "there is no scale subresource any more" : "the scale subresource has other paths"
      findings.add(
        old.scale == nil ? .scaleAdded : .scaleRemoved, "\(path).subresources.scale", message, old: places.0,
        new: places.1, version: new.name)
    }
  }
}
