import Files
import Glibc
import TestSupport
import Testing
import Workspace

/// What is known to be unchanged, and what is not.
@Suite struct RenderRecordTests {
  private let environment: ByteString = "apiVersion: sailplan.dev/v1alpha1\nkind: Environment\n"

  /// The environments `a`, `prod/eu` and `prod/us`, rendered and looked at until all of them are known.
  private func workspace() throws -> Sandbox {
    let sandbox = try Sandbox(
      [
        ".git/HEAD": "ref: refs/heads/main\n", "environments/a/values.yaml": "replicas: 2\n",
        "environments/prod/values.yaml": "replicas: 3\n", "environments/prod/eu/values.yaml": "args: [eu]\n",
        "environments/prod/us/values.yaml": "args: [us]\n", "environments/prod/overlays/none.yaml": "",
        "environments/prod/us/overlays/own.yaml": "",
        "shared/values.yaml": "replicas: 2\n",
      ], configuration: Sandbox.configuration.appending("bundle: bundle\n"))
    for (name, kind) in try Disk.walk(Repository.fixtures("workspace/bundle")) where kind == .file {
      let text = try Disk.read("\(Repository.fixtures("workspace/bundle"))/\(name)", limit: 1 << 20)
      try sandbox.directory.write(text, to: "bundle/\(name)")
    }
    try render(sandbox)
    #expect(try known(sandbox) == ["a", "prod/eu", "prod/us"])
    return sandbox
  }

  /// Writes all environments, and notes them as a command does.
  private func render(_ sandbox: Sandbox) throws {
    let reader = try sandbox.reader()
    var record = try #require(RenderRecord(of: sandbox.tree, reader))
    for rendered in try reader.render(try reader.environments()) {
      try TreeUpdate(
        rendered, place: sandbox.directory.path(rendered.name.rendered.text),
        lockPlace: sandbox.directory.path(rendered.name.lock.text)
      ).write()
      record.note(RenderRecord.Entry(rendered), for: rendered.name, stamp: nil)
    }
    record.write()
  }

  /// Those that are known to be unchanged, asked three times: as they are read first, then by their stamps.
  private func known(_ sandbox: Sandbox) throws -> [String] {
    var answers: [[String]] = []
    for _ in 0..<3 {
      let reader = try sandbox.reader()
      var record = try #require(RenderRecord(of: sandbox.tree, reader))
      answers.append(record.unchanged(among: try reader.environments(), reader).keys.sorted().map(\.path.text))
      record.write()
      // The clock ticks on, so that stamps settle.
      usleep(20_000)
    }
    #expect(Set(answers).count == 1, "\(answers)")
    return answers[0]
  }

