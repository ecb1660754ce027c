import Files
import Testing
import YAML

struct CommentTests {
  private func comments(_ text: ByteString) throws -> [String] {
    try parse(text).comments.map { "\($0.line)\($0.isAloneOnLine ? "" : "+"):\($0.text)" }
  }

  @Test func standBetweenAnyTokens() throws {
    let text: ByteString = """
      #@ top
      --- # marker
      a: # key
        #@ alone
        - # dash
          1 # value
        - [ # bracket
          2, # comma
          # before the end
        ] # behind it
      b: "x"# no blank needed behind a quote
      # last
      """
    #expect(
      try comments(text) == [
        "1:@ top", "2+: marker", "3+: key", "4:@ alone", "5+: dash", "6+: value", "7+: bracket", "8+: comma",
        "9: before the end", "10+: behind it", "11+: no blank needed behind a quote", "12: last",
      ])
  }

  @Test func areNotWithinText() throws {
    let text: ByteString = """
      a: x#y
      b: "x # y"
      c: 'x # y'
      d: |
        # text
      e: | # header
        text
      f: http://x/#y
      g: one
        # comment
      """
    #expect(try comments(text) == ["10: comment"])
  }

  @Test func endALine() throws {
    #expect(try comments("a: 1 # x\r\n# y\r\n") == ["1+: x", "2: y"])
    #expect(try comments("# x") == ["1: x"])
    #expect(try comments("#") == ["1:"])
  }

  @Test func areLostBehindTheLastDocumentEnd() throws {
    #expect(try comments("a\n# x\n...\n# y\n") == ["2: x"])
    #expect(try comments("a\n...\n# x\n---\nb\n") == ["3: x"])
  }

  @Test func knowTheirPlaces() throws {
    let file = try parse("a: 1 # x\n  # y\n")
    #expect(file.comments.map(\.position.offset) == [5, 11])
  }
}
