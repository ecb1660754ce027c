import Files
import Starlark
import Testing

/// What a template does: lines of `code`, and lines `$name arguments` and `= expression` carried out by a host.
private final class Recorder: Host {
  var log: [String] = []
  private var pending: [[String]] = []

  override func perform(_ operation: Int32, _ arguments: Arguments, _ thread: Thread) throws(Failure) {
    if arguments.named("stop") != nil { throw Failure("the host stops") }
    var words = ["\(operation)"] + arguments.positional.map(\.str.text)
    words += arguments.keyword.map { "\($0.name)=\($0.value.str)" }
    log.append(words.joined(separator: " "))
  }

  override func enterFunction(_ thread: Thread) throws(Failure) {
    pending.append(log)
    log = []
  }

  override func leaveFunction(returned: Value?, _ thread: Thread) throws(Failure) -> Value {
    let inner = log
    log = pending.removeLast()
    return returned ?? .string(ByteString(inner.joined(separator: ",")))
  }

  override func abandonFunction(_ thread: Thread) { log = pending.removeLast() + ["abandoned"] }
}

@Suite struct TemplateTests {
  /// Makes segments of a text: `$3 a, b` is host operation 3 with a list of arguments, `= x` operation 0 with an
  /// expression, `~` an `end` that nobody wrote, `\>` in front makes the line unfinished, anything else is code.
  private func parse(_ text: String) throws(Diagnostics) -> Program {
    let file = SourceFile.register(path: "template", contents: ByteString(text))
    var segments: [Segment] = []
    var start = 0
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let range = start..<start + line.utf8.count
      switch line.first {
      case "$":
        let operation = Int32(line.dropFirst().prefix(1)) ?? 0
        let arguments: HostArguments = line.utf8.count > 2 ? .list(range.lowerBound + 2..<range.upperBound) : .none
        segments.append(.host(operation: operation, arguments: arguments, position: range.lowerBound))
      case "=":
        let expression = range.lowerBound + 1..<range.upperBound
        segments.append(.host(operation: 0, arguments: .expression(expression), position: range.lowerBound))
      case "~": segments.append(.end(range))
      case ">": segments.append(.unfinishedCode(range.lowerBound + 1..<range.upperBound))
      default: segments.append(.code(range))
      }
      start = range.upperBound + 1
    }
    return try Program.parse(file, segments: segments)
  }

  private func log(_ text: String) throws -> [String] {
    let recorder = Recorder()
    _ = try Thread().run(try parse(text), host: recorder)
    return recorder.log
  }

  @Test func statementsOfTheHostNestInBlocks() throws {
    let text = """
      for i in range(3):
      $1 i
        if i == 1:
      = "one", i
      ~
      end
      $2
      """
    #expect(try log(text) == ["1 0", "1 1", "0 (\"one\", 1)", "1 2", "2"])
  }

  @Test func argumentsAreThoseOfACall() throws {
    #expect(try log("d = {'x': 1}\n$7 1, *[2, 3], a='b', **d") == ["7 1 2 3 a=b x=1"])
    #expect(try log("=") == ["0 ()"])
  }

  @Test func codeContinuesOverSegments() throws {
    let text = "x = [1,\n  2]\ny = 1 + \\\n2\n>if\n> x\n:\n= x\n~\nz = \"\"\"a\n  b\"\"\"\n= z\n= y"
    #expect(try log(text) == ["0 [1, 2]", "0 a\nb", "0 3"])
  }

  @Test func functionsProduceWhatTheirStatementsDid() throws {
    let text = """
      def f(x):
      $1 x
      $2 x
      end
      def g(x):
      $1 x
      return x + 1
      end
      def h():
      $1 0
      return
      end
      def plain():
      def inner():
      $9
      end
      return inner
      end
      = f(5)
      = g(1)
      = h()
      = plain()()
      """
    #expect(try log(text) == ["0 1 5,2 5", "0 2", "0 1 0", "0 9"])
  }

  @Test func functionsThatFailAreAbandoned() throws {
    let program = try parse("def f():\n$1\nfail('x')\nend\nf()")
    let recorder = Recorder()
    let failure = #expect(throws: Failure.self) { _ = try Thread().run(program, host: recorder) }
    #expect(recorder.log == ["abandoned"])
    #expect(failure?.frames.map(\.function) == ["f", "<toplevel>"])
    #expect(failure?.frames.map(\.position.line) == [3, 5])
  }

  @Test func hostFailuresHaveAPlace() throws {
    let program = try parse("x = 1\n$1 stop=1")
    let failure = #expect(throws: Failure.self) { _ = try Thread().run(program, host: Recorder()) }
    #expect(failure?.message == "the host stops")
    #expect(failure?.frames.first?.position.line == 2)
  }

  @Test(arguments: [
    ("= 1 # one", "got identifier, want ')'", 1), ("= 1_000", "got identifier, want ')'", 1),
    ("= \"a\" \"b\"", "got string literal, want ')'", 1), ("= 1)", "unexpected ')'", 1),
    ("x = [1\n$1", "got identifier, want ']'", 2), ("if True:\n$1", "mismatched set of block openings", 1),
    ("$1\n~", "unexpected end", 2), ("= nope", "undefined: nope", 1), ("if x\n~", "got newline, want ':'", 1),
    ("x = \"\"\"a\n$1", "unexpected EOF in string", 1), ("= a=1", "got '=', want ')'", 1),
  ])
  func mistakes(_ text: String, _ words: String, _ line: Int) throws {
    let error = #expect(throws: Diagnostics.self) { _ = try parse(text) }
    #expect(error?.list.first?.message.contains(words) == true, "\(error?.list.first?.message ?? "")")
    #expect(error?.list.first?.range?.start.line == line)
  }
}
