import Files
import Glibc
import TestSupport
import Testing
import Workspace

@Suite struct WorkspaceReaderTests {
  @Test func findsEnvironmentsAndWhatTheyInherit() throws {
    let sandbox = try Sandbox([
      "environments/values.yaml": "a: 1",
      "environments/overlays/all.yaml": "",
      "environments/prod/values.yaml": "b: 1",
      "environments/prod/overlays/z/b.yaml": "",
      "environments/prod/overlays/a.yaml": "",
      "environments/prod/eu/values.yaml": "c: 1",
      "environments/prod/us/values.yaml": "",
      "environments/prod/us/rendered/values.yaml": "",
      "environments/laptop/values.yaml": "",
      "environments/notes/README.md": "",
      "environments/.cache/values.yaml": "",
    ])
    let reader = try sandbox.reader()
    #expect(try reader.environments().map(\.path) == ["laptop", "prod/eu", "prod/us"])
    let inputs = try reader.inputs(for: EnvironmentName("prod/eu"))
    #expect(
      inputs.values.map(\.path) == [
        "environments/values.yaml", "environments/prod/values.yaml", "environments/prod/eu/values.yaml",
      ])
    #expect(
      inputs.overlays.map(\.path) == [
        "environments/overlays/all.yaml", "environments/prod/overlays/a.yaml", "environments/prod/overlays/z/b.yaml",
      ])
  }

  @Test func takesTheNamesThatAShellCompletes() throws {
    let sandbox = try Sandbox(["environments/prod/values.yaml": ""])
    let reader = try sandbox.reader()
    #expect(try reader.environments(named: ["environments/prod/", "prod"]).map(\.path) == ["prod"])
  }

  @Test(arguments: [
    ([], ["laptop", "prod/eu", "prod/us"]),
    (["prod"], ["prod/eu", "prod/us"]),
    (["prod/us", "laptop", "prod"], ["laptop", "prod/eu", "prod/us"]),
    (["!prod"], ["laptop"]),
    (["prod/*", "!*/us"], ["prod/eu"]),
    (["!prod/eu", "!l*"], ["prod/us"]),
    (["prod", "!**"], []),
  ])
  func findsGroupsAndLeavesOut(written: [String], expected: [String]) throws {
    let sandbox = try Sandbox([
      "environments/prod/values.yaml": "", "environments/prod/eu/values.yaml": "",
      "environments/prod/us/values.yaml": "", "environments/laptop/values.yaml": "",
    ])
    let found = try sandbox.reader().environments(named: written.map { ByteString($0) })
    #expect(found.map(\.path.text) == expected)
  }

  @Test func inheritsLabels() throws {
    let head = "apiVersion: sailplan.dev/v1alpha1\nkind: Environment\n"
    let sandbox = try Sandbox([
      "environments/environment.yaml": ByteString(head + "labels: {team: backup, tier: none}"),
      "environments/prod/environment.yaml": ByteString(head + "labels:\n  tier: prod"),
      "environments/prod/eu/environment.yaml": ByteString(head + "labels:\n  example.org/region: \"1\""),
      "environments/prod/eu/values.yaml": "", "environments/laptop/values.yaml": "",
    ])
    let reader = try sandbox.reader()
    #expect(
      try reader.labels(of: EnvironmentName("prod/eu")) == [
        "team": "backup", "tier": "prod", "example.org/region": "1",
      ])
    #expect(try reader.labels(of: EnvironmentName("laptop")) == ["team": "backup", "tier": "none"])
  }

  @Test(arguments: [
    ("[a]", ["'labels' must be a map, not a list"]),
    ("{tier: 1}", ["'tier' must be a string, not an integer"]),
    ("{1: a}", ["a key of 'labels' must be a string, not an integer"]),
    ("{-a: b, c: -d}", ["'-a' cannot be the key of a label", "'-d' cannot be the value of the label 'c'"]),
    ("{a/b/c: x}", ["'a/b/c' cannot be the key of a label"]),
  ])
  func saysWhatIsWrongWithLabels(text: String, expected: [String]) throws {
    let head = "apiVersion: sailplan.dev/v1alpha1\nkind: Environment\n"
    let sandbox = try Sandbox([
      "environments/a/environment.yaml": ByteString(head + "labels: \(text)"), "environments/a/values.yaml": "",
    ])
    let told = messages(in: sandbox) { _ = try sandbox.reader().labels(of: EnvironmentName("a")) }
    #expect(told.count == expected.count)
    for (told, expected) in zip(told, expected) { #expect(told.contains(expected), "\(told)") }
  }

  @Test(arguments: [
    ("prot", "there is no environment 'prot': environments/prot has no values.yaml", "did you mean 'prod'?"),
    ("prod/ue", "there is no environment 'prod/ue'", "did you mean 'prod/eu'?"),
    ("prot/*", "no environment is named by 'prot/*'", "did you mean 'prod/*'?"),
    ("!x-*", "no environment is named by '!x-*'", "'sailplan environment list' lists them"),
    ("../x", "'../x' cannot name an environment: '..' leads elsewhere", "choose a name like 'prod-eu'"),
    ("staging", "there is no environment 'staging'", "'sailplan environment list' lists them"),
  ])
  func saysWhatWasMeant(name: String, message: String, hint: String) throws {
    let sandbox = try Sandbox(["environments/prod/values.yaml": "", "environments/prod/eu/values.yaml": ""])
    let reader = try sandbox.reader()
    var caught = Diagnostics()
    do throws(Diagnostics) { _ = try reader.environments(named: [ByteString(name)]) } catch { caught = error }
    let shown = caught.list.first?.message.replacing(sandbox.directory.path + "/", with: "")
    #expect(shown?.hasPrefix(message) == true, "\(caught.description)")
    #expect(caught.list.first?.hint == hint)
  }

  @Test(arguments: [
    ("", ["sailplan.yaml is empty"]),
    ("kind: Workspace", ["the key 'apiVersion' is missing"]),
    (
      "apiVersion: sailplan.dev/v2\nkind: Workspace",
      ["'apiVersion' is 'sailplan.dev/v2' (expected 'sailplan.dev/v1alpha1')"]
    ),
    (
      "apiVersion: 1\nkind: [a]\nbundel: x",
      [
        "unknown key 'bundel' (expected one of: apiVersion, branch, bundle, checksOff, kind)",
        "'apiVersion' must be a string, not an integer", "'kind' must be a string, not a list",
      ]
    ),
    ("- a", ["sailplan.yaml must hold a map, not a list"]),
    ("\(Sandbox.configuration)bundle: ../x", ["'bundle' cannot be '../x': it leads out of the workspace"]),
    ("\(Sandbox.configuration)bundle: /x", ["'bundle' cannot be '/x': it is an absolute path"]),
  ])
  func saysWhatIsWrongWithSailplanYAML(text: String, expected: [String]) throws {
    let sandbox = try Sandbox(configuration: ByteString(text))
    #expect(messages(in: sandbox) { _ = try sandbox.reader() } == expected)
  }

  @Test func readsABundleOfTheWorkspace() throws {
    let sandbox = try Sandbox(
      ["tools/bundle/config/a.yaml": "1", "tools/bundle/config/d/b.yaml": "2", "tools/bundle/README": ""],
      configuration: Sandbox.configuration.appending("bundle: ./tools/bundle/\n"))
    let bundle = try sandbox.reader().bundle()
    #expect(bundle.files.files.map(\.path) == ["a.yaml", "d/b.yaml"])
    #expect(bundle.sourceName == "tools/bundle")
    let missing = try Sandbox(configuration: Sandbox.configuration.appending("bundle: nowhere"))
    #expect(messages(in: missing) { _ = try missing.reader().bundle() } == ["there is no bundle in nowhere"])
  }

  // MARK: Links and bad files

  @Test func followsLinksInsideTheWorkspace() throws {
    let sandbox = try Sandbox(["shared/values.yaml": "a: 1", "environments/prod/README": ""])
    symlink("../../shared/values.yaml", sandbox.directory.path("environments/prod/values.yaml"))
    let inputs = try sandbox.reader().inputs(for: EnvironmentName("prod"))
    #expect(inputs.values.map(\.contents) == ["a: 1"])
  }

  @Test(arguments: [
    ("../../../outside", "environments/prod/values.yaml is a symbolic link that leads out of the workspace"),
    ("/etc/passwd", "environments/prod/values.yaml is a symbolic link that leads out of the workspace"),
    ("values.yaml", "environments/prod/values.yaml leads in a circle of symbolic links"),
    ("nowhere", "cannot read environments/prod/values.yaml: there is no such file"),
    ("overlays", "cannot read environments/prod/values.yaml: it is a directory"),
  ])
  func refusesALinkedValuesFile(target: String, message: String) throws {
    let sandbox = try Sandbox(["environments/prod/overlays/a.yaml": ""])
    symlink(target, sandbox.directory.path("environments/prod/values.yaml"))
    #expect(messages(in: sandbox) { _ = try sandbox.reader().inputs(for: EnvironmentName("prod")) } == [message])
  }

  @Test func refusesDirectoriesThatLeadInACircle() throws {
    let sandbox = try Sandbox(["environments/prod/values.yaml": "", "environments/prod/overlays/a.yaml": ""])
    symlink(".", sandbox.directory.path("environments/prod/overlays/a"))
    symlink("..", sandbox.directory.path("environments/prod/overlays/b"))
    let found = messages(in: sandbox) { _ = try sandbox.reader().inputs(for: EnvironmentName("prod")) }
    #expect(found == ["environments/prod/overlays/a leads in a circle of symbolic links"])
    symlink("loop", sandbox.directory.path("environments/loop"))
    #expect(
      messages(in: sandbox) { _ = try sandbox.reader().environments() } == [
        "environments/loop leads in a circle of symbolic links"
      ])
  }

  @Test func refusesALinkedEnvironment() throws {
    let sandbox = try Sandbox(["environments/prod/values.yaml": ""])
    symlink("prod", sandbox.directory.path("environments/twin"))
    #expect(
      messages(in: sandbox) { _ = try sandbox.reader().environments() }.first?.contains("two environments") == true)
  }

  @Test func refusesADirectoryAndALargeFile() throws {
    let sandbox = try Sandbox(["environments/a/values.yaml/x": ""])
    let large = ByteString([UInt8](repeating: 0x23, count: WorkspaceReader.largestInput + 1))
    try sandbox.directory.write(large, to: "environments/b/values.yaml")
    let reader = try sandbox.reader()
    #expect(
      messages(in: sandbox) { _ = try reader.inputs(for: EnvironmentName("a")) } == [
        "cannot read environments/a/values.yaml: it is a directory"
      ])
    #expect(
      messages(in: sandbox) { _ = try reader.inputs(for: EnvironmentName("b")) }.first?.hasPrefix(
        "cannot read environments/b/values.yaml: it is too large") == true)
  }

  @Test(.enabled(if: getuid() != 0)) func refusesAnUnreadableFile() throws {
    let sandbox = try Sandbox(["environments/a/values.yaml": ""])
    chmod(sandbox.directory.path("environments/a/values.yaml"), 0)
    #expect(
      messages(in: sandbox) { _ = try sandbox.reader().inputs(for: EnvironmentName("a")) } == [
        "cannot read environments/a/values.yaml: permission denied"
      ])
  }
}