  @Test(arguments: [
    ("true", ["a", "prod/eu", "prod/us"]),
    // Inputs.
    ("echo 'replicas: 9' > environments/a/values.yaml", ["prod/eu", "prod/us"]),
    ("echo '# x' >> environments/prod/values.yaml", ["a"]),
    ("echo '#! x' >> environments/prod/overlays/none.yaml", ["a"]),
    ("touch environments/prod/overlays/more.yaml", ["a"]),
    ("rm environments/prod/overlays/none.yaml", ["a"]),
    ("mv environments/prod/overlays/none.yaml environments/prod/overlays/other.yaml", ["a"]),
    ("mkdir environments/overlays; touch environments/overlays/x.yaml", []),
    ("mkdir environments/a/overlays; touch environments/a/overlays/x.yaml", ["prod/eu", "prod/us"]),
    ("echo 'replicas: 2' > environments/values.yaml", []),
    ("rm environments/prod/values.yaml", ["a"]),
    ("echo '#! x' >> bundle/config/objects.yaml", []),
    ("echo x > bundle/README", ["a", "prod/eu", "prod/us"]),
    ("cp -r bundle other; sed -i s/bundle:.*/bundle:\\ other/ sailplan.yaml", []),
    ("sed -i 's/$/\\r/' environments/prod/us/values.yaml", ["a", "prod/eu"]),
    ("mv environments/prod/us/overlays/own.yaml environments/prod/us/overlays/owl.yaml", ["a", "prod/eu"]),
    (
      "mkdir environments/prod/us/overlays/x; mv environments/prod/us/overlays/own.yaml environments/prod/us/overlays/x",
      ["a", "prod/eu"]
    ),
    ("rm environments/prod/us/overlays/own.yaml", ["a", "prod/eu"]),
    // The same bytes, another file.
    ("cp environments/a/values.yaml x; mv x environments/a/values.yaml", ["a", "prod/eu", "prod/us"]),
    ("ln -sf ../../shared/values.yaml environments/a/values.yaml", ["a", "prod/eu", "prod/us"]),
    (
      "ln -sf ../../shared/values.yaml environments/a/values.yaml; echo 'replicas: 7' > shared/values.yaml",
      ["prod/eu", "prod/us"]
    ),
    // What was rendered.
    ("echo '# x' >> environments/a/rendered/v1_namespace_velero.yaml", ["prod/eu", "prod/us"]),
    (
      "sed -i 's/replicas: 2/replicas: 7/' environments/a/rendered/apps_v1_deployment_velero.yaml",
      ["prod/eu", "prod/us"]
    ),
    (
      "f=environments/a/rendered/apps_v1_deployment_velero.yaml; touch -r $f t; "
        + "sed -i 's/replicas: 2/replicas: 7/' $f; touch -r t $f", ["prod/eu", "prod/us"]
    ),
    ("rm environments/a/rendered/kustomization.yaml", ["prod/eu", "prod/us"]),
    ("cd environments/a/rendered; mv kustomization.yaml kustomization.yam", ["prod/eu", "prod/us"]),
    (
      "cd environments/a/rendered; mv kustomization.yaml x; mv v1_namespace_velero.yaml kustomization.yaml; "
        + "mv x v1_namespace_velero.yaml", ["prod/eu", "prod/us"]
    ),
    ("chmod +x environments/a/rendered/kustomization.yaml", ["prod/eu", "prod/us"]),
    ("cd environments/a/rendered; mv kustomization.yaml k; ln -s k kustomization.yaml", ["prod/eu", "prod/us"]),
    ("rm -r environments/a/rendered", ["prod/eu", "prod/us"]),
    ("rm -r environments/a/rendered; cp -r environments/prod/eu/rendered environments/a", ["prod/eu", "prod/us"]),
    ("touch environments/a/rendered/mine.yaml", ["a", "prod/eu", "prod/us"]),
    ("touch environments/a/README.md", ["a", "prod/eu", "prod/us"]),
    ("touch environments/a/rendered/*", ["a", "prod/eu", "prod/us"]),
    // What a killed process leaves.
    ("mkdir environments/a/.rendered.sailplan-new", ["prod/eu", "prod/us"]),
    ("touch environments/a/.sailplan.lock.sailplan-new", ["prod/eu", "prod/us"]),
    // Locks.
    ("rm environments/a/sailplan.lock", ["prod/eu", "prod/us"]),
    ("sed -i 's/^tool: .*/tool: 9.9.9/' environments/a/sailplan.lock", ["prod/eu", "prod/us"]),
    ("cp environments/prod/eu/sailplan.lock environments/a/", ["prod/eu", "prod/us"]),
    (
      // A file and its digest in the lock, edited together.
      "cd environments/a; f=rendered/v1_namespace_velero.yaml; d=$(sha256sum $f | cut -c-64); echo '# x' >> $f; "
        + "sed -i s/$d/$(sha256sum $f | cut -c-64)/ sailplan.lock", ["prod/eu", "prod/us"]
    ),
    // Environments that come and go.
    ("rm -r environments/a", ["prod/eu", "prod/us"]),
    ("mv environments/a environments/c", ["prod/eu", "prod/us"]),
    ("cp -r environments/a environments/c", ["a", "prod/eu", "prod/us"]),
    // The record itself.
    ("rm -r .git/sailplan", []),
    ("for f in .git/sailplan/*; do head -c 300 $f > x; mv x $f; done", []),
    ("for f in .git/sailplan/*; do sed -i '1s/ [0-9]/ 1/g' $f; done", []),
    ("for f in .git/sailplan/*; do sed -i 's/sha256:[0-9a-f]*/sha256:x/' $f; done", []),
  ])
  func knowsWhatNobodyTouched(change: String, expected: [String]) throws {
    let sandbox = try workspace()
    let result = try Command(["sh", "-ec", change], in: sandbox.directory.path).run()
    try #require(result.status == 0, "\(result.errorOutput)")
    #expect(try known(sandbox) == expected)
    try render(sandbox)
    #expect(try known(sandbox) == sandbox.reader().environments().map(\.path.text), "after rendering again")
  }

