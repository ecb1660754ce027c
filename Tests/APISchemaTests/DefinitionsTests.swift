import APISchema
import Files
import Testing

@Suite struct DefinitionsTests {
  @Test func tagOptionsAreFoundByTheirWholeName() {
    let tag = JSONTag(name: "metadata", options: ["omitempty"])
    #expect(tag.has("omitempty"))
    #expect(!tag.has("omit"))
  }
}
