import Files
import FuzzTargets
import TestSupport
import Testing

/// The inputs below `fixtures/fuzz`: what the fuzzer found, and what it begins with. Each has to come to an end.
struct SeedTests {
  struct Seed: CustomTestStringConvertible, Sendable {
    let target: FuzzTarget
    let path: String

    var testDescription: String { path }

    static func all(of target: FuzzTarget) -> [Seed] {
      let folder = Repository.fixtures("fuzz/\(target.rawValue)")
      return ((try? Disk.entries(folder)) ?? []).map { Seed(target: target, path: "\(folder)/\($0.name.text)") }
    }
  }

  @Test(arguments: FuzzTarget.allCases.flatMap { Seed.all(of: $0) })
  func comesToAnEnd(_ seed: Seed) throws {
    let input = try Disk.read(seed.path, limit: 1 << 20)
    let ended = SmallStack.run {
      seed.target.run(input)
      return true
    }
    #expect(ended == true)
  }

  @Test(arguments: FuzzTarget.allCases) func seedsAreFound(_ target: FuzzTarget) {
    #expect(!Seed.all(of: target).isEmpty)
  }
}
