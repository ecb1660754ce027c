import Files
package import YAML

/// Which objects one set has and another one has not, and which are different.
package struct ObjectSetDifference: Sendable {
  /// An object that both have.
  package struct Change: Sendable {
    package let identity: ObjectIdentity
    package let fields: [FieldDifference]
  }

  /// In the order in which they can be applied.
  package let added: [ObjectIdentity]
  /// In the order in which they can be deleted: the reverse of that in which they were applied.
  package let removed: [ObjectIdentity]
  package let changed: [Change]

  package init(from old: ObjectSet, to new: ObjectSet) {
    let before = Dictionary(old.objects.map { ($0.identity, $0) }) { first, _ in first }
    let after = Set(new.objects.map(\.identity))
    added = new.objects.map(\.identity).filter { before[$0] == nil }
    removed = old.objects.map(\.identity).filter { !after.contains($0) }.reversed()
    changed = new.objects.compactMap { object in
      guard let earlier = before[object.identity] else { return nil }
      let fields = FieldDifference.differences(from: earlier.content, to: object.content)
      return fields.isEmpty ? nil : Change(identity: object.identity, fields: fields)
    }
  }

  package var isEmpty: Bool { added.isEmpty && removed.isEmpty && changed.isEmpty }
}

extension ObjectSet {
  /// The containers of all pods that the objects make, those that come first included.
  package var containers: [Node] {
    objects.flatMap { object -> [Node] in
      guard let pod = object.content.value(at: "spec", "template", "spec") else { return [] }
      let keys: [ByteString] = ["initContainers", "containers"]
      return keys.flatMap { key -> [Node] in
        guard case .sequence(let items)? = pod.value(at: key) else { return [] }
        return items.map(\.value)
      }
    }
  }

  /// The images of these containers.
  package var images: [String] { containers.compactMap { $0.value(at: "image")?.stringValue?.text } }
}
