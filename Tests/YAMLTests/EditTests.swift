import Files
import TestSupport
import Testing
import YAML

/// Values are changed, set aside and taken back in the text of a file; every other byte stays.
@Suite struct EditTests {
  private func text(_ contents: ByteString) throws -> EditableText {
    try EditableText(name: "values.yaml", contents: contents)
  }

  private func path(_ text: ByteString) throws -> NodePath { try #require(NodePath(text)) }

  private static let note: ByteString = "Set aside here:"

  // MARK: Scalars

  @Test(arguments: [
    ("a: v1 # why\n", "a", "a: v2 # why\n"),
    ("a:   'v1'  # why\n", "a", "a:   'v2'  # why\n"),
    ("a: \"v1\"\n", "a", "a: \"v2\"\n"),
    ("a: &x v1\nb: 1\n", "a", "a: &x v2\nb: 1\n"),
    ("a: !!str v1\n", "a", "a: !!str v2\n"),
    ("a:\n  # above\n  v1\n", "a", "a:\n  # above\n  v2\n"),
    ("v: { n: x, a: v1, m: y }\n", "v.a", "v: { n: x, a: v2, m: y }\n"),
    ("v: {a: v1}\n", "v.a", "v: {a: v2}\n"),
    ("v: { a: v1 # why\n }\n", "v.a", "v: { a: v2 # why\n }\n"),
    ("l: [o, v1]\n", "l[1]", "l: [o, v2]\n"),
    ("l:\n- o\n- v1  # why\n", "l[1]", "l:\n- o\n- v2  # why\n"),
    ("l:\n- a: v1\n  b: 1\n", "l[0].a", "l:\n- a: v2\n  b: 1\n"),
    ("a: v1\r\nb: 1\r\n", "a", "a: v2\r\nb: 1\r\n"),
    ("a: v1", "a", "a: v2"),
    ("# x\n---\na: v1\n", "a", "# x\n---\na: v2\n"),
  ])
  func replacesScalars(before: String, at: String, after: String) throws {
    let edited = try text(ByteString(before)).replacing(path(ByteString(at)), with: "v2")
    #expect(edited.contents.text == after)
    #expect(edited.value.node(at: try path(ByteString(at)))?.stringText == "v2")
  }

  @Test(arguments: [
    ("a: &x v1\nb: *x\n", "a", "'a' stands here in a form"), ("a: &x v1\nb: *x\n", "b", "'b' stands here in a form"),
    ("a: |\n  v1\n", "a", "'a' stands here in a form"), ("a: v1\n  v1\n", "a", "'a' stands here in a form"),
    ("a: [v1]\n", "a", "'a' stands here in a form"), ("a: &x { b: v1 }\nc: *x\n", "c.b", "does not say 'c.b'"),
    ("a: v1\n", "b", "does not say 'b'"),
  ])
  func refusesWhatItCannotReplace(contents: String, at: String, message: String) throws {
    let text = try text(ByteString(contents))
    let error = #expect(throws: Diagnostic.self) { try text.replacing(path(ByteString(at)), with: "v2") }
    #expect(error?.message.contains(message) == true)
    #expect(error?.hint != nil)
  }

  // MARK: New keys

  @Test(arguments: [
    ("", "velero:\n  version: v2\n"),
    ("# only this", "# only this\nvelero:\n  version: v2\n"),
    ("# head\n\nprovider: aws\n", "# head\n\nvelero:\n  version: v2\nprovider: aws\n"),
    ("velero:\n  # below\n  namespace: x\n", "velero:\n  # below\n  version: v2\n  namespace: x\n"),
    ("velero: { namespace: x }\n", "velero: { version: v2, namespace: x }\n"),
    ("velero: {namespace: x}\n", "velero: {version: v2, namespace: x}\n"),
    ("velero: {}\n", "velero: {version: v2}\n"),
    ("provider: aws\r\n", "velero:\r\n  version: v2\r\nprovider: aws\r\n"),
  ])
  func insertsAKey(before: String, after: String) throws {
    let edited = try text(ByteString(before)).inserting("version", "v2", below: "velero")
    #expect(edited.contents.text == after)
  }

  @Test func refusesToInsertIntoWhatIsNoMap() throws {
    let text = try text("velero: v1\n")
    #expect(throws: Diagnostic.self) { try text.inserting("version", "v2", below: "velero") }
  }

  // MARK: Setting aside

  @Test(arguments: [
    ("a: 1\nb: 2 # why\n", "b", "a: 1\n# Set aside here: b\n#~b: 2 # why\n"),
    ("s:\n  a: 1\n  b: 2\nt: 3\n", "s.a", "s:\n  # Set aside here: s.a\n  #~a: 1\n  b: 2\nt: 3\n"),
    // With its last entry the map goes.
    (
      "s:\n  # above\n  a: 1\n\n# of t\nt: 3\n", "s.a",
      "# Set aside here: s.a\n#~s:\n  #~# above\n  #~a: 1\n\n# of t\nt: 3\n"
    ),
    ("s: { a: 1, b: 2 }\n", "s.a", "# Set aside here: s.a\n#~s: { a: 1, b: 2 }\ns: { b: 2 }\n"),
    ("s: { a: 1, b: 2 }\n", "s.b", "# Set aside here: s.b\n#~s: { a: 1, b: 2 }\ns: { a: 1 }\n"),
    ("s: { a: 1 }\n", "s.a", "# Set aside here: s.a\n#~s: { a: 1 }\ns: {  }\n"),
    ("l: [x, y]\n", "l[1]", "# Set aside here: l[1]\n#~l: [x, y]\nl: [x]\n"),
    ("l:\n- x\n# of y\n- y\n- z\n", "l[1]", "l:\n- x\n# of y\n# Set aside here: l[1]\n#~- y\n- z\n"),
    (
      "l:\n  - a: 1 # one\n    b: 2\n  - c: 3\n", "l[0].a",
      "l:\n  # Set aside here: l[0].a\n  #~- a: 1 # one\n    #~b: 2\n  - b: 2\n  - c: 3\n"
    ),
    (
      "a: 1\nb: |\n  # text\n\n  more\n# end\n", "b",
      "a: 1\n# Set aside here: b\n#~b: |\n  #~# text\n#~\n  #~more\n# end\n"
    ),
    // A word may end as flow style goes on.
    ("a: x,\nb: 2\nc: y{\nd: 3\n", "b", "a: x,\n# Set aside here: b\n#~b: 2\nc: y{\nd: 3\n"),
    ("s: {\n  a: 1,\n  b: 2\n}\n", "s.b", "# Set aside here: s.b\n#~s: {\n  #~a: 1,\n  #~b: 2\n#~}\ns: {\n  a: 1\n}\n"),
    ("a: 1\nb: 2", "b", "a: 1\n# Set aside here: b\n#~b: 2"),
    ("a: 1\r\nb: 2\r\n", "b", "a: 1\r\n# Set aside here: b\r\n#~b: 2\r\n"),
  ])
  func setsAsideAndTakesBack(before: String, at: String, after: String) throws {
    let original = try text(ByteString(before))
    let edited = try original.settingAside(path(ByteString(at)), note: Self.note)
    #expect(edited.contents.text == after)
    let aside = try #require(edited.setAside(note: Self.note).first)
    #expect(aside.path.description == at)
    #expect(edited.takingBack(aside, note: Self.note)?.contents.text == before)
  }

  @Test(arguments: [
    ("a: &x 1\nb: *x\n", "a", "without an anchor"), ("l:\n- x\n", "l[0]", "[]"),
    ("a: &x { b: 1 }\nc: *x\n", "c.b", "alias"),
    ("a: 1\n", "b", "alias"),
    ("a: 1\nb.c: 1\n", "b", "alias"),
  ])
  func refusesToSetAsideWhatOthersNeed(contents: String, at: String, hint: String) throws {
    let text = try text(ByteString(contents))
    let error = #expect(throws: Diagnostic.self) { try text.settingAside(path(ByteString(at)), note: Self.note) }
    #expect(error?.hint?.contains(hint) == true)
  }

  @Test func refusesToSetAsideWhatItCouldNotName() throws {
    let text = try text("a:\n  b.c: 1\n  d: 2\n")
    #expect(throws: Diagnostic.self) { try text.settingAside(NodePath([.key("a"), .key("b.c")]), note: Self.note) }
  }

  @Test func doesNotTakeBackWhatWasChangedSince() throws {
    let edited = try text("s: { a: 1, b: 2 }\n").settingAside(path("s.a"), note: Self.note)
    for (old, new) in [("s: { b: 2 }", "s: { b: 3 }"), ("#~s: { a: 1", "#~s: { x: 1")] {
      let changed = try text(ByteString(edited.contents.text.replacing("\n" + old, with: "\n" + new)))
      for aside in changed.setAside(note: Self.note) { #expect(changed.takingBack(aside, note: Self.note) == nil) }
      #expect(changed.contents != edited.contents)
    }
    let given = try text("# Set aside here: a\n#~a: 1\na: 2\n")
    let aside = try #require(given.setAside(note: Self.note).first)
    #expect(given.takingBack(aside, note: Self.note) == nil)
  }

  @Test func takesBackInTheOrderInWhichItStillFits() throws {
    var text = try text("s: { a: 1, b: 2, c: 3 }\nt:\n  d: 4\n  e: 5\n")
    let original = text.contents
    for at: ByteString in ["s.b", "t.e", "s.a", "t.d"] { text = try text.settingAside(path(at), note: Self.note) }
    while let next = text.setAside(note: Self.note).lazy.compactMap({ text.takingBack($0, note: Self.note) }).first {
      text = next
    }
    #expect(text.contents == original)
  }

  /// The law, over every entry of every sample: an entry is refused, or set aside and taken back to the byte.
  @Test(arguments: samples) func takesBackToTheByte(sample: String) throws {
    let original = try text(Disk.read("\(Repository.root)/\(sample)", limit: 1 << 20))
    var setAside = 0
    for path in original.paths {
      guard let edited = try? original.settingAside(path, note: Self.note) else { continue }
      setAside += 1
      #expect(edited.contents != original.contents)
      let asides = edited.setAside(note: Self.note)
      let back = asides.lazy.compactMap { edited.takingBack($0, note: Self.note) }.first
      #expect(back?.contents == original.contents, "\(path) of \(sample)")
    }
    #expect(setAside * 2 > original.paths.count, "\(setAside) of \(original.paths.count)")
  }

  /// All values below `environments` and `fixtures/velero`.
  private static let samples = ["environments", "fixtures/velero/bundle", "fixtures/velero/upgrade"].flatMap { folder in
    let found = (try? Disk.walk("\(Repository.root)/\(folder)")) ?? [:]
    return found.filter { $0.value == .file && $0.key.hasSuffix(".yaml") && !$0.key.text.contains("rendered/") }.keys
      .sorted().map { "\(folder)/\($0)" }
  }

  // MARK: Remarks

  @Test func remarksStandAboveAndGo() throws {
    let original = try text("l:\n  - a\n  - b\nm: [c]\n")
    let edited = try original.remarking("was x", note: "Note:", above: path("l[1]"))
      .remarking("was y", note: "Note:", above: path("m[0]"))
    #expect(edited.contents == "l:\n  - a\n  # Note: was x\n  - b\n# Note: was y\nm: [c]\n")
    #expect(edited.remarks(note: "Note:").map(\.text) == ["was x", "was y"])
    var back = edited
    while let remark = back.remarks(note: "Note:").first { back = back.removing(remark) }
    #expect(back.contents == original.contents)
  }
}

extension EditableText {
  /// The paths of all entries.
  fileprivate var paths: [NodePath] {
    var found: [NodePath] = []
    func visit(_ node: Node, _ path: NodePath) {
      if !path.steps.isEmpty { found.append(path) }
      switch node {
      case .map(let items):
        for item in items { if case .string(let key) = item.key { visit(item.value, path.appending(.key(key))) } }
      case .sequence(let items):
        for (index, item) in items.enumerated() { visit(item.value, path.appending(.index(index))) }
      default: break
      }
    }
    visit(value, NodePath())
    return found
  }
}

extension Node {
  fileprivate var stringText: String? { if case .string(let text) = self { text.text } else { nil } }
}
