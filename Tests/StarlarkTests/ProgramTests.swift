import Files
import Starlark
import Testing

@Suite struct ProgramTests {
  private func parse(_ text: String, path: String = "a.star", predeclared: [ByteString] = []) throws -> Program {
    try Program.parse(SourceFile.register(path: path, contents: ByteString(text)), predeclared: predeclared)
  }

  @Test func valuesAreSixteenBytes() {
    #expect(MemoryLayout<Value>.stride == 16)
    #expect(MemoryLayout<Value?>.stride == 16)
  }

  @Test func exportsAreFrozenAndInOrder() throws {
    let exports = try Thread().run(try parse("b = [1]\na = {}\n_c = 3\nfor i in [1]:\nend"))
    #expect(exports.entries.map(\.name) == ["b", "a", "_c", "i"])
    let list = try #require(exports["b"]?.list)
    let failure = #expect(throws: Failure.self) { try list.append(.none) }
    #expect(failure?.message == "cannot append to frozen list")
    let dict = try #require(exports["a"]?.dict)
    #expect(throws: Failure.self) { try dict.set(.int(1), to: .none) }
  }

  @Test func loading() throws {
    let library = "def add(x, y):\nreturn x + y\nend\nz = 5"
    let program = try parse("load('lib', 'add', five='z')\nr = add(five, 1)")
    #expect(program.loads.map(\.module) == ["lib"])
    let thread = Thread()
    thread.load = { module, position, thread throws(Failure) in
      #expect(position.line == 1)
      return try thread.loading(module) { () throws(Failure) in
        do { return try thread.run(try parse(library, path: "lib")) } catch { throw Failure("\(error)") }
      }
    }
    let exports = try thread.run(program)
    #expect(exports["r"]?.int == 6)
    #expect(exports["add"] == nil)

    let missing = try parse("load('lib', 'addd')")
    let failure = #expect(throws: Failure.self) { _ = try thread.run(missing) }
    #expect(failure?.message == "load: name addd not found in module lib (did you mean add?)")
  }

  @Test func loadCyclesAreFound() throws {
    let thread = Thread()
    let program = try parse("load('self', 'x')")
    thread.load = { module, _, thread throws(Failure) in
      try thread.loading(module) { () throws(Failure) in try thread.run(program) }
    }
    let failure = #expect(throws: Failure.self) { _ = try thread.run(program) }
    #expect(failure?.message.text.contains("cycle in load graph: self -> self") == true)
  }

  @Test func failuresOfLoadedModulesAreCauses() throws {
    let thread = Thread()
    let broken = try parse("def f():\nreturn 1 // 0\nend\nf()", path: "broken.star")
    thread.load = { _, _, thread throws(Failure) in try thread.run(broken) }
    let program = try parse("x = 1\nload('broken.star', 'x')")
    let failure = #expect(throws: Failure.self) { _ = try thread.run(program) }
    #expect(failure?.message == "cannot load broken.star: floored division by zero")
    #expect(failure?.frames.map(\.position.description) == ["a.star:2"])
    guard case .failure(let cause)? = failure?.cause else {
      Issue.record("no cause")
      return
    }
    #expect(cause.frames.map(\.position.description) == ["broken.star:2", "broken.star:4"])
    #expect(cause.frames.map(\.function) == ["f", "<toplevel>"])
    #expect(cause.diagnostic.notes.count == 1)
  }

  @Test func predeclaredNamesAndCallsFromOutside() throws {
    let program = try parse("def f(a, b=2):\nreturn [a, b, given]\nend", predeclared: ["given"])
    let thread = Thread()
    let exports = try thread.run(program, predeclared: [("given", .string("x"))])
    let function = try #require(exports["f"])
    let result = try thread.call(function, Arguments([.int(1)], keyword: [("b", .int(3))]))
    #expect(result.repr == "[1, 3, \"x\"]")
    #expect(throws: Failure.self) { _ = try Thread().run(program) }
    #expect(throws: Failure.self) { _ = try thread.call(.int(1)) }
  }

  @Test func allUnknownNamesAreReported() throws {
    let error = #expect(throws: Diagnostics.self) { _ = try parse("x = one\ndef f():\nreturn two\nend\nbreak") }
    #expect(error?.list.map(\.message).sorted() == ["break not in a loop", "undefined: one", "undefined: two"])
    let range = try #require(error?.list.first?.range)
    #expect(range.length == 3)
  }

