import Files
import Kubernetes
import TestSupport
import Testing
import YAML

@Suite struct ObjectValidationTests {
  static let cases = DefinitionFixture.all(in: "validation")

  /// What is wrong stands behind the line that it is about: `# error 7: message`, the number being the column.
  private func expected(_ fixture: DefinitionFixture) -> [String] {
    fixture.comments.flatMap { comment in
      comment.text.text.split(separator: " # ").map { $0.drop { $0 == " " } }
        .filter { $0.hasPrefix("error ") || $0.hasPrefix("warning ") }
        .map { "\(comment.line): \($0)" }
    }
  }

  private func found(_ fixture: DefinitionFixture) throws -> [Diagnostic] {
    let validation = ObjectValidation(DefinitionSet([try DefinitionFixture.definition(fixture.head)]))
    return fixture.documents.dropFirst().flatMap { document in
      ListedObject.objects(of: document).flatMap { validation.check($0) ?? [] }
    }
  }

  @Test(arguments: cases) func saysWhatIsWrong(_ fixture: DefinitionFixture) throws {
    let found = try found(fixture).map { diagnostic in
      let place = diagnostic.range?.start ?? .none
      return "\(place.line): \(diagnostic.severity.rawValue) \(place.column): \(diagnostic.message)"
    }
    #expect(found == expected(fixture))
  }

  @Test func findsSomethingInEveryCase() throws {
    #expect(Self.cases.count >= 12)
    for fixture in Self.cases { #expect(try !found(fixture).isEmpty, "\(fixture.name)") }
  }

  @Test(arguments: [
    ("unknown", "includedNamespace", "did you mean 'includedNamespaces'?"),
    ("unknown", "zzz", "remove it, or check its place and the release that the definitions are of"),
    ("enum", "phase", "did you mean 'InProgress'?"),
    ("types", "text", #"put it in quotes: "5""#),
    ("types", "count", "remove the quotes: 7"),
    ("types", "list", "begin each item with '- '"),
    ("required", "color.red", "add 'red': integer"),
    ("metadata", "metadata.nam", "did you mean 'name'?"),
    ("kinds", "kind", "did you mean 'Widget'?"),
    ("kinds", "apiVersion", "write example.com/v1"),
  ])
  func saysHowToMend(name: String, field: String, hint: String) throws {
    let fixture = try #require(Self.cases.first { $0.name == "\(name).yaml" })
    #expect(try found(fixture).contains { $0.field == field && $0.hint == hint })
  }

  @Test func leavesOtherGroupsAlone() throws {
    let validation = ObjectValidation(DefinitionSet([try DefinitionFixture.definition(.map([]))]))
    for text in ["apiVersion: v1\nkind: Secret", "apiVersion: apps/v1\nkind: Widget", "a: 1", "- a", "text", ""] {
      let file = try ParsedFile.parse(.register(path: "other.yaml", contents: ByteString(text)))
      for object in file.documents.flatMap(ListedObject.objects) { #expect(validation.check(object) == nil, "\(text)") }
    }
  }

  @Test func refusesVersionsThatAreNotServed() throws {
    let definition = try DefinitionFixture.definition(
      ParsedFile.parse(
        .register(
          path: "served.yaml",
          contents:
            "spec: {versions: [{name: v1, served: false, storage: true, schema: {openAPIV3Schema: {type: object}}}]}"
        )
      ).documents[0].value)
    let object = "apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: a}" as ByteString
    let document = try ParsedFile.parse(.register(path: "object.yaml", contents: object)).documents[0]
    let found = try #require(ObjectValidation(DefinitionSet([definition])).check(ListedObject.objects(of: document)[0]))
    #expect(found.map(\.message) == ["kind Widget is not served as 'example.com/v1'"])
  }

  /// A server of one release writes what the definitions of an older one do not know: backups stop.
  @Test(.enabled(if: Repository.goldens != nil), arguments: [("v1.18.0", 0), ("v1.17.0", 1)])
  func tellsWhatAnOlderReleaseRefuses(folder: String, errors: Int) throws {
    let object: ByteString = """
      apiVersion: velero.io/v1
      kind: Backup
      metadata: {name: a, namespace: velero}
      spec: {includedNamespaces: ["*"], ttl: 720h0m0s}
      status: {phase: Queued}
      """
    let document = try ParsedFile.parse(.register(path: "backup.yaml", contents: object)).documents[0]
    let validation = ObjectValidation(try goldenDefinitions(folder))
    #expect(validation.check(ListedObject.objects(of: document)[0])?.count == errors)
  }
}
