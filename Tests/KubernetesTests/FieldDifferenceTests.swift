import Files
import Kubernetes
import Testing
import YAML

@Suite struct FieldDifferenceTests {
  /// `path: old → new`, a `-` for what is not there.
  private func differences(_ old: Node, _ new: Node) -> [String] {
    FieldDifference.differences(from: old, to: new).map { difference in
      let values = [difference.old, difference.new].map { $0.map { FieldValue.text($0) } ?? "-" }
      return "\(difference.path): \(values[0]) → \(values[1])\(difference.isReordering ? " (order)" : "")"
    }
  }

  @Test func orderOfKeysAndSpellingOfNumbersMeanNothing() {
    #expect(differences(map(["a": 1, "b": 2]), map(["b": 2, "a": .float(1)])).isEmpty)
  }

  @Test func namesChangedAddedAndRemovedFields() {
    #expect(
      differences(
        map(["a": map(["x.y/z": 1, "b": true]), "gone": .null]),
        map(["a": map(["x.y/z": 2, "b": true]), "new": "text"]))
        == [#"a["x.y/z"]: 1 → 2"#, "gone: null → -", #"new: - → "text""#])
  }

  @Test func findsListItemsByName() {
    let old = map(["env": list(map(["name": "A", "value": "1"]), map(["name": "B", "value": "2"]))])
    let new = map(["env": list(map(["name": "B", "value": "3"]), map(["name": "C"]))])
    #expect(
      differences(old, new) == [
        #"env[name=A]: {name: "A", value: "1"} → -"#, #"env[name=B].value: "2" → "3""#,
        #"env[name=C]: - → {name: "C"}"#,
      ])
  }

  @Test func anotherOrderOfNamedItemsIsADifference() {
    let a = map(["name": "a"])
    let b = map(["name": "b"])
    #expect(
      differences(map(["c": list(a, b)]), map(["c": list(b, a)])) == [#"c: ["a", "b"] → ["b", "a"] (order)"#])
  }

  @Test func oneMoreItemInTheMiddleIsOneDifference() {
    #expect(
      differences(map(["args": list("a", "b", "c")]), map(["args": list("a", "x", "b", "c")])) == [#"args[1]: - → "x""#]
    )
    #expect(
      differences(map(["args": list("a", "b", "c")]), map(["args": list("a", "y", "c")])) == [#"args[1]: "b" → "y""#])
  }

  @Test func aChangedTypeIsADifference() {
    #expect(differences(map(["port": 8085]), map(["port": "8085"])) == [#"port: 8085 → "8085""#])
  }

  @Test func deepNestingIsComparedInReasonableTime() {
    var old: Node = "a"
    var new: Node = "b"
    for _ in 0..<400 {
      old = list(old, "x")
      new = list(new, "y")
    }
    #expect(!old.isEquivalent(to: new))
    #expect(!differences(old, new).isEmpty)
  }

  @Test func valuesCannotSteerTheTerminal() {
    #expect(FieldValue.text(.string("a\u{1B}[31m\nb\u{202E}")) == #""a\u{1b}[31m\nb\u{202e}""#)
    #expect(
      FieldValue.text(.string(ByteString(String(repeating: "é", count: 300))), widest: 20).unicodeScalars.count == 21)
  }
}
