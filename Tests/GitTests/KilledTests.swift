import Files
import Git
import Glibc
import TestSupport
import Testing

@Suite struct KilledTests {
  /// Killed at any instant, the repository is whole and the next run works.
  @Test func killedAtAnyInstant() throws {
    let sandbox = try Sandbox()
    let program = Repository.program("CommitLoop")
    for round in 0..<24 {
      let running = try Command([program, sandbox.path, "100000"], environment: sandbox.environment).start()
      usleep(8000 + UInt32(round) * 777 % 30000)
      running.signal(SIGKILL)
      let killed = running.wait()
      #expect(killed.status == 128 + SIGKILL, "\(killed.errorOutput)")
      let next = try Command([program, sandbox.path, "2"], environment: sandbox.environment).run()
      #expect(next.status == 0, "\(next.errorOutput)")
      if round % 8 == 0 { #expect(try sandbox.git("fsck", "--strict", "--no-dangling") == "") }
    }
    let snapshot = Snapshot.rendered("a: 1\n")
    try sandbox.write(snapshot)
    try sandbox.commit(snapshot)
    try sandbox.expectClean()
  }

  /// Two that commit at once: each either commits or says that the other was there.
  @Test func concurrentRuns() throws {
    let sandbox = try Sandbox()
    let program = Repository.program("CommitLoop")
    let command = Command([program, sandbox.path, "20"], environment: sandbox.environment)
    let running = try (0..<4).map { _ in try command.start() }
    let results = running.map { $0.wait() }
    for result in results where result.status != 0 {
      let text = result.errorOutput.text
      #expect(text.contains("locked") || text.contains("moved meanwhile"), "\(text)")
    }
    #expect(results.contains { $0.status == 0 })
    #expect(try sandbox.git("fsck", "--strict", "--no-dangling") == "")
    #expect(try sandbox.git("reflog", "--format=%H", "main").split(separator: "\n").count > 20)
    #expect(!sandbox.directory.exists("repo/.git/index.lock"))
  }
}
