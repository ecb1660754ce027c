import Files
import Starlark
import Templating
import Testing
import YAML

/// Data values from a command line, put over each other.
struct DataValuesTests {
  private let thread = Thread()

  private func merge(_ arguments: DataValueArguments, schema: String? = nil) throws -> String {
    var declared = Schema.anything
    if let schema {
      let file = SourceFile.register(path: "schema.yml", contents: ByteString(schema))
      declared = try Schema(#require(try ParsedFile.parse(file).documents.first))
    }
    let documents = try arguments.documents().filter(\.library.isEmpty)
    return YAML.print([try DataValues.merge(documents, schema: declared, order: [], thread)]).text
  }

  @Test func mapsMergeAndTheRestIsReplaced() throws {
    var arguments = DataValueArguments()
    arguments.valuesFiles = [
      .init(argument: "a.yml", files: [("a.yml", "m: {x: 1, l: [1, 2]}\ns: text\n---\n")]),
      .init(argument: "b.yml", files: [("b.yml", "m: {l: [3], z: null}\ns: {k: 1}\n")]),
    ]
    #expect(throws: Failure.self) { try merge(arguments) }
    arguments.valuesFiles[1].files[0].contents = "m: {l: [3], z: null}\ns: [1]\n"
    #expect(try merge(arguments) == "m:\n  x: 1\n  l:\n  - 3\n  z: null\ns:\n- 1\n")
  }

  @Test func singleValuesReplaceWholeTrees() throws {
    var arguments = DataValueArguments()
    arguments.valuesFiles = [.init(argument: "a.yml", files: [("a.yml", "m: {x: {y: 1}, z: 1}\n")])]
    arguments.strings = ["m.z=1=2", "new.a=", "@lib:other=1"]
    arguments.yaml = ["m.x={q: [1]}"]
    #expect(try merge(arguments) == "m:\n  x:\n    q:\n    - 1\n  z: 1=2\nnew:\n  a: \"\"\n")
  }

  @Test func theEnvironmentSplitsKeysAtTwoUnderscores() throws {
    var arguments = DataValueArguments()
    arguments.variables = ["V_b=2", "V_a__c_d__e=1", "OTHER_b=3", "V=4", "VV_b=5"]
    arguments.environment = ["V"]
    #expect(try merge(arguments) == "a:\n  c_d:\n    e: \"1\"\nb: \"2\"\n")
    arguments.environment = []
    arguments.environmentYAML = ["V"]
    #expect(try merge(arguments) == "a:\n  c_d:\n    e: 1\nb: 2\n")
  }

  @Test func librariesAreAddressedInFrontOfTheKey() throws {
    var arguments = DataValueArguments()
    arguments.strings = ["@one@two~x:key=v"]
    let document = try #require(try arguments.documents().first)
    #expect(
      document.library == [
        LibraryReference(path: "one"), LibraryReference(path: "two", alias: "x"),
      ])
    #expect(LibraryReference(path: "", alias: "x").matches(LibraryReference(path: "two", alias: "x")))
    #expect(!LibraryReference(path: "one").matches(LibraryReference(path: "two", alias: "x")))
  }

  @Test(arguments: [
    ("novalue", "Extracting data value from KV: Expected format key=value"),
    ("@:a=1", "Extracting data value from KV: Expected library ref to not be empty"),
    ("a:b=1", "Extracting data value from KV: Expected at most one library-key separator ':' in 'a:b'"),
    ("@a~b~c:k=1", "Expected library ref to have form: '@path', '@~alias', or '@path~alias', got: '@a~b~c'"),
  ]) func malformedArgumentsAreNamed(_ argument: String, _ message: String) throws {
    var arguments = DataValueArguments()
    arguments.strings = [ByteString(argument)]
    let failure = #expect(throws: Failure.self) { try arguments.documents() }
    #expect(failure?.message.text.contains(message) == true)
  }

  @Test func argumentsAreShownWithTheirPlaces() throws {
    var arguments = DataValueArguments()
    arguments.strings = ["a.bb=x"]
    let failure = #expect(throws: Failure.self) { try merge(arguments, schema: "a: {b: 1}\n") }
    guard case .diagnostics(let diagnostics) = failure?.cause else {
      Issue.record("no diagnostics")
      return
    }
    #expect(MarkedText.mark("a.bb=x", diagnostics) == "a.⟦bb⟧=x")
  }

  @Test func annotationsAreRefusedInValuesFiles() throws {
    var arguments = DataValueArguments()
    arguments.valuesFiles = [.init(argument: "a.yml", files: [("a.yml", "#@data/values\n---\na: 1\n")])]
    let failure = #expect(throws: Failure.self) { try merge(arguments) }
    #expect(failure?.message.text.contains("Expected to be plain YAML, having no annotations") == true)
  }
}
