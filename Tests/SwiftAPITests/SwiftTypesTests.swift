#if SwiftAPI
import Testing

@testable import SwiftAPI

@Suite struct SwiftTypesTests {
  @Test(arguments: [
    ("var a: String", "type: string"), ("var a: Bool", "type: boolean"), ("var a: Int", "type: integer"),
    ("var a: Int32", "format: int32\n    type: integer"), ("var a: Int64", "format: int64\n    type: integer"),
    ("var a = true", "type: boolean"), ("var a = \"x\"", "type: string"), ("var a: Swift.String", "type: string"),
    ("var a: [String]", "items:\n      type: string\n    type: array"),
    ("var a: Array<String>", "items:\n      type: string\n    type: array"),
    ("var a: [String: Int]", "additionalProperties:\n      type: integer\n    type: object"),
    ("var a: Foundation.Data", "format: byte\n    type: string"),
  ])
  func typesHaveSchemas(property: String, schema: String) throws {
    let expected = "properties:\n  a:\n    \(schema)\nrequired:\n- a\ntype: object"
    #expect(try SwiftFixture(properties: property).specification() == expected)
  }

  @Test(arguments: ["var a: Bool?", "var a: Optional<Bool>", "var a: Bool!", "// +optional\nvar a: Bool"])
  func whatIsOptionalIsNotRequired(property: String) throws {
    let expected = "properties:\n  a:\n    type: boolean\ntype: object"
    #expect(try SwiftFixture(properties: property).specification() == expected)
  }

  @Test func documentationDescribesAndMarkersCount() throws {
    let fixture = SwiftFixture(
      properties: """
          // What readers of the source should know.
          // +kubebuilder:validation:Minimum=1
          /// How many.
          ///
          /// + is no marker here.
          var a: Int? // beside
          var b: Bool?
        """)
    let expected = """
      properties:
        a:
          description: |-
            How many.

            + is no marker here.
          minimum: 1
          type: integer
        b:
          type: boolean
      type: object
      """
    #expect(try fixture.specification() == expected)
  }

  @Test func keysNameProperties() throws {
    let fixture = SwiftFixture(
      properties: """
          var a: Bool?
          var b: Bool?
          var `default`: Bool?
          static let c = 1
          var d: Bool { true }
          enum CodingKeys: String, CodingKey { case a = "first", `default` }
        """)
    let expected = "properties:\n  default:\n    type: boolean\n  first:\n    type: boolean\ntype: object"
    #expect(try fixture.specification() == expected)
  }

  @Test(arguments: [
    ("enum Mode: String { case a, b = \"B-2\", c = \"\" }", "enum:\n    - a\n    - B-2\n    - \"\"\n    type: string"),
    ("enum Mode: Int { case a = 3, b }", "enum:\n    - 3\n    - 4\n    type: integer"),
    ("typealias Mode = [Bool]", "items:\n      type: boolean\n    type: array"),
    (
      "// +kubebuilder:validation:Type=string\nenum Mode { case a(Int); func encode(to e: any Encoder) {} }",
      "type: string"
    ),
    ("// +schemaType=String\nstruct Mode { var x: Int }", "type: string"),
    (
      "enum Space { struct Inner { var x: Bool? } }\ntypealias Mode = Space.Inner",
      "properties:\n      x:\n        type: boolean\n    type: object"
    ),
  ])
  func declaredTypesHaveSchemas(declaration: String, schema: String) throws {
    let expected = "properties:\n  mode:\n    \(schema)\ntype: object"
    #expect(try SwiftFixture(properties: "var mode: Mode?", declaration).specification() == expected)
  }

  @Test func typesOfOtherFoldersAreFound() throws {
    var sources = SwiftFixture(properties: "var a: Other?").sources
    sources["common/other.swift"] = "struct Other { var x: Bool? }"
    let expected = "properties:\n  a:\n    properties:\n      x:\n        type: boolean\n    type: object\ntype: object"
    #expect(try SwiftFixture(sources).specification() == expected)
  }

  @Test(arguments: [
    ("var a: Sting", "10:8: unknown type Sting (did you mean String?)"),
    ("var a = make()", "10:5: the type of a can't be told without a compiler (write it behind the name: a: …)"),
    ("var a: (Int, Int)", "10:8: (Int, Int) has no schema (use a structure, an array, a dictionary or a simple type)"),
    ("// +releases=v1\nvar a: Int", "10:1: \"v1\" is not a range of releases"),
    ("// +releases=v1.2.0...v1.1.0\nvar a: Int", "10:1: the range of releases v1.2.0...v1.1.0 ends before it begins"),
    ("// +releases=v1.2.0... nullable\nvar a: Int", "10:1: \"nullable\" is not a marker"),
    ("// +schemaType=[\nvar a: Int", "10:1: \"[\" is not a type"),
    (
      "// +schemaType=example.org/api.Thing\nvar a: Int", "10:1: example.org/api is neither among the sources nor known"
    ),
    ("var a: Gone", "10:8: Gone is used here, but the newest release does not have it"),
    ("var a: Choice", "12:6: the enumeration Choice has no raw values"),
    ("var a: ", "10:8: this is not Swift: expected type"),
  ])
  func whatIsWrongHasAPlaceAndAMend(property: String, message: String) {
    let declarations = "// +releases=...v1.0.0\nstruct Gone {}\n"
    let source = property.hasSuffix("Choice") ? "enum Choice { case a(Int) }" : declarations
    let errors = SwiftFixture(properties: property, source).errors()
    #expect(errors.contains { $0.hasPrefix(message) }, "\(errors)")
  }

  @Test func aKindNeedsAGroup() {
    let source = SwiftFixture(properties: "var a: Int").sources["api/types.swift"] ?? ""
    #expect(SwiftFixture(["api/types.swift": source]).errors().contains { $0.contains("Thing is a kind") })
  }
}
#endif
