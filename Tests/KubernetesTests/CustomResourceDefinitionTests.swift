import Files
import Kubernetes
import TestSupport
import Testing
import YAML

@Suite struct CustomResourceDefinitionTests {
  private func read(_ text: String) throws -> DefinitionSet {
    try DefinitionSet(documents: ParsedFile.parse(.register(path: "crd.yaml", contents: ByteString(text))).documents)
  }

  private func messages(_ text: String) -> [String] {
    do {
      _ = try read(text)
      return []
    } catch let error as Diagnostics {
      return error.list.map { "\($0.range?.start.line ?? 0): \($0.message)" }
    } catch {
      return ["\(error)"]
    }
  }

  private static let head = """
    apiVersion: apiextensions.k8s.io/v1
    kind: CustomResourceDefinition
    metadata: {name: widgets.example.com}

    """

  @Test func readsAllThatADefinitionSays() throws {
    let set = try read(
      Self.head + """
        spec:
          group: example.com
          names: {plural: widgets, kind: Widget, shortNames: [wi], categories: [all]}
          scope: Cluster
          conversion: {strategy: Webhook}
          versions:
          - name: v1
            served: true
            storage: true
            deprecated: true
            subresources: {status: {}, scale: {specReplicasPath: .spec.n, statusReplicasPath: .status.n}}
            additionalPrinterColumns: [{name: Age, jsonPath: .metadata.creationTimestamp, type: date}]
            selectableFields: [{jsonPath: .spec.a}]
            schema:
              openAPIV3Schema:
                type: object
                properties:
                  a: {type: array, items: {type: string, format: byte, maxLength: 3}, x-kubernetes-list-type: set}
                  b: {type: object, additionalProperties: {type: number, minimum: 0.5, exclusiveMinimum: true}}
        status: {storedVersions: [v1]}
        """)
    let definition = try #require(set.definition("widgets.example.com"))
    #expect(definition.names.singular == "widget")
    #expect(definition.names.listKind == "WidgetList")
    #expect(definition.scope == "Cluster")
    #expect(definition.conversionStrategy == "Webhook")
    #expect(!definition.preservesUnknownFields)
    #expect(definition.storedVersions == ["v1"])
    let version = try #require(definition.storageVersion)
    #expect(version.isServed && version.isDeprecated && version.hasStatus)
    #expect(version.scale?.specReplicasPath == ".spec.n")
    #expect(version.columns.map(\.name) == ["Age"])
    #expect(version.selectableFields == [".spec.a"])
    let list = try #require(version.schema?.property("a"))
    #expect(list.listType == "set")
    #expect(list.items?.maxLength == 3)
    #expect(list.position.line == 21)
    guard case .schema(let values)? = version.schema?.property("b")?.additionalProperties else {
      Issue.record("no schema of values")
      return
    }
    #expect(values.minimum == 0.5)
    #expect(values.hasExclusiveMinimum)
  }

  @Test func readsTheOlderAPI() throws {
    let set = try read(
      """
      apiVersion: apiextensions.k8s.io/v1beta1
      kind: CustomResourceDefinition
      metadata: {name: widgets.example.com}
      spec:
        group: example.com
        names: {plural: widgets, kind: Widget}
        version: v1
        versions:
        - {name: v1, served: true, storage: true}
        - {name: v2, served: true, storage: false, subresources: {}}
        subresources: {status: {}}
        additionalPrinterColumns: [{name: Age, JSONPath: .metadata.creationTimestamp, type: date}]
        validation: {openAPIV3Schema: {type: object}}
      """)
    let definition = try #require(set.definitions.first)
    #expect(definition.preservesUnknownFields)
    #expect(definition.versions.map(\.name) == ["v1", "v2"])
    #expect(definition.versions.map(\.hasStatus) == [true, false])
    #expect(definition.versions.allSatisfy { $0.schema != nil })
    #expect(definition.versions[1].columns.map(\.jsonPath) == [".metadata.creationTimestamp"])
  }

  @Test func readsOneVersionOfTheOlderAPI() throws {
    let set = try read(
      """
      apiVersion: apiextensions.k8s.io/v1beta1
      kind: CustomResourceDefinition
      metadata: {name: widgets.example.com}
      spec:
        group: example.com
        names: {plural: widgets, kind: Widget}
        version: v1
        preserveUnknownFields: false
      """)
    #expect(set.definitions.first?.storageVersion?.name == "v1")
    #expect(set.definitions.first?.preservesUnknownFields == false)
  }

  @Test func looksIntoLists() throws {
    let set = try read(
      """
      apiVersion: v1
      kind: List
      items:
      - {apiVersion: v1, kind: Namespace, metadata: {name: a}}
      - apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: widgets.example.com}
        spec:
          group: example.com
          names: {plural: widgets, kind: Widget}
          versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]
      """)
    #expect(set.definitions.map(\.name) == ["widgets.example.com"])
  }

  @Test func saysAllThatIsWrongAtOnce() {
    #expect(
      messages(
        Self.head + """
          spec:
            group: 5
            names: {kind: [], plural: gadgets}
            scope: Namespaced
            versions:
            - name: v1
              served: often
              schema: {openAPIV3Schema: {type: [], properties: {a: text}, minLength: -1, required: x}}
            - {name: v2}
          """) == [
          "5: 'spec.group' must be a string, not an integer",
          "6: 'spec.names.kind' must be a string, not a list",
          "11: 'spec.versions.schema.openAPIV3Schema.type' must be a string, not a list",
          "11: 'spec.versions.schema.openAPIV3Schema.minLength' must be a whole number, 0 or more, not an integer",
          "11: 'spec.versions.schema.openAPIV3Schema.required' must be a list, not a string",
          "11: 'spec.versions.schema.openAPIV3Schema.properties' must hold a schema for each name",
          "10: 'spec.versions.served' must be true or false, not a string",
          "12: version 'v2' has no 'schema.openAPIV3Schema'",
        ])
  }

  @Test(arguments: [
    (
      "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition",
      ["'metadata' is missing", "'spec' is missing"]
    ),
    (
      head
        + "spec: {group: example.com, names: {plural: gadgets, kind: G}, versions: [{name: v1, schema: {openAPIV3Schema: {}}}]}",
      ["the definition is called 'widgets.example.com', and its plural and group say 'gadgets.example.com'"]
    ),
    (
      head + "spec: {group: example.com, names: {plural: widgets, kind: W}, versions: []}",
      ["'spec.versions' must list a version at least"]
    ),
    (
      "apiVersion: apiextensions.k8s.io/v3\nkind: CustomResourceDefinition",
      ["apiextensions.k8s.io/v3 is no version of CustomResourceDefinitions"]
    ),
  ])
  func refuses(text: String, words: [String]) {
    let found = messages(text)
    for word in words { #expect(found.contains { $0.hasSuffix(word) }, "\(found)") }
  }

  @Test func refusesADefinitionTwice() {
    let one =
      Self.head
      + "spec: {group: example.com, names: {plural: widgets, kind: W}, versions: [{name: v1, schema: {openAPIV3Schema: {}}}]}\n"
    #expect(messages(one + "---\n" + one).count == 1)
  }
}
