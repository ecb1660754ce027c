import Files
import Starlark
import TestSupport
import Testing

@Suite struct FixtureTests {
  @Test(arguments: ChunkedFile.all)
  func program(_ file: ChunkedFile) {
    for chunk in file.chunks {
      let problem = ProgramRun.run(chunk.source, name: file.name)
      switch (problem, chunk.expected) {
      case (nil, nil): break
      case (nil, let expected?):
        Issue.record("\(file.name):\(expected.line): no error, but expected '\(expected.words)'")
      case (let problem?, nil):
        Issue.record("\(file.name):\(problem.line): \(problem.message)")
      case (let problem?, let expected?):
        #expect(
          problem.message.contains(expected.words) && problem.line == expected.line,
          "\(file.name):\(problem.line): \(problem.message); expected on line \(expected.line): \(expected.words)")
      }
    }
  }

  @Test func fixturesExist() { #expect(ChunkedFile.all.count >= 7) }
}
