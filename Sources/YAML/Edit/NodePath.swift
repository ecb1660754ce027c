package import Files

/// The way from a document to one of its nodes: `schedules[0].paused`.
package struct NodePath: Hashable, Sendable {
  /// One step down.
  package enum Step: Hashable, Sendable {
    case key(ByteString)
    case index(Int)
  }

  package var steps: [Step]

  package init(_ steps: [Step] = []) { self.steps = steps }

  /// Reads what `description` prints; nothing for any other text. A key with a dot or a bracket in it is none.
  package init?(_ text: ByteString) {
    var steps: [Step] = []
    for part in text.text.split(separator: ".", omittingEmptySubsequences: false) {
      var pieces = part.split(separator: "[", omittingEmptySubsequences: false)
      let key = pieces.removeFirst()
      guard !key.isEmpty else { return nil }
      steps.append(.key(ByteString(String(key))))
      for piece in pieces {
        guard piece.last == "]", let index = Int(piece.dropLast()), index >= 0 else { return nil }
        steps.append(.index(index))
      }
    }
    self.steps = steps
  }

  package func appending(_ step: Step) -> NodePath { NodePath(steps + [step]) }
}

extension NodePath: CustomStringConvertible {
  package var description: String {
    var text = ""
    for step in steps {
      switch step {
      case .key(let key): text += (text.isEmpty ? "" : ".") + key.text
      case .index(let index): text += "[\(index)]"
      }
    }
    return text
  }
}

extension Node {
  /// The node at a path; nothing where there is none. Of keys that stand twice the first counts.
  package func node(at path: NodePath) -> Node? {
    var node = self
    for step in path.steps {
      switch (step, node) {
      case (.key(let key), .map(let items)):
        guard let item = items.first(where: { $0.key.isText(key) }) else { return nil }
        node = item.value
      case (.index(let index), .sequence(let items)) where index < items.count: node = items[index].value
      default: return nil
      }
    }
    return node
  }

  /// The same with another node at a path, or without what stands there where `replacement` is nothing; the same where
  /// nothing stands there.
  func replacing(_ path: ArraySlice<NodePath.Step>, with replacement: Node?) -> Node {
    guard let step = path.first else { return replacement ?? .null }
    let rest = path.dropFirst()
    switch (step, self) {
    case (.key(let key), .map(var items)):
      guard let index = items.firstIndex(where: { $0.key.isText(key) }) else { return self }
      if rest.isEmpty, replacement == nil {
        items.remove(at: index)
      } else {
        items[index].value = items[index].value.replacing(rest, with: replacement)
      }
      return .map(items)
    case (.index(let index), .sequence(var items)) where index < items.count:
      if rest.isEmpty, replacement == nil {
        items.remove(at: index)
      } else {
        items[index].value = items[index].value.replacing(rest, with: replacement)
      }
      return .sequence(items)
    default: return self
    }
  }

  /// Whether both hold the same values in the same order, wherever they stand.
  func isIdentical(to other: Node) -> Bool {
    switch (self, other) {
    case (.null, .null): true
    case (.bool(let a), .bool(let b)): a == b
    case (.int(let a), .int(let b)): a == b
    case (.unsigned(let a), .unsigned(let b)): a == b
    case (.float(let a), .float(let b)): a == b || (a.isNaN && b.isNaN)
    case (.string(let a), .string(let b)): a == b
    case (.map(let a), .map(let b)):
      a.count == b.count
        && zip(a, b).allSatisfy { $0.key.isIdentical(to: $1.key) && $0.value.isIdentical(to: $1.value) }
    case (.sequence(let a), .sequence(let b)):
      a.count == b.count && zip(a, b).allSatisfy { $0.value.isIdentical(to: $1.value) }
    default: false
    }
  }

  func isText(_ text: ByteString) -> Bool {
    if case .string(let own) = self { return own == text }
    return false
  }
}
