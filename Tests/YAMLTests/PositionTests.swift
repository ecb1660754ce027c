import Files
import Testing
import YAML

struct PositionTests {
  /// The offsets of all items, in the order of the tree.
  private func offsets(_ node: Node) -> [Int] {
    switch node {
    case .map(let items): items.flatMap { [Int($0.position.offset)] + offsets($0.value) }
    case .sequence(let items): items.flatMap { [Int($0.position.offset)] + offsets($0.value) }
    default: []
    }
  }

  /// The text with a `^` in front of each item's place.
  private func marked(_ text: String) throws -> String {
    var bytes = [UInt8](text.utf8)
    let places = try parse(ByteString(text)).documents.flatMap { offsets($0.value) }
    for place in places.sorted(by: >) { bytes.insert(UInt8(ascii: "^"), at: place) }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func itemsStandAtTheirKeysAndDashes() throws {
    let text = "a: 1\nb:\n- x\n-  - y\n- c: 2\n  'd': 3\n? e\n: f: 4\n&a g: !!str h\n"
    let expected = "^a: 1\n^b:\n^- x\n^-  ^- y\n^- ^c: 2\n  ^'d': 3\n? ^e\n: ^f: 4\n^&a g: !!str h\n"
    #expect(try marked(text) == expected)
  }

  @Test func itemsOfFlowSequencesStandAtTheBracketOrComma() throws {
    #expect(try marked("a: [1,\n 2, {b: 3}]\n") == "^a: ^[1^,\n 2^, {^b: 3}]\n")
  }

  @Test func documentsStandAtTheirMarkers() throws {
    let file = try parse("# c\n---\na\n--- b\n")
    #expect(file.documents.map(\.position.offset) == [0, 4, 10])
    #expect(file.documents.map(\.isExplicit) == [false, true, true])
  }

  @Test func aFileBeginsWithADocument() throws {
    for (text, count) in [("", 1), ("\n\n", 1), ("# c\n", 1), ("---\n", 1), ("\n---\na\n", 1), ("a\n---\n", 2)] {
      #expect(try parse(ByteString(text)).documents.count == count)
    }
    #expect(try parse("\n---\na\n").documents[0].isExplicit)
  }

  @Test func valuesAreFoundBehindTheirKeys() throws {
    let text = "a: ①1\n'b: c' : # c\n  ②[x]\n? d\n: ③e\nf:\n④- g\nh: ⑤&x !!str i\n"
    var expected: [Int] = []
    var plain: [UInt8] = []
    for scalar in text.unicodeScalars {
      if ("①"..."⑤").contains(scalar) { expected.append(plain.count) } else { plain += [UInt8](String(scalar).utf8) }
    }
    guard case .map(let items) = try parse(ByteString(plain)).documents[0].value else {
      Issue.record("no map")
      return
    }
    #expect(items.map { Int($0.valuePosition.offset) } == expected)
  }

  @Test func aValueThatIsNotThereIsWhereItsKeyIs() throws {
    guard case .map(let items) = try parse("a:\nb: null\n").documents[0].value else { return }
    #expect(items.map { Int($0.valuePosition.offset) } == [0, 6])
  }

  @Test func nodesStaySmall() {
    #expect(MemoryLayout<Node>.stride == 16)
    #expect(MemoryLayout<MapItem>.stride == 48)
    #expect(MemoryLayout<SequenceItem>.stride == 32)
  }
}
