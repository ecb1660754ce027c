import Files

/// The markers that stand at one place, in the order of the text.
package struct MarkerSet: Sendable {
  package struct Element: Sendable {
    let marker: any Marker
    let name: ByteString
    let isAboutItems: Bool
    let position: Position
    var priority: Int { type(of: marker).priority }
  }

  private(set) var elements: [Element] = []

  init() {}

  var isEmpty: Bool { elements.isEmpty }

  mutating func append(_ element: Element) { elements.append(element) }

  /// In the order in which they are applied.
  var inOrder: [Element] {
    if elements.allSatisfy({ $0.priority == MarkerPriority.standard }) { return elements }
    // Sorting keeps the order of the text.
    return elements.enumerated().sorted { ($0.element.priority, $0.offset) < ($1.element.priority, $1.offset) }
      .map(\.element)
  }

  /// Whether there is one of that name.
  func has(named name: ByteString) -> Bool { elements.contains { $0.name == name } }

  /// The first one of that type.
  func first<M: Marker>(_ type: M.Type) -> M? {
    for element in elements { if let marker = element.marker as? M { return marker } }
    return nil
  }

  /// All of that type.
  func all<M: Marker>(_ type: M.Type) -> [M] { elements.compactMap { $0.marker as? M } }
}

extension MarkerRegistry {
  /// The markers in comments; what is wrong with them goes to `diagnostics`.
  func markers(
    in groups: [CommentGroup?], on target: MarkerTargets, diagnostics: inout Diagnostics
  ) -> MarkerSet {
    var set = MarkerSet()
    for case let group? in groups {
      for comment in group.comments {
        guard let text = MarkerText(comment: comment.text), let entry = entry(for: text, on: target) else { continue }
        add(text, entry, at: comment.position, to: &set, diagnostics: &diagnostics)
      }
    }
    return set
  }

  func add(
    _ text: MarkerText, _ entry: Entry, at position: Position, to set: inout MarkerSet, diagnostics: inout Diagnostics
  ) {
    do {
      let marker = try marker(entry, text)
      let definition = entry.definition
      set.append(
        MarkerSet.Element(
          marker: marker, name: definition.name, isAboutItems: definition.isAboutItems, position: position))
    } catch {
      diagnostics.append(
        Diagnostic("+\(entry.definition.name): \(error.message)", at: position, hint: error.hint))
    }
  }
}
