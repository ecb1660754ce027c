import Files
import TestSupport
import Testing
import YAML

/// Fleets that several processes render, each a part.
@Suite struct ShardTests {
  /// A committed workspace with seven environments, nothing rendered yet.
  private func fleet() throws -> Shell {
    let shell = try Shell.workspace()
    for name in ["c", "d", "group/e", "group/f", "z"] {
      try shell.write("environments/\(name)/values.yaml", ByteString("replicas: \(name.utf8.count)\n"))
    }
    try shell.write(".gitignore", "shards/\n")
    try shell.git("init", "-q", "-b", "main")
    try shell.git("add", ".")
    try shell.git("commit", "-qm", "Inputs")
    return shell
  }

  private func render(_ shell: Shell, _ count: Int) throws {
    let running = try (1...count).map {
      try shell.command(["render", "--shard", "\($0)/\(count)", "-o", "shards/\($0)"]).start()
    }
    for process in running { process.wait().expect(0, "environments") }
  }

  /// The commit of a single process.
  private func single(_ shell: Shell) throws -> String {
    try shell.git("clone", "-q", ".", "shards/single")
    try shell.run("commit", in: "shards/single").expect(0)
    return try shell.git("-C", "shards/single", "rev-parse", "HEAD")
  }

  @Test(arguments: [1, 3, 10])
  func theCommitIsThatOfASingleProcess(_ count: Int) throws {
    let shell = try fleet()
    try render(shell, count)
    let outputs = (1...count).map { "shards/\($0)" }
    var command = shell.command(["assemble"] + outputs.shuffled())
    command.timeout = 120
    try command.run().expect(0, "Render a, b, c, d, group/e, group/f, z")
    #expect(try shell.git("rev-parse", "HEAD") == single(shell))
    #expect(try shell.git("status", "--porcelain").isEmpty)
    #expect(try shell.git("fsck", "--strict").isEmpty)
    try shell.run("verify").expect(0)
    for shard in 1...count { try shell.run("verify", "--shard", "\(shard)/\(count)").expect(0) }
    // They are parts of the commit before now.
    try shell.run("assemble", "shards/1").expect(2, "HEAD is")
  }

  /// Nor does it matter how many threads there are, and in which order environments are named.
  @Test(arguments: [["-j", "1"], ["-j", "8"], ["z", "group/f", "d", "b", "group/e", "c", "a"]])
  func threadsAndOrderDoNotMatter(_ arguments: [String]) throws {
    let shell = try fleet()
    let expected = try single(shell)
    try shell.command(["commit"] + arguments).run().expect(0)
    #expect(try shell.git("rev-parse", "HEAD") == expected)
  }

  /// What the examples run, as separate processes, gives that commit as well.
  @Test(arguments: ["github-actions.yaml", "argo-workflow.yaml", "kubernetes-job.yaml"])
  func examples(_ name: String) throws {
    let path = "\(Repository.root)/examples/sharding/\(name)"
    let source = SourceFile.register(path: name, contents: try Disk.read(path, limit: 1 << 20))
    var scripts: [String] = []
    for document in try ParsedFile.parse(source).documents { Self.collect(document.value, &scripts) }
    let renderings = scripts.filter { $0.hasPrefix("sailplan render --shard ") }
    let commits = scripts.filter { $0.hasPrefix("sailplan assemble ") }
    try #require(renderings.count == 1 && commits.count == 1)

    let shell = try fleet()
    let expected = try single(shell)
    try shell.git("clone", "-q", "--bare", ".", "shards/origin.git")
    try shell.git("clone", "-q", "shards/origin.git", "shards/work/repository")
    let programs = Product.sailplan.split(separator: "/").dropLast().map { "/\($0)" }.joined()
    func command(_ script: String, _ shard: Int) -> Command {
      let text = [
        "${{ matrix.shard }}": "\(shard)", "${{ strategy.job-total }}": "5", "{{inputs.parameters.shard}}": "\(shard)",
        "{{workflow.parameters.shards}}": "5", "/work/": shell.directory.path("shards/work/"),
      ].sorted { $0.key.utf8.count > $1.key.utf8.count }.reduce(script) { $0.replacing($1.key, with: $1.value) }
      var command = shell.command([], in: "shards/work/repository")
      command.arguments = ["sh", "-ec", text]
      command.environment?["PATH"] = "\(programs):/usr/local/bin:/usr/bin:/bin"
      command.environment?["JOB_COMPLETION_INDEX"] = "\(shard - 1)"
      return command
    }
    let running = try (1...5).map { try command(renderings[0], $0).start() }
    for process in running { process.wait().expect(0, "environments") }
    try command(commits[0], 0).run().expect(0, "Render a, b, c, d, group/e, group/f, z")
    #expect(try shell.git("-C", "shards/origin.git", "rev-parse", "main") == expected)
  }

  private static func collect(_ node: Node, _ texts: inout [String]) {
    switch node {
    case .map(let items): for item in items { collect(item.value, &texts) }
    case .sequence(let items): for item in items { collect(item.value, &texts) }
    case .string(let text): texts.append(text.text)
    default: break
    }
  }