  @Test func hints() throws {
    let error = #expect(throws: Diagnostics.self) { _ = try parse("x = null") }
    #expect(error?.list.first?.hint?.contains("None") == true)
    let failure = #expect(throws: Failure.self) { _ = try Thread().run(try parse("x = True | False")) }
    #expect(failure?.hint?.text.contains("'or'") == true)
  }

  @Test func aMissingColonShowsWhatItWouldOpen() throws {
    let error = #expect(throws: Diagnostics.self) { _ = try parse("if True\n  x = 1\nend") }
    let diagnostic = try #require(error?.list.first)
    #expect(diagnostic.message == "got newline, want ':'")
    #expect(diagnostic.range?.start.description == "a.star:1")
    #expect(diagnostic.notes.map { $0.range?.start.description } == ["a.star:2"])
    #expect(diagnostic.hint?.contains("missing colon") == true)
    #expect(#expect(throws: Diagnostics.self) { _ = try parse("if True") }?.list.first?.notes.isEmpty == true)
  }

  @Test(arguments: [
    ("f()", "missing 2 arguments (a, b)"), ("f(1, 2, 3)", "accepts 2 positional arguments (3 given)"),
    ("f(1, a=2)", "got multiple values for parameter \"a\""), ("f(1, c=2)", "got an unexpected keyword argument \"c\""),
  ])
  func aWrongCallShowsTheBodyOfTheFunction(_ call: String, _ message: String) throws {
    let program = try parse("def f(a, b):\n  x = a\n  return x\nend\n\(call)")
    let diagnostic = try #require(#expect(throws: Failure.self) { _ = try Thread().run(program) }?.diagnostic)
    #expect(diagnostic.message == "function f \(message)")
    #expect(diagnostic.range?.start.description == "a.star:5")
    #expect(diagnostic.notes.map(\.message) == ["the body of f begins here"])
    #expect(diagnostic.notes.map { $0.range?.start.description } == ["a.star:2"])
  }

  @Test func aFunctionWithoutABodyIsShownWhereItIsDefined() throws {
    let program = try parse("x = 1\ndef f():\nend\nf(1)")
    let diagnostic = try #require(#expect(throws: Failure.self) { _ = try Thread().run(program) }?.diagnostic)
    #expect(diagnostic.notes.map { $0.range?.start.description } == ["a.star:2"])
  }

  @Test func programsAreShared() async throws {
    let program = try parse("def f(n):\nreturn n if n < 2 else f(n - 1) + f(n - 2)\nend\nr = f(15)\nl = [str(r)] * 3")
    await withTaskGroup(of: Int64?.self) { group in
      for _ in 0..<8 {
        group.addTask { (try? Thread().run(program))?["r"]?.int }
      }
      for await result in group { #expect(result == 610) }
    }
  }

  @Test func printing() throws {
    let thread = Thread()
    var lines: [ByteString] = []
    thread.print = { lines.append($0) }
    _ = try thread.run(try parse("print('a', 1, [2])\nprint()"))
    #expect(lines == ["a 1 [2]", ""])
  }

  @Test func builtinsBindArguments() throws {
    let builtin = Builtin("go") { arguments, _ throws(Failure) in
      let bound = try arguments.bind("go", ["x", "n?"])
      return .string(try bound.string(0)?.appending("!") ?? .empty)
    }
    func message(_ call: String) throws -> ByteString? {
      let program = try parse(call, predeclared: ["go"])
      let failure = #expect(throws: Failure.self) {
        _ = try Thread().run(program, predeclared: [("go", .object(builtin))])
      }
      return failure?.message
    }
    #expect(try message("go()") == "go: missing argument for x")
    #expect(try message("go(1)") == "go: for parameter x: got int, want string")
    #expect(try message("go('a', y=1)") == "go: unexpected keyword argument \"y\"")
    #expect(try message("go('a', x=1)") == "go: got multiple values for keyword argument \"x\"")
    #expect(try message("go(1, 2, 3)") == "go: got 3 arguments, want at most 2")
  }
}
