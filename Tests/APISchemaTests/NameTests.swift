import Files
import TestSupport
import Testing

@testable import APISchema

@Suite struct PluralTests {
  /// `fixtures/crd/plurals.tsv`: kinds, and what six versions of flect make of them.
  @Test(arguments: Repository.rows("crd/plurals.tsv"))
  func pluralIsThatOfTheVersion(_ row: [String]) throws {
    let rules: [Plurals.Rules] = [.flect020, .flect022, .flect023, .flect025, .flect100, .flect100]
    try #require(row.count == rules.count + 1)
    for (rule, plural) in zip(rules, row[1...]) {
      #expect(Plurals(rule).plural(of: ByteString(row[0])).text == plural, "\(rule)")
    }
  }
}

@Suite struct NaturalOrderTests {
  @Test(arguments: [
    ("a", "b"), ("B", "a"), ("a", "ab"), ("a2", "a10"), ("a-b", "aa"), ("a1", "aa"), ("a1", "a01"), ("a9", "a09"),
    ("x-a", "xa"), ("-", "_"), ("", "a"), ("a\u{e9}", "a\u{fc}"),
  ])
  func comesBefore(_ left: String, _ right: String) {
    #expect(NaturalOrder.precedes(ByteString(left), ByteString(right)))
    #expect(!NaturalOrder.precedes(ByteString(right), ByteString(left)))
  }

  @Test func nothingComesBeforeItself() { #expect(!NaturalOrder.precedes("a1", "a1")) }
}

@Suite struct ControllerGenVersionTests {
  @Test func isReadWithAndWithoutItsLetter() throws {
    #expect(try ControllerGenVersion(parsing: "v0.16.5") == ControllerGenVersion(parsing: "0.16.5"))
    #expect(try ControllerGenVersion(parsing: "v0.9.2") < .v0(10))
  }

  @Test(arguments: ["", "v1", "v0.16", "v0.16.x", "v0.2.4", "v0.22.0", "v-1.0.0", "v0.16.5.1"])
  func othersAreRefused(_ text: String) { #expect(throws: Diagnostic.self) { try ControllerGenVersion(parsing: text) } }
}
