import Files
import Glibc
import Starlark
import Testing

/// What hostile programs may not do: crash, hang, or eat the machine.
@Suite struct LimitTests {
  private func message(_ source: String, _ limits: Limits = Limits()) -> String? {
    ProgramRun.run(ByteString(source), name: "hostile.star", limits: limits)?.message
  }

  @Test func recursionEnds() {
    #expect(message("def f(n):\n return f(n + 1)\nend\nf(0)")?.contains("too many nested calls") == true)
    #expect(message("f = lambda g: g(g)\nf(f)")?.contains("too many nested calls") == true)
    #expect(
      message("def f(x):\n return sorted([1, 2], key=f)\nend\nf(0)")?.contains("too many nested calls") == true)
  }

  @Test func recursionEndsOnASmallStack() {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, 512 << 10)
    var thread = pthread_t()
    let started = pthread_create(
      &thread, &attributes,
      { _ in
        let deep = String(repeating: "(", count: 300) + "1" + String(repeating: ")", count: 300)
        let sum = String(repeating: "1+", count: 20_000) + "1"
        let sources = [
          "def f(n):\n return f(n + 1)\nend\nf(0)", "x = \(deep)", "x = \(sum)",
          "x = " + String(repeating: "[", count: 9_999),
        ]
        for source in sources { _ = ProgramRun.run(ByteString(source), name: "small.star") }
        return nil
      }, nil)
    #expect(started == 0)
    #expect(pthread_join(thread, nil) == 0)
  }

  @Test func loopsEnd() {
    var limits = Limits()
    limits.steps = 10_000
    #expect(message("while True:\nend", limits)?.contains("too many steps") == true)
    #expect(message("[0 for a in range(1000) for b in range(1000)]", limits)?.contains("too many steps") == true)
  }

  @Test func sourcesNestOnlySoDeep() {
    for (open, close) in [("(", ")"), ("[", "]"), ("{1:", "}"), ("-", ""), ("not ", ""), ("lambda: ", "")] {
      let deep = String(repeating: open, count: 50_000) + "1" + String(repeating: close, count: 50_000)
      #expect(message("x = \(deep)") != nil, "\(open)")
    }
    let blocks = String(repeating: "if True:\n", count: 50_000) + String(repeating: "end\n", count: 50_000)
    #expect(message(blocks)?.contains("too many nested") == true)
  }

  @Test func longChainsAreFine() {
    #expect(message("x = 1" + String(repeating: " + 1", count: 1_000) + "\nassert.eq(x, 1001)") == nil)
    #expect(message("x = 'a'" + String(repeating: ".upper()", count: 1_000) + "\nassert.eq(x, 'A')") == nil)
  }

  @Test func valuesAreOnlySoLarge() {
    var limits = Limits()
    limits.stringBytes = 1_000
    limits.elements = 1_000
    limits.integerBits = 1_000
    for source in [
      "'a' * 1001", "('a' * 900) + ('b' * 900)", "'x'.join(['a' * 900] * 2)", "('a' * 900).replace('a', 'bb')",
      "'%s%s' % ('a' * 900, 'a' * 900)", "'{}{}'.format('a' * 900, 'a' * 900)", "[1] * 1001",
      "[1] * 900 + [2] * 900", "[x for x in range(2000)]", "[1, 2].extend(range(2000))",
    ] {
      #expect(message("x = \(source)", limits) != nil, "\(source)")
    }
    #expect(message("x = 3\nfor i in range(20):\nx = x * x\nend", limits)?.contains("too large") == true)
    #expect(message("x = []\nwhile True:\nx.append(1)\nend", limits) != nil)
  }

  @Test(arguments: [
    ("'x'.join(['a' * 900] * 2)", "string of 1801 bytes is too long (limit 1000)"),
    ("[1] * 900 + [2] * 900", "1800 elements are too many for one value (limit 1000)"),
    ("(1 << 500) * (1 << 500) * (1 << 500)", "integer is too large (limit 1000 bits)"),
  ])
  func whatIsTooLargeIsSaid(_ expression: String, _ words: String) {
    var limits = Limits()
    limits.stringBytes = 1_000
    limits.elements = 1_000
    limits.integerBits = 1_000
    #expect(message("x = \(expression)", limits)?.contains(words) == true)
  }

  @Test func deepValuesAreFreedWithoutRecursion() {
    #expect(message("x = []\nfor i in range(300000):\nx = [x]\nend") == nil)
    #expect(message("x = {}\nfor i in range(300000):\nx = {1: (x,)}\nend") == nil)
    let chain = "def wrap(f):\nreturn lambda: f\nend\nf = None\nfor i in range(300000):\nf = wrap(f)\nend"
    #expect(message(chain) == nil)
  }

  @Test func deepValuesCanBeShownComparedAndFrozen() {
    #expect(message("x = []\nfor i in range(100000):\nx = [x]\nend\ny = str(x)") == nil)
    #expect(
      message("x = []\nfor i in range(100000):\nx = [x]\nend\ny = x == [x]")?
        .contains("comparison exceeded maximum recursion depth") == true)
    #expect(
      message("x = ()\nfor i in range(100000):\nx = (x,)\nend\ny = {x: 1}")?
        .contains("tuples inside each other") == true)
  }

  @Test func valuesThatHoldEachOtherManyTimes() {
    let doubled = "x = ()\nfor i in range(60):\nx = (x, x)\nend\n"
    #expect(message(doubled) == nil)
    #expect(message(doubled + "y = {x: 1}") == nil)
    #expect(message("x = []\nfor i in range(60):\nx = [x, x]\nend\ny = x == x") != nil)
  }
}
