import Files
import Kubernetes
import YAML

/// A ytt overlay that makes of rendered objects what is there: as little of each as can be said.
struct OverlayText {
  private var out = ""

  /// The overlay; nothing where nothing is to be changed.
  static func text(for comparison: InstalledComparison) -> ByteString? {
    var text = OverlayText()
    for pair in comparison.pairs { text.write(pair) }
    return text.out.isEmpty ? nil : ByteString("#@ load(\"@ytt:overlay\", \"overlay\")\n" + text.out)
  }

  private mutating func write(_ pair: InstalledComparison.Pair) {
    guard let new = pair.new, pair.old.map({ !$0.isEquivalent(to: new) }) ?? true else { return }
    append("\n#@overlay/match by=overlay.subset(\(Self.subset(new)))\n")
    guard let old = pair.old else { return append("#@overlay/remove\n---\n") }
    append("---\n")
    writeMap(from: new.mapItems, to: old.mapItems, indent: 0)
  }

  /// What tells the rendered object from others, as Starlark.
  private static func subset(_ object: Node) -> String {
    let metadata = object["metadata"]
    func quoted(_ node: Node?) -> String { "\"\(node?.scalarText ?? "")\"" }
    return "{\"kind\": \(quoted(object["kind"])), \"metadata\": {\"name\": \(quoted(metadata?["name"]))}}"
  }

  private mutating func writeMap(from new: [MapItem], to old: [MapItem], indent: Int) {
    for item in new {
      guard let key = item.key.stringValue else { continue }
      guard let wanted = old.item(key)?.value else {
        line("#@overlay/remove", indent)
        entry(key, .null, indent)
        continue
      }
      if item.value.isEquivalent(to: wanted) { continue }
      switch (item.value, wanted) {
      case (.map(let new), .map(let old)):
        line("\(Self.text(key)):", indent)
        writeMap(from: new, to: old, indent: indent + 2)
      case (.sequence(let new), .sequence(let old)):
        if let edits = ListEdits(from: new, to: old) {
          line("\(Self.text(key)):", indent)
          write(edits, indent: indent)
        } else {
          replace(key, wanted, indent)
        }
      case (.map, _), (.sequence, _), (_, .map), (_, .sequence): replace(key, wanted, indent)
      default: entry(key, wanted, indent)
      }
    }
    for item in old {
      guard let key = item.key.stringValue, new.item(key) == nil else { continue }
      line("#@overlay/match missing_ok=True", indent)
      // The map may be there, and only hold what is passed over where objects are compared.
      if case .map = item.value { line("#@overlay/match-child-defaults missing_ok=True", indent) }
      entry(key, item.value, indent)
    }
  }

  private mutating func write(_ edits: ListEdits, indent: Int) {
    for (name, new, old) in edits.changed {
      line("#@overlay/match by=\"name\"", indent)
      line("- name: \(Self.text(name))", indent)
      writeMap(from: new, to: old, indent: indent + 2)
    }
    for (place, name, new, old) in edits.renamed {
      line("#@overlay/match by=overlay.index(\(place))", indent)
      line("- name: \(Self.text(name))", indent)
      writeMap(from: new, to: old, indent: indent + 2)
    }
    for name in edits.removed {
      line("#@overlay/match by=\"name\"", indent)
      line("#@overlay/remove", indent)
      line("- name: \(Self.text(name))", indent)
    }
    for added in edits.added {
      line("#@overlay/append", indent)
      append(.sequence([SequenceItem(added)]), indent)
    }
  }

  private mutating func replace(_ key: ByteString, _ value: Node, _ indent: Int) {
    line("#@overlay/replace", indent)
    entry(key, value, indent)
  }

  private mutating func entry(_ key: ByteString, _ value: Node, _ indent: Int) {
    append(.map([MapItem(key: .string(key), value: value)]), indent)
  }

  private mutating func line(_ text: String, _ indent: Int) {
    append(String(repeating: " ", count: indent) + text + "\n")
  }

  private mutating func append(_ text: String) { out += text }

  /// A node as YAML, every line of it further right.
  private mutating func append(_ node: Node, _ indent: Int) {
    var buffer = ByteBuffer()
    print(node, into: &buffer)
    let margin = String(repeating: " ", count: indent)
    for text in buffer.finish().text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      append(text.isEmpty ? "\n" : margin + text + "\n")
    }
  }

  /// A text as a YAML scalar.
  private static func text(_ text: ByteString) -> String {
    var buffer = ByteBuffer()
    print(.string(text), into: &buffer)
    return String(buffer.finish().text.dropLast())
  }
}

/// How one list becomes another whose items are told apart by their names.
private struct ListEdits {
  var changed: [(name: ByteString, new: [MapItem], old: [MapItem])] = []
  /// Items that keep their place, and little else than their names changes.
  var renamed: [(place: Int, name: ByteString, new: [MapItem], old: [MapItem])] = []
  var removed: [ByteString] = []
  var added: [Node] = []

  /// Nothing where items have no names of their own, or would have to change places.
  init?(from new: [SequenceItem], to old: [SequenceItem]) {
    guard let newNames = Self.names(new), let oldNames = Self.names(old) else { return nil }
    if new.count == old.count, newNames != oldNames, let renamed = Self.renamed(new, old, oldNames) {
      self.renamed = renamed
      return
    }
    let kept = newNames.filter(oldNames.contains)
    guard kept == Array(oldNames.prefix(kept.count)) else { return nil }
    for (name, item) in zip(newNames, new) {
      guard let place = oldNames.firstIndex(of: name) else {
        removed.append(name)
        continue
      }
      if !item.value.isEquivalent(to: old[place].value) {
        changed.append((name, item.value.mapItems, old[place].value.mapItems))
      }
    }
    added = old.dropFirst(kept.count).map(\.value)
  }

  /// Nothing unless each item has the image or the port of the one in its place: containers of plugins, whose names
  /// are anybody's choice, and ports. Of ports only one, for they are compared in the order of their names.
  private static func renamed(
    _ new: [SequenceItem], _ old: [SequenceItem], _ names: [ByteString]
  ) -> [(place: Int, name: ByteString, new: [MapItem], old: [MapItem])]? {
    var renamed: [(place: Int, name: ByteString, new: [MapItem], old: [MapItem])] = []
    for (place, (one, other)) in zip(new, old).enumerated() {
      let isSame = ["image", "containerPort"].contains { (key: ByteString) in
        guard let value = one.value[key], key == "image" || new.count == 1 else { return false }
        return other.value[key]?.isEquivalent(to: value) ?? false
      }
      guard isSame else { return nil }
      let items = (one.value.without("name").mapItems, other.value.without("name").mapItems)
      renamed.append((place, names[place], items.0, items.1))
    }
    return renamed
  }

  private static func names(_ items: [SequenceItem]) -> [ByteString]? {
    let names = items.compactMap { $0.value["name"]?.stringValue }
    return names.count == items.count && Set(names).count == names.count ? names : nil
  }
}
