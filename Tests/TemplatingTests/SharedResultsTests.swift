import Files
import Templating
import Testing
import YAML

/// Renderings that share give what each gives alone.
@Suite struct SharedResultsTests {
  private static func text(
    _ files: [InputFile], _ values: ByteString, _ shared: SharedResults?
  ) -> String {
    var arguments = DataValueArguments()
    arguments.valuesFiles = [.init(argument: "v.yaml", files: [(name: "v.yaml", contents: values)])]
    var printed: [String] = []
    do throws(Diagnostics) {
      let input = RenderInput(files: files, dataValues: arguments)
      let output = try Rendering.render(input, sharing: shared) { printed.append($0.text) }
      return print(output.documents).text + printed.joined()
    } catch {
      return "failed: \(error.list.map(\.message))" + printed.joined()
    }
  }

  private static let values: [ByteString] = [
    "{a: 1, m: {x: 1, y: 2}}", "{a: 1, m: {x: 1, y: 3}}", "{a: 2, m: {x: 1, y: 2}}", "{a: 1, m: {x: 1, z: 2}}",
    "{a: 1, m: {x: 1, y: 2}, b: 1}", "{a: 1.0, m: {x: 1, y: 2}}", "{a: -0.0, m: {x: 0}}", "{a: 0.0, m: {x: 0}}",
    "{a: {x: 1}, m: 5}", "{a: [1], m: [2]}",
  ]