  /// What is missing, twice, or of another whole is refused, and nothing is written.
  @Test func refusesWhatIsNotOneWhole() throws {
    let shell = try fleet()
    try render(shell, 3)
    try shell.git("clone", "-q", ".", "shards/other")
    try shell.git("-C", "shards/other", "commit", "-q", "--allow-empty", "-m", "Other")
    try shell.run("render", "--shard", "3/3", "-o", "../foreign", in: "shards/other").expect(0)
    try shell.run("render", "--shard", "3/4", "-o", "shards/four").expect(0)
    try shell.run("render", "--shard", "3/3", "-o", "shards/some", "a", "b", "c").expect(0)
    let before = try shell.snapshot("environments")
    let head = try shell.git("rev-parse", "HEAD")
    func refuse(_ outputs: String..., words: String) throws {
      let arguments = ["assemble"] + outputs.map { "shards/\($0)" }
      try shell.command(arguments).run().expect(2, words)
      #expect(try shell.snapshot("environments") == before)
      #expect(try shell.git("rev-parse", "HEAD") == head)
      #expect(try shell.git("status", "--porcelain").isEmpty)
    }
    try refuse("1", "2", words: "1 of 3 shards is missing: 3")
    try refuse("1", words: "2 of 3 shards are missing: 2, 3")
    try refuse("1", "2", "3", "2", words: "shard 2/3 is given twice: shards/2 and shards/2")
    try refuse("1", "2", "nowhere", words: "there is no sailplan-shard.yaml in it")
    try refuse("1", "2", "foreign", words: "differ in the commit that they were rendered from")
    try refuse("1", "2", "four", words: "differ in the number of shards")
    try refuse("1", "2", "some", words: "differ in which environments there are")
    let tool = try #require(shell.read("shards/2/sailplan-shard.yaml"))
    for (old, new, words) in [
      ("tool: 0.1.0", "tool: 9.9.9", "differ in the version of sailplan"),
      ("kind: Shard", "kind: Part", "'kind' is 'Part'"),
      ("shard: 2/3", "shard: 5/3", "'shard' is '5/3' (expected a part such as 2/5)"),
      ("- name: group/f", "- name: group/g", "shards/2 does not hold the environments of shard 2/3"),
    ] where tool.contains(old) {
      try shell.edit("shards/2/sailplan-shard.yaml", old, new)
      try refuse("1", "2", "3", words: words)
      try shell.write("shards/2/sailplan-shard.yaml", ByteString(tool))
    }
    for file in ["rendered/v1_namespace_velero.yaml", "sailplan.lock"] {
      let path = "shards/1/environments/a/\(file)"
      let text = try #require(shell.read(path))
      try shell.write(path, ByteString(text + "# more\n"))
      try refuse("1", "2", "3", words: "\(path) is not as it was rendered")
      try shell.write(path, ByteString(text))
    }
    try shell.run("assemble", "shards/1", "shards/2", "shards/3").expect(0)
  }

  @Test func refusesInputsThatAreNotCommitted() throws {
    let shell = try fleet()
    try shell.write("environments/c/values.yaml", "replicas: 9\n")
    try shell.run("render", "--shard", "2/3", "-o", "shards/2").expect(0)
    try shell.run("render", "--shard", "3/3", "-o", "shards/3").expect(
      2, "environments/c/values.yaml has changes that are not committed")
    #expect(!shell.directory.exists("shards/3"))
  }

  @Test func refusesPlaintextSecrets() throws {
    let shell = try fleet()
    try shell.write("environments/a/values.yaml", "secret: hunter2\n")
    try shell.git("commit", "-qam", "Secret")
    try render(shell, 2)
    let head = try shell.git("rev-parse", "HEAD")
    try shell.run("assemble", "shards/1", "shards/2").expect(2, "would be committed with its content in plain text")
    #expect(try shell.git("rev-parse", "HEAD") == head)
    try shell.run("assemble", "--allow-plaintext-secrets", "shards/1", "shards/2").expect(0)
  }

  @Test func toAnotherRepository() throws {
    let shell = try fleet()
    try render(shell, 2)
    try shell.git("init", "-q", "--bare", "-b", "trunk", "shards/one.git")
    try shell.git("init", "-q", "--bare", "-b", "trunk", "shards/two.git")
    try shell.run("commit", "--repository", "shards/one.git").expect(0)
    try shell.run("assemble", "--repository", "shards/two.git", "shards/1", "shards/2").expect(0)
    #expect(
      try shell.git("-C", "shards/one.git", "rev-parse", "trunk")
        == shell.git("-C", "shards/two.git", "rev-parse", "trunk"))
  }

  @Test(arguments: ["0/3", "4/3", "1", "1/0", "a/b", "1/2/3", "-1/3", "1/999999999999"])
  func refusesParts(_ text: String) throws {
    let shell = try fleet()
    try shell.run("verify", "--shard=\(text)").expect(64)
  }
}
