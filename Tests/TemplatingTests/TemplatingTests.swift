import Files
import Templating
import Testing
import YAML

/// Templates, libraries and modules against what ytt made of the same files.
struct TemplateTests {
  @Test(arguments: RecordedCase.all(in: "template")) func templates(_ recorded: RecordedCase) throws {
    try recorded.check()
  }

  @Test(arguments: RecordedCase.all(in: "library")) func libraries(_ recorded: RecordedCase) throws {
    try recorded.check()
  }

  @Test(arguments: RecordedCase.all(in: "modules")) func modules(_ recorded: RecordedCase) throws {
    try recorded.check()
  }

  @Test(arguments: ["template", "library", "modules"]) func casesAreFound(_ folder: String) {
    #expect(!RecordedCase.all(in: folder).isEmpty)
  }
}

/// What cannot be said by a comparison with ytt.
struct RenderingTests {
  private func render(_ files: [(ByteString, ByteString)], marks: [ByteString] = []) throws(Diagnostics) -> RenderOutput
  {
    let inputs = files.map { InputFile(path: $0.0, contents: $0.1) }
    return try Rendering.render(RenderInput(files: try FileMark.apply(marks, to: inputs)))
  }

  @Test func aFailureInsideAFunctionCanBeCaught() throws {
    let template: ByteString = """
      #@ load("@ytt:assert", "assert")
      #@ def bad():
      a: 1
      b:
        c: #@ 1 // 0
      #@ end
      r: #@ assert.try_to(bad)
      s: 1
      """
    let output = try render([("c.yml", template)])
    #expect(YAML.print(output.documents) == "r:\n- null\n- floored division by zero\ns: 1\n")
  }

  @Test(arguments: [
    "#@ def w(x):\na: #@ x\n#@ end\n#@ x = None\n#@ for i in range(5000):\n#@ x = w(x)\n#@ end\nr: #@ x\n",
    "#@ x = None\n#@ for i in range(5000):\n#@ x = [x]\n#@ end\nr: #@ x\n",
    "#@ l = []\n#@ l.append(l)\nr: #@ l\n",
    "#@ def w(x):\na: #@ w(x)\n#@ end\nr: #@ w(1)\n",
  ])
  func nestingWithoutEndFails(_ template: String) {
    #expect(throws: Diagnostics.self) { try render([("c.yml", ByteString(template))]) }
  }

  @Test func filesThatLoadEachOtherFail() {
    let error = #expect(throws: Diagnostics.self) {
      try render([("a.star", "load(\"b.star\", \"y\")\nx = 1\n"), ("b.star", "load(\"a.star\", \"x\")\ny = 1\n")])
    }
    #expect(error?.list.first?.message.contains("cycle in load graph") == true)
  }

  @Test func errorsOfOneFileAreToldOneByOne() throws {
    let marked = "a: #@ 1\n⟦# plain⟧\nb: 2 ⟦#@ 3⟧\n"
    let text = MarkedText(marked).text
    let error = try #require(throws: Diagnostics.self) { try render([("c.yml", ByteString(text))]) }
    #expect(MarkedText.mark(text, error) == marked)
  }

  @Test func compiledFilesAreShared() async throws {
    let file = InputFile(path: "c.yml", contents: "#@ load(\"@ytt:data\", \"data\")\na: #@ data.values.count\n")
    let values = InputFile(path: "v.yml", contents: "#@data/values\n---\ncount: 0\n")
    let outputs = try await withThrowingTaskGroup(of: (Int, ByteString).self) { group in
      for n in 0..<50 {
        group.addTask {
          var input = RenderInput(files: [file, values])
          input.dataValues.yaml = [ByteString("count=\(n)")]
          return (n, YAML.print(try Rendering.render(input).documents))
        }
      }
      return try await group.reduce(into: [Int: ByteString]()) { $0[$1.0] = $1.1 }
    }
    for n in 0..<50 { #expect(outputs[n] == ByteString("a: \(n)\n")) }
  }

  @Test func aliasesRepeatTheLinesOfTheirAnchor() throws {
    let output = try render([("c.yml", "#@ x = 1\na: &a\n  p: 2\nb: *a\nc: #@ x\n")])
    #expect(YAML.print(output.documents) == "a:\n  p: 2\nb:\n  p: 2\nc: 1\n")
  }

  @Test(
    arguments: [
      ("a.yml:exclude=true", "b: 1\n"), ("**/*.yml:exclude=true", ""), ("d/**/*:exclude=true", "a: 1\n---\nb: 1\n"),
      ("*.yml:exclude=true", "c: 1\n"), ("b.yml:exclusive-for-output=true", "b: 1\n"),
    ] as [(ByteString, ByteString)])
  func marksChooseFiles(_ mark: ByteString, _ expected: ByteString) throws {
    let files: [(ByteString, ByteString)] = [("a.yml", "a: 1\n"), ("b.yml", "b: 1\n"), ("d/c.yml", "c: 1\n")]
    let output = try render(mark.hasPrefix("a.yml") ? Array(files[..<2]) : files, marks: [mark])
    #expect(YAML.print(output.documents) == expected)
  }

  @Test func repeatedKeysTakeTimeInProportion() throws {
    let count = 40_000
    var text = "#@ x = 1\n"
    for n in 0..<count { text += "key\(n): #@ x\n" }
    let clock = ContinuousClock()
    let elapsed = try clock.measure { _ = try render([("c.yml", ByteString(text))]) }
    #expect(elapsed < .seconds(20))
  }
}