  /// What is saved while others are rendered is not what was rendered, however late the directory is looked at.
  @Test func aStampIsOfWhatWasRead() throws {
    let sandbox = try workspace()
    try sandbox.directory.write("replicas: 4\n", to: "environments/a/values.yaml")
    try render(sandbox)
    usleep(20_000)
    let reader = try sandbox.reader()
    var record = try #require(RenderRecord(of: sandbox.tree, reader))
    let rendered = try reader.render([EnvironmentName("a")])
    try sandbox.directory.write("replicas: 5\n", to: "environments/a/values.yaml")
    usleep(20_000)
    let stamp = try DiskStamp(of: sandbox.directory.path("environments/a"))
    for rendered in rendered { record.note(RenderRecord.Entry(rendered), for: rendered.name, stamp: stamp) }
    record.write()
    #expect(try known(sandbox) == ["prod/eu", "prod/us"])
  }

  /// Rendering refuses these, or puts directories in their place.
  @Test(arguments: ["environments/a/rendered", "environments/a/rendered/crds"])
  func looksBehindNoLink(place: String) throws {
    let sandbox = try workspace()
    try #require(Disk.isDirectory(sandbox.directory.path(place)))
    try #require(rename(sandbox.directory.path(place), sandbox.directory.path("moved")) == 0)
    try #require(symlink(sandbox.directory.path("moved"), sandbox.directory.path(place)) == 0)
    #expect(try known(sandbox) == ["prod/eu", "prod/us"])
  }

  /// Files that another names, outside the environment's directory, have no stamp of its own.
  @Test func readsWhatIsTakenOver() throws {
    let sandbox = try workspace()
    try sandbox.directory.write(
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\ndata:\n  values.yaml: 'replicas: 5'\n",
      to: "shared/map.yaml")
    try sandbox.directory.write(
      environment.appending("valuesFrom: [{file: ../../shared/map.yaml}]\n"), to: "environments/a/environment.yaml")
    try render(sandbox)
    #expect(try known(sandbox) == ["a", "prod/eu", "prod/us"])
    try sandbox.directory.write(
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\ndata:\n  values.yaml: 'replicas: 6'\n",
      to: "shared/map.yaml")
    #expect(try known(sandbox) == ["prod/eu", "prod/us"])
  }

  @Test func hasNowhereToBeOutsideGit() throws {
    let sandbox = try Sandbox(["environments/a/values.yaml": ""])
    #expect(RenderRecord(of: sandbox.tree, try sandbox.reader()) == nil)
    try sandbox.directory.write("gitdir: nowhere\n", to: ".git")
    #expect(RenderRecord(of: sandbox.tree, try sandbox.reader()) == nil)
  }

  @Test func isKeptWhereALinkedWorkTreeHasItsOwn() throws {
    let sandbox = try Sandbox(["environments/a/values.yaml": "", "tree.git/HEAD": "x\n", ".git": "gitdir: tree.git\n"])
    #expect(RenderRecord(of: sandbox.tree, try sandbox.reader()) != nil)
  }
}
