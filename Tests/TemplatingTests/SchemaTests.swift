import Files
import Starlark
import Templating
import Testing
import YAML

/// What is wrong with data values, and where: the places that our own reports point at.
struct SchemaTests {
  private let thread = Thread()

  private let schema = """
    bucket: ""
    region: ""
    size: 1
    ratio: 0.5
    ports:
    - name: ""
      port: 0
    labels: {}
    """

  private func document(_ text: String, _ name: String) throws -> Document {
    let file = SourceFile.register(path: name, contents: ByteString(text))
    return try #require(try ParsedFile.parse(file).documents.first)
  }

  private func check(_ text: String) throws -> Diagnostics {
    let schema = try Schema(document(schema, "schema.yml"))
    let values = DataValuesDocument(try document(text, "values.yml"), .plain)
    do throws(Diagnostics) {
      _ = try DataValues.resolve([values], schema: schema, thread)
      return Diagnostics()
    } catch {
      return error
    }
  }

  @Test(arguments: [
    "⟦bucktes⟧: acme\n",
    "bucket: ⟦5⟧ # not a name\n",
    "bucket: x\nsize: ⟦\"large\"⟧\nratio: ⟦on⟧\n",
    "ports:\n- name: http\n  port: ⟦1.5⟧\n- ⟦nam⟧: x\n",
    "⟦ports⟧:\n  a: 1\n",
    "region: ⟦[a, b]⟧\n",
    "\"bucket\": ⟦no⟧\n⟦'size '⟧: 1\n",
    "size:\nratio: 2\n",
  ]) func violationsPointAtKeysAndValues(_ marked: String) throws {
    let expected = MarkedText(marked)
    let diagnostics = try check(expected.text)
    if expected.ranges.isEmpty {
      // A value that is not there is shown by its key.
      #expect(MarkedText.mark(expected.text, diagnostics) == "⟦size⟧:\nratio: 2\n")
    } else {
      #expect(MarkedText.mark(expected.text, diagnostics) == marked)
    }
  }

  @Test func unknownKeysNameTheNearestOne() throws {
    let diagnostic = try #require(try check("bucktes: acme\n").list.first)
    #expect(diagnostic.hint == "did you mean \"bucket\"?")
    #expect(diagnostic.message.contains("unknown key 'bucktes'"))
    #expect(diagnostic.notes.first?.range?.start.source?.path == "schema.yml")
  }

  @Test func allViolationsAreReportedAtOnce() throws {
    #expect(try check("a: 1\nb: 2\nsize: x\nports: [{name: 1}, {port: x}]\n").list.count == 5)
  }

  @Test func theSameValuesGiveTheSameSchemaAgain() throws {
    let schema = try Schema(document(schema, "schema.yml"))
    var values = try #require(schema.defaults)
    #expect(schema.complete(&values).isEmpty)
    let printed = YAML.print([values])
    #expect(schema.complete(&values).isEmpty)
    #expect(YAML.print([values]) == printed)
  }
}
