import Files
import Templating
import Testing
import YAML

/// Renderings of which each has other values files, as the environments of a fleet have.
@Suite struct SharedValuesTests {
  private static let schema = InputFile(
    path: "schema.yaml",
    contents: """
      #@ def strict(value, context): return context["root"]["mode"] == "strict"
      #@ def checked(value, context): return context["parent"]["check"]
      #@data/values-schema
      ---
      mode: strict
      storage:
        #@schema/validation min_len=1
        bucket: ""
        #@schema/nullable
        #@schema/validation ("small", lambda value: value < 5), when=strict
        size: 0
        inner:
          #@schema/validation ("even", lambda value: value % 2 == 0), when=checked
          count: 0
          check: true
          deep:
            #@schema/validation ("short", lambda value: len(value) < 3), when=strict
            text: ""
      #@schema/type any=True
      free: {}
      list:
      - x: 1
        #@schema/validation one_of=["a", "b"], when=strict
        k: a
      """)
  private static let template = InputFile(
    path: "t.yaml",
    contents: """
      #@ load("@ytt:data", "data")
      #@ load("@ytt:yaml", "yaml")
      bucket: #@ data.values.storage.bucket
      inner: #@ data.values.storage.inner
      kinds: #@ [item.k for item in data.values.list]
      all: #@ yaml.encode(data.values)
      """)

  /// What a file of each level may say; all that inherit it have it from the same place in memory.
  private static let levels: [[ByteString]] = [
    ["{}", "mode: strict", "mode: loose", "storage: {bucket: b, inner: {deep: {text: ab}}}", "free: [1]"],
    [
      "storage: {bucket: f, size: 9}", "storage: {size: 3}", "storage: {inner: {check: false}}",
      "list: [{k: b}, {x: 2}]", "storage: {size: ~}", "{}",
    ],
    [
      "storage: {bucket: a}", "storage: {bucket: a, inner: {count: 1}}", "storage: {bucket: c, size: 7}",
      "storage: {bucket: d, inner: {deep: {text: abc}}}", "{mode: loose, storage: {bucket: e, inner: {count: 2}}}",
      "list: [{k: c}]", "storage: {inner: {count: x}}", "storage: {unknown: 1}", "free: {mode: strict}", "storage: 5",
      "mode: loose", "mode: strict",
    ],
  ]

  private static func text(_ choice: [Int], _ shared: SharedResults?) -> String {
    var arguments = DataValueArguments()
    arguments.valuesFiles = zip(levels, choice).enumerated().map { level, chosen in
      let name = "\(level)-\(chosen.1).yaml"
      return .init(argument: ByteString(name), files: [(name: name, contents: chosen.0[chosen.1])])
    }
    do throws(Diagnostics) {
      let input = RenderInput(files: [schema, template], dataValues: arguments)
      return print(try Rendering.render(input, sharing: shared).documents).text
    } catch {
      return error.list.map(\.description).joined()
    }
  }

  /// Neighbours have more in common than others; now and then the next one is of another group.
  @Test(arguments: 0..<8) func eachGetsWhatItGetsAlone(seed: UInt64) {
    var random = Numbers(state: seed)
    let shared = SharedResults()
    var choice = Self.levels.map { _ in 0 }
    var failures = 0
    for _ in 0..<300 {
      let changed = [2, 2, 2, 2, 1, 0][random.next(below: 6)]
      for level in changed..<Self.levels.count { choice[level] = random.next(below: Self.levels[level].count) }
      let alone = Self.text(choice, nil)
      if alone.contains("error") { failures += 1 }
      #expect(Self.text(choice, shared) == alone, "\(choice)")
    }
    #expect(failures > 30 && failures < 270)
  }

  /// The same numbers in every run (a linear congruential generator, constants of Knuth's MMIX).
  private struct Numbers {
    var state: UInt64

    mutating func next(below bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
  }
}
