import Files
import Starlark
import Templating
import TestSupport
import Testing
import YAML

/// Overlays applied to trees made by hand: what can be said without templates.
struct OverlayTests {
  private let thread = Thread()

  private func map(_ items: (ByteString, Node)...) -> Node {
    .map(items.map { MapItem(key: .string($0.0), value: $0.1) })
  }

  private func match(_ arguments: (name: ByteString, value: Value)...) -> NodeAnnotations {
    NodeAnnotations([
      Annotation(name: "overlay/match", arguments: Arguments([], keyword: arguments), position: .none)
    ])
  }

  private func member(_ name: ByteString) throws -> Value {
    try #require(try OverlayModule.make().attribute(name))
  }

  private func value(_ key: ByteString, _ node: Node) -> Node? {
    guard case .map(let items) = node else { return nil }
    return items.first { $0.key.isSameScalar(as: .string(key)) }?.value
  }

  @Test func anOverlayLeavesItsInputsAsTheyWere() throws {
    let left = [Document(map(("a", map(("b", .int(1))))))]
    let right = Document(map(("a", map(("b", .int(2))))), annotations: match(("by", try member("all"))))
    let result = try Overlay.apply(left: left, right: [right], thread)
    #expect(value("b", try #require(value("a", result[0].value)))?.isSameScalar(as: .int(2)) == true)
    #expect(value("b", try #require(value("a", left[0].value)))?.isSameScalar(as: .int(1)) == true)
  }

  @Test func aFailedOverlayLeavesTheValueUsable() throws {
    let left = map(("a", map(("b", .int(1)))), ("c", .int(3)))
    let right = map(("c", .int(4)), ("a", map(("b", map(("d", .int(1)))))))
    #expect(throws: Failure.self) { try Overlay.apply(left: left, right: right, thread) }
    #expect(value("c", left)?.isSameScalar(as: .int(3)) == true)
    #expect(value("a", left)?.isNull == false)
  }

  @Test func setsOfDocumentsStayTogether() throws {
    let added = NodeAnnotations([
      Annotation(
        name: "overlay/match",
        arguments: Arguments([], keyword: [("by", try member("all")), ("expects", .string("0+"))]), position: .none),
      Annotation(name: "overlay/append", arguments: Arguments(), position: .none),
    ])
    var sets = [[Document(.int(1))], [Document(.int(2)), Document(.int(3))], []]
    try Overlay.apply([Document(.int(4), annotations: added)], to: &sets, thread)
    #expect(sets.map(\.count) == [1, 2, 1])

    let index = Builtin("third") { arguments, _ throws(Failure) in .bool(arguments.positional.first?.int == 2) }
    let replaced = Document(.int(9), annotations: match(("by", .object(index))))
    try Overlay.apply([replaced], to: &sets, thread)
    #expect(sets[1][1].value.isSameScalar(as: .int(9)))
  }

  @Test(arguments: [200, 2_000]) func deepTreesNeverOverflowASmallStack(_ depth: Int) {
    let isFine = SmallStack.run {
      func nest(_ leaf: Node, mapsOnly: Bool = false) -> Node {
        var node = leaf
        for level in 0..<depth {
          node =
            mapsOnly || level.isMultiple(of: 2)
            ? .map([MapItem(key: .string("a"), value: node)]) : .sequence([SequenceItem(node)])
        }
        return node
      }
      let merged = try? Overlay.apply(
        left: nest(.int(1), mapsOnly: true), right: nest(.int(2), mapsOnly: true), Thread())
      let schema = try? Schema(Document(nest(.int(1))))
      var values = Document(nest(.string("x")))
      let violations = schema?.complete(&values)
      _ = schema.map { try? DataValues.validate(values, schema: $0, Thread()) }
      _ = schema?.openAPI
      let isAllowed = depth < 256
      return (merged != nil) == isAllowed && (schema != nil) == isAllowed && (violations?.isEmpty != true)
    }
    #expect(isFine == true)
  }

  @Test func manyKeysTakeTimeInProportion() throws {
    let keys = (0..<20_000).map { ByteString("key-\($0)") }
    let left = Node.map(keys.map { MapItem(key: .string($0), value: .int(1)) })
    let right = Node.map(keys.map { MapItem(key: .string($0), value: .int(2)) })
    guard case .map(let items) = try Overlay.apply(left: left, right: right, thread) else {
      Issue.record("not a map")
      return
    }
    #expect(items.allSatisfy { $0.value.isSameScalar(as: .int(2)) })
  }
}
