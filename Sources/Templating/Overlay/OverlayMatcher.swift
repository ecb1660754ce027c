package import Files
package import Starlark
package import YAML

/// A node of the left side that may match a node of an overlay.
package struct MatchCandidate {
  /// The index of a document or an array item, the key of a map item.
  package let index: Value
  package let left: Node
  package let right: Node

  package init(index: Value, left: Node, right: Node) {
    self.index = index
    self.left = left
    self.right = right
  }

  /// What a matcher written in Starlark is called with.
  var arguments: Arguments { Arguments([index, Conversion.value(left), Conversion.value(right)]) }
}

/// A matching function written in Swift: what `overlay.subset(…)` and the like give. Asked directly it needs no Starlark
/// values, which is what makes an overlay over thousands of documents fast; from Starlark it is called as any function
/// of (index, left, right).
package class OverlayMatcher: Object {
  /// The name in messages and call stacks.
  let name: ByteString

  init(named name: ByteString) {
    self.name = name
    super.init()
  }

  package override var typeName: ByteString { "builtin_function_or_method" }
  package override var isCallable: Bool { true }
  package override var calledName: ByteString { name }

  package override func writeRepr(into out: inout Output) {
    out.append("<built-in function ")
    out.append(name)
    out.append(">")
  }

  package override func hashValue() throws(Failure) -> Int { ObjectIdentifier(self).hashValue }

  package override func call(_ arguments: Arguments, _ thread: Thread) throws(Failure) -> Value {
    guard arguments.positional.count == 3 else { throw Failure("\(name): expected exactly 3 arguments") }
    let candidate = MatchCandidate(
      index: arguments.positional[0], left: try Conversion.node(arguments.positional[1]),
      right: try Conversion.node(arguments.positional[2]))
    return .bool(try matches(candidate, thread))
  }

  /// Whether the candidate is one that is meant.
  func matches(_ candidate: MatchCandidate, _ thread: Thread) throws(Failure) -> Bool { false }
}

/// `overlay.all`: everything.
final class EverythingMatcher: OverlayMatcher {
  init() { super.init(named: "overlay.all") }

  override func matches(_ candidate: MatchCandidate, _ thread: Thread) throws(Failure) -> Bool { true }
}

/// `overlay.index(n)`: what stands at an index, from 0.
final class IndexMatcher: OverlayMatcher {
  private let wanted: Int64

  init(_ wanted: Int64) {
    self.wanted = wanted
    super.init(named: "overlay.index_matcher")
  }

  override func matches(_ candidate: MatchCandidate, _ thread: Thread) throws(Failure) -> Bool {
    guard case .int(let index) = candidate.index else {
      throw Failure("\(name): expected starlark.Int")
    }
    return index == wanted
  }
}

/// `overlay.map_key(name)`, and `by="name"`: a map whose item of that key has the value that the overlay's has. A side
/// without the item is an error.
final class MapKeyMatcher: OverlayMatcher {
  private let key: ByteString

  init(_ key: ByteString) {
    self.key = key
    super.init(named: "overlay.map_key_matcher")
  }

  override func matches(_ candidate: MatchCandidate, _ thread: Thread) throws(Failure) -> Bool {
    try value(in: candidate.left).isSameScalar(as: value(in: candidate.right))
  }

  private func value(in node: Node) throws(Failure) -> Node {
    guard case .map(let items) = node else {
      throw Failure("\(name): Expected value to be map, but was \(node.kindName)")
    }
    for item in items {
      if case .string(let text) = item.key, text == key { return item.value }
    }
    throw Failure("\(name): Expected to find map item with key '\(key)', but did not")
  }
}

/// `overlay.subset(value)`: what has all of a value in it.
final class SubsetMatcher: OverlayMatcher {
  private let expected: Node

  init(_ expected: Node) {
    self.expected = expected
    super.init(named: "overlay.subset_matcher")
  }

  override func matches(_ candidate: MatchCandidate, _ thread: Thread) throws(Failure) -> Bool {
    candidate.left.mismatch(expecting: expected) == nil
  }
}

/// `overlay.and_op`, `or_op` and `not_op`: other matchers taken together.
final class CombinedMatcher: OverlayMatcher {
  enum Operation {
    case and, or, not

    var name: ByteString {
      switch self {
      case .and: "overlay.and_op"
      case .or: "overlay.or_op"
      // The name that ytt has for it in messages.
      case .not: "overlay.or_op"
      }
    }
  }

  private let operation: Operation
  private let operands: [Value]

  init(_ operation: Operation, _ operands: [Value]) {
    self.operation = operation
    self.operands = operands
    super.init(named: operation.name)
  }

  override func matches(_ candidate: MatchCandidate, _ thread: Thread) throws(Failure) -> Bool {
    do throws(Failure) {
      for operand in operands {
        let result = try candidate.satisfies(operand, thread)
        switch operation {
        case .and: if !result { return false }
        case .or: if result { return true }
        case .not: return !result
        }
      }
      return operation == .and
    } catch {
      throw error.prefixed("\(name): ")
    }
  }
}

extension MatchCandidate {
  /// Whether a matcher, in Swift or in Starlark, says that this is meant.
  func satisfies(_ matcher: Value, _ thread: Thread) throws(Failure) -> Bool {
    if case .object(let object) = matcher, let native = object as? OverlayMatcher {
      return try native.matches(self, thread)
    }
    return try thread.call(matcher, arguments).requireBool()
  }
}
