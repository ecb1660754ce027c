import Files
import Templating
import Testing

/// Functions and the global variables of their files hold each other: a rendering that is over has to let go of them,
/// or a program that renders often would keep them all.
struct RenderingLifetimeTests {
  private final class Witness: Sendable {}

  private static let files: [(path: ByteString, contents: ByteString)] = [
    (
      "config.yml",
      """
      #@ load("@ytt:data", "data")
      #@ load("@ytt:library", "library")
      #@ load("@ytt:template", "template")
      #@ load("helpers.star", "twice")
      #@ def labels(name):
      name: #@ twice(name)
      #@ end
      --- #@ template.replace(library.get("inner").eval())
      ---
      labels: #@ labels(data.values.name)
      """
    ),
    ("helpers.star", "def twice(x):\n  return x + x\nend\nall = [twice]\n"),
    ("values.yml", "#@data/values-schema\n---\n#@schema/validation (\"short\", lambda v: len(v) < 9)\nname: a\n"),
    ("overlay.yml", "#@overlay/match by=lambda i, l, r: True, expects=\"0+\"\n---\n"),
    ("_ytt_lib/inner/inner.yml", "#@ def f():\n#@ return [f]\n#@ end\ninner: #@ len(f())\n"),
  ]

  private func isLetGo(_ files: [(path: ByteString, contents: ByteString)]) -> Bool {
    weak var left: Witness?
    do {
      let witness = Witness()
      left = witness
      let input = RenderInput(files: files.map { InputFile(path: $0.path, contents: $0.contents) })
      _ = try? Rendering.render(input) { _ in withExtendedLifetime(witness) {} }
      _ = try? Rendering.dataValues(input) { _ in withExtendedLifetime(witness) {} }
      _ = try? Rendering.schema(input) { _ in withExtendedLifetime(witness) {} }
    }
    return left == nil
  }

  @Test func whatRenderedIsLetGo() throws {
    #expect(isLetGo(Self.files))
  }

  @Test func whatFailedIsLetGo() {
    #expect(isLetGo(Self.files + [("wrong.yml", "#@ load(\"helpers.star\", \"twice\")\na: #@ twice(1, 2)\n")]))
  }
}
