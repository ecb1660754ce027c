import Files
import TestSupport
import Testing
import YAML

@testable import APISchema

@Suite struct MarkerTextTests {
  @Test(arguments: [
    ("// +optional", "optional", "optional", ""),
    ("//+a:b=c", "a:b", "a", "c"),
    ("//   +a:b:c=d,e=f=g", "a:b:c", "a:b", "d,e=f=g"),
    ("// +a:b ", "a:b", "a:b", ""),
    ("// +x:=1", "x:", "x", "1"),
  ])
  func nameAndArguments(_ comment: String, _ full: String, _ short: String, _ arguments: String) throws {
    let text = try #require(MarkerText(comment: ByteString(comment)))
    #expect(text.fullName.text == full)
    #expect(text.shortName.text == short)
    #expect(text.arguments.text == arguments)
  }

  @Test(arguments: ["// text", "/* +optional */", "//", "// a +b", ""])
  func otherComments(_ comment: String) { #expect(MarkerText(comment: ByteString(comment)) == nil) }
}

@Suite struct MarkerRegistryTests {
  /// `fixtures/crd/markers.tsv`: which release knew a marker first, and where it may stand.
  static let known = Repository.rows("crd/markers.tsv")

  @Test func markersAreKnownSinceTheirRelease() throws {
    var listed: Set<[String]> = []
    for entry in MarkerRegistry.all {
      let definition = entry.definition
      for (target, name) in [(MarkerTargets.package, "package"), (.type, "type"), (.field, "field")]
      where definition.targets.contains(target) {
        listed.insert([definition.name.text, name, definition.since.description])
      }
    }
    #expect(listed == Set(Self.known))
  }

  @Test func everyMarkerSaysWhatItDoes() {
    for entry in MarkerRegistry.all {
      #expect(!entry.definition.summary.isEmpty)
      #expect(!entry.definition.summary.hasSuffix("."))
    }
  }

  @Test func olderReleasesKnowFewerMarkersAndArguments() throws {
    let text = try #require(MarkerText(comment: "// +kubebuilder:validation:XValidation:rule=a"))
    #expect(MarkerRegistry(Dialect(.v0(8))).entry(for: text, on: .field) == nil)
    let old = try #require(MarkerRegistry(Dialect(.v0(9))).entry(for: text, on: .field))
    #expect(old.definition.arguments.map(\.name) == ["rule", "message"])
    let new = try #require(MarkerRegistry(Dialect(.v0(17, 3))).entry(for: text, on: .field))
    #expect(new.definition.arguments.count == 6)
  }
}

@Suite struct MarkerArgumentTests {
  private func parse(_ text: String, _ type: MarkerArgument.Kind, _ version: ControllerGenVersion = .newest) throws
    -> String
  {
    var parser = MarkerArgumentParser(ByteString(text), dialect: Dialect(version))
    let value = try parser.parse([.unnamed(type, isOptional: true)]).value()
    var out = ByteBuffer()
    try printJSON(value ?? .null, into: &out)
    return out.finish().text
  }

  @Test(arguments: [
    ("a b", "\"a b\""), (" a", "\"a\""), ("\"a;b\"", "\"a;b\""), ("`a\\n`", "\"a\\\\n\""), ("'a'", "\"'a'\""),
    ("\"\\u00e9\\x41\\101\\t\"", "\"éAA\\t\""), ("true", "true"), ("truest", "\"truest\""), ("TRUE", "\"TRUE\""),
    ("null", "\"null\""), ("-5", "-5"), ("1.5", "1.5"), ("-1e3", "-1000"), ("{}", "{}"), ("{a}", "[\"a\"]"),
    ("{1,2}", "[1,2]"), ("{a: 1, b: {c,d}}", "{\"a\":1,\"b\":[\"c\",\"d\"]}"), ("a;b", "[\"a\",\"b\"]"),
    ("{a:1,a:2}", "{\"a\":2}"), ("{{a},{b}}", "[[\"a\"],[\"b\"]]"), ("é", "\"é\""),
  ])
  func guessedValues(_ text: String, _ json: String) throws { #expect(try parse(text, .any) == json) }

  /// Blanks in front of what ends a bare string take its last word away.
  @Test(arguments: [
    ("foo bar ;b", "[\"foo \",\"b\"]"), ("a ;b", "[\"\",\"b\"]"), ("a;b", "[\"a\",\"b\"]"), ("", "null"),
  ])
  func blanksBehindBareStrings(_ text: String, _ json: String) throws {
    #expect(try parse(text, .list(.string)) == json)
  }

  @Test(arguments: [
    ("abc", MarkerArgument.Kind.int, "expected integer, got \"abc\""),
    ("1.5", .int, "expected integer, got \"1.5\""),
    ("yes", .bool, "expected true or false, got \"yes\""),
    ("0x10", .int, "unable to parse integer: 0x10"),
    ("99999999999999999999", .int, "unable to parse integer: 99999999999999999999"),
    ("1e999", .number, "unable to parse number: 1e999"),
    ("[a,b]", .any, "extra arguments provided: \",b]\""),
    ("5m", .any, "extra arguments provided: \"m\""),
    ("\"a", .string, "literal not terminated"), ("`a", .string, "literal not terminated"),
    ("\"\\q\"", .string, "invalid char escape"), ("{a,b", .list(.any), "expected comma, got \"\""),
    ("{a: 1", .any, "expected comma, got \"\""), ("0b2", .any, "invalid digit '2' in binary literal"),
    ("0x", .any, "hexadecimal literal has no digits"), ("1__0", .any, "'_' must separate successive digits"),
    ("1e", .any, "exponent has no digits"),
  ])
  func mistakes(_ text: String, _ type: MarkerArgument.Kind, _ message: String) {
    do {
      let value = try parse(text, type)
      Issue.record("read \(text) as \(value)")
    } catch let mistake as MarkerMistake {
      #expect(mistake.message == message)
    } catch {
      Issue.record(error)
    }
  }

  @Test func namedArguments() throws {
    var parser = MarkerArgumentParser("a=1,b=\"x,y\",c=p q", dialect: Dialect(.newest))
    let arguments = try parser.parse([
      MarkerArgument("a", .int), MarkerArgument("b", .string), MarkerArgument("c", .string),
    ])
    #expect(arguments.int("a") == 1)
    #expect(arguments.string("b") == "x,y")
    #expect(arguments.string("c") == "p q")
    #expect(!arguments.has("d"))
  }

  @Test func oldReleasesReadLess() throws {
    #expect(throws: MarkerMistake.self) { try parse("-5", .int, .v0(4)) }
    #expect(try parse("-5", .int, .v0(4, 1)) == "-5")
    #expect(throws: MarkerMistake.self) { try parse("1.5", .number, .v0(8)) }
    #expect(try parse("{}", .any, .v0(13)) == "null")
    #expect(throws: MarkerMistake.self) { try parse("a;08b", .list(.string), .v0(11)) }
    #expect(try parse("a;08b", .list(.string), .v0(12)) == "[\"a\",\"08b\"]")
  }

  @Test(arguments: ["", "{", "[1,", "{\"a\"}", "tru", "1 2", "\"\\x\"", "01", "[1}", "\"a\nb\""])
  func malformedJSON(_ text: String) { #expect(throws: MarkerMistake.self) { try JSONReader.read(ByteString(text)) } }

  @Test func deepJSONIsRefused() {
    let text = String(repeating: "[", count: 100_000)
    #expect(throws: MarkerMistake.self) { try JSONReader.read(ByteString(text)) }
  }
}
