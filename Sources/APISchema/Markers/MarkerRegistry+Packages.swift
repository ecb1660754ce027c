import Files

extension MarkerRegistry {
  /// The markers of a package: those in comments that belong to nothing, and those above types that only packages know.
  func markers(of package: any APIPackage, diagnostics: inout Diagnostics) -> MarkerSet {
    var set = markers(in: package.looseComments, on: .package, diagnostics: &diagnostics)
    for group in package.detachedComments {
      for comment in group.comments {
        guard let text = MarkerText(comment: comment.text), entry(for: text, on: .type) == nil,
          let entry = entry(for: text, on: .package)
        else { continue }
        add(text, entry, at: comment.position, to: &set, diagnostics: &diagnostics)
      }
    }
    return set
  }
}

/// Finds markers that cannot be read, wherever in a package they stand.
///
/// controller-gen reads all markers of a package before it uses any type of it. Here only the types are read that are
/// needed; what their neighbours are marked with is looked at no closer than it takes to know that it can be read.
struct MarkerFaultFinder {
  private let registry: MarkerRegistry
  /// The comments that were looked at, by whether they can be read. Few differ, among thousands.
  private var readable: [ByteString: Bool] = [:]

  init(_ registry: MarkerRegistry) { self.registry = registry }

  /// What is wrong with the markers of a package.
  mutating func faults(in package: any APIPackage) -> Diagnostics {
    var faults = Diagnostics()
    if package.possibleMarkers.allSatisfy({ isReadable($0) }) { return faults }
    // One of them is none, or at the wrong place, or a fault: now it matters to what each belongs.
    _ = registry.markers(of: package, diagnostics: &faults)
    for (groups, target) in [
      (package.detachedComments, MarkerTargets.type), (package.typeDocumentation, .type),
      (package.fieldComments, .field),
    ] {
      _ = registry.markers(in: groups, on: target, diagnostics: &faults)
    }
    return faults
  }

  /// Whether a comment can be read as a marker of whatever knows a marker of that name.
  private mutating func isReadable(_ comment: ByteString) -> Bool {
    if let known = readable[comment] { return known }
    var isReadable = true
    if let text = MarkerText(comment: comment) {
      for target in [MarkerTargets.package, .type, .field] {
        guard let entry = registry.entry(for: text, on: target) else { continue }
        if (try? registry.marker(entry, text)) == nil { isReadable = false }
      }
    }
    readable[comment] = isReadable
    return isReadable
  }
}
