import Files
import Starlark

extension FuzzTarget {
  /// Little enough that no input takes long.
  static var smallLimits: Limits {
    var limits = Limits()
    limits.callDepth = 100
    limits.steps = 5_000
    limits.stringBytes = 1 << 16
    limits.elements = 1 << 12
    limits.integerBits = 1 << 12
    return limits
  }

  /// Parses and runs a program.
  static func runStarlark(_ input: ByteString) {
    let source = SourceFile.register(path: "fuzz.star", contents: input)
    do throws(Diagnostics) {
      let program = try Program.parse(source, limits: smallLimits)
      do throws(Failure) {
        let thread = Thread(limits: smallLimits)
        defer { thread.endModules() }
        let exports = try thread.run(program)
        for entry in exports.entries { _ = entry.value.repr }
      } catch {
        _ = error.message
      }
    } catch {
      _ = error.description
    }
  }
}