  /// What templates do with values, and with what lies beside them.
  @Test(arguments: [
    "a: #@ data.values.a",
    "a: #@ data.values.m.x",
    "a: #@ len(data.values.m)",
    "a: #@ [k for k in data.values.m]",
    "a: #@ data.values.m",
    "a: #@ data.values",
    "a: #@ hasattr(data.values, \"b\")",
    "a: #@ dir(data.values)",
    "a: #@ \"y\" in data.values.m",
    "a: #@ twice(data.values.a)",
    "a: #@ data.list()",
    "a: #@ data.read(\"/other.yaml\")",
    "a: #@ data.read(\"/plain\")",
    "#@ print(data.values.a)\na: 1",
    "a: #@ library.get(\"l\").with_data_values({\"a\": data.values.a}).eval()[0][\"a\"]",
    "#@overlay/match by=lambda i, left, right: left[\"kind\"] == data.values.a\n---\nb: 2",
    "a: #@ data.values.nothing",
    "a: #@ type(fromlibrary())",
  ]) func sharingChangesNothing(template: String) {
    let head = """
      #@ load("@ytt:data", "data")
      #@ load("@ytt:overlay", "overlay")
      \(template.contains("library.") ? "#@ load(\"@ytt:library\", \"library\")" : "")
      #@ load("l.star", "twice", "fromlibrary")
      ---

      """
    let common: [InputFile] = [
      InputFile(
        path: "l.star",
        contents: """
          load("@ytt:data", "data")
          def twice(x): return [x, x]
          def fromlibrary(): return data.values.a
          """),
      InputFile(path: "plain", contents: "text"),
      InputFile(path: "_ytt_lib/l/a.yaml", contents: "#@ load(\"@ytt:data\", \"data\")\na: #@ data.values.a"),
      InputFile(path: "_ytt_lib/l/v.yaml", contents: "#@data/values\n---\na: 0"),
      InputFile(path: "t.yaml", contents: ByteString(head + template)),
    ]
    let shared = SharedResults()
    for round in 0..<2 {
      for (number, values) in Self.values.enumerated() {
        // A file beside the others that is not the same in each rendering.
        let files = common + [InputFile(path: "other.yaml", contents: ByteString("kind: \(number)"))]
        #expect(
          Self.text(files, values, shared) == Self.text(files, values, nil), "\(values) in round \(round)")
      }
    }
  }

  /// A rule of a schema may read a file that is another one in each rendering.
  @Test func aRuleReadsTheFileOfItsOwnRendering() {
    let schema = InputFile(
      path: "s.yaml",
      contents: """
        #@ load("@ytt:data", "data")
        #@data/values-schema
        ---
        #@schema/validation ("what the file says", lambda value: str(value) == data.read("/allowed.txt"))
        a: 1
        """)
    let template = InputFile(path: "t.yaml", contents: "#@ load(\"@ytt:data\", \"data\")\na: #@ data.values.a")
    let shared = SharedResults()
    for (number, allowed) in [(1, 1), (2, 2), (1, 2), (2, 1), (1, 1)] {
      let files = [schema, template, InputFile(path: "allowed.txt", contents: ByteString("\(allowed)"))]
      let text = Self.text(files, ByteString("a: \(number)"), shared)
      #expect(text == Self.text(files, ByteString("a: \(number)"), nil))
      #expect(text.hasPrefix("a: ") == (number == allowed))
    }
  }

  private static let checked: [ByteString] = [
    "{a: 1, m: {x: 1, y: 2}}", "{a: 1, m: {x: 2, y: 2}}", "{a: 1, m: {x: 1, y: 3}}", "{a: 2, m: {x: 1, y: 2}}",
    "{a: 1, m: 5}", "{a: 1, m: null}", "{a: 1, m: [1, 2]}", "{a: 1, m: []}", "{a: 1, m: {y: 2}}", "{a: 1, m: {}}",
    "{a: 1.0, m: {x: 1, y: 2}}", "{a: 1, m: {x: {x: 1}}}", "{a: 1, m: {x: [1]}}", "{a: 1, m: {x: 1, y: 2}, b: [3]}",
  ]

  /// What rules read of the values around theirs; a value that kept them is not checked again where they read the same.
  @Test(arguments: [
    "context.root[\"m\"][\"x\"] == 1",
    "\"x\" in context.root[\"m\"]",
    "bool(context.parent[\"m\"])",
    "type(context.root[\"m\"]) == \"yamlfragment\"",
    "len(context.root[\"m\"]) == 2",
    "[k for k in context.root[\"m\"]] == [\"x\", \"y\"]",
    "\"1\" in yaml.encode(context.root)",
    "hasattr(context.root[\"m\"], \"keys\")",
    "overlay.apply(context.parent, {\"a\": 2})[\"a\"] == context.root[\"a\"]",
    "context.root[\"b\"] == None or 3 in [x for x in context.root[\"b\"]]",
    "value == 1 and str(context.root[\"m\"]) == \"5\"",
    "printed(context.root[\"a\"]) == 1",
  ]) func rulesThatHoldAreRememberedByWhatTheyRead(condition: String) {
    let schema = InputFile(
      path: "s.yaml",
      contents: ByteString(
        """
        #@ load("@ytt:yaml", "yaml")
        #@ load("@ytt:overlay", "overlay")
        #@ def printed(value):
        #@   print(value)
        #@   return value
        #@ end
        #@ def wanted(value, context): return \(condition)
        #@data/values-schema
        ---
        #@schema/validation ("less than 1", lambda value: value < 1), when=wanted
        #@schema/type any=True
        a: 0
        #@schema/type any=True
        m: 0
        #@schema/nullable
        b: [0]
        """))
    let template = InputFile(path: "t.yaml", contents: "#@ load(\"@ytt:data\", \"data\")\na: #@ data.values.a")
    let shared = SharedResults()
    for round in 0..<3 {
      for values in Self.checked {
        let alone = Self.text([schema, template], values, nil)
        #expect(Self.text([schema, template], values, shared) == alone, "\(values) in round \(round)")
      }
    }
  }

  /// Another library or schema is another rendering.
  @Test func aChangeOfWhatIsSharedIsSeen() {
    let shared = SharedResults()
    let template = InputFile(
      path: "t.yaml",
      contents: """
        #@ load("l.star", "x")
        #@ load("@ytt:data", "data")
        a: #@ x
        b: #@ data.values.b
        """)
    for number in [1, 2, 2, 1] {
      let library = InputFile(path: "l.star", contents: ByteString("x = \(number)"))
      let schema = InputFile(path: "s.yaml", contents: ByteString("#@data/values-schema\n---\nb: \(number)"))
      #expect(Self.text([library, schema, template], "{}", shared) == "a: \(number)\nb: \(number)\n")
    }
  }
}
