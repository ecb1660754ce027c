import Files
import TestSupport
import Testing

@testable import Velero

@Suite struct ReleaseOptionsTests {
  private let options: ReleaseOptions
  private let releases: [ReleaseVersion]

  init() throws {
    options = try ReleaseOptions(bundle: RenderedBundle.bundle)
    releases = try RenderedBundle.catalogue.releases
  }

  private func names(_ group: ReleaseOptions.Group, _ release: String) throws -> [String] {
    options.known(group, in: try #require(ReleaseVersion(release))).map(\.name)
  }

  @Test(arguments: ReleaseOptions.Group.allCases) func everySpanEndsAtKnownReleases(_ group: ReleaseOptions.Group) {
    #expect(!options.all(group).isEmpty)
    let isJSON = group.rawValue.hasSuffix("_settings")
    for option in options.all(group) {
      #expect(option.span.since.map(releases.contains) ?? true, "\(option.name)")
      #expect(option.span.until.map(releases.contains) ?? true, "\(option.name)")
      #expect((option.type != nil) == isJSON, "\(option.name)")
    }
  }

  /// Counted in the source of the releases.
  @Test(arguments: [
    ("v1.7.0", 20, 0), ("v1.9.0", 21, 0), ("v1.10.0", 22, 0), ("v1.11.0", 26, 0), ("v1.12.0", 26, 2),
    ("v1.12.2", 28, 3),
    ("v1.14.0", 34, 3), ("v1.16.2", 37, 4), ("v1.17.0", 33, 4), ("v1.18.1", 34, 5),
  ])
  func countsArguments(_ release: String, _ server: Int, _ agent: Int) throws {
    let shared = ["log-format", "log-level"]
    let known = try names(.serverArguments, release)
    #expect(Set(known + shared).count == server, "\(known)")
    #expect(try names(.agentArguments, release).count == agent)
  }

  /// What was renamed is known under one name in each release, and each name leads to the other.
  @Test(arguments: [
    ("default-volumes-to-restic", "default-volumes-to-fs-backup"), ("restic-timeout", "fs-backup-timeout"),
    ("default-restic-prune-frequency", "default-repo-maintain-frequency"),
  ])
  func namesWhatTookThePlace(_ old: String, _ new: String) {
    for release in releases {
      let known = Set(options.known(.serverArguments, in: release).map(\.name))
      #expect(known.contains(old) != known.contains(new))
    }
    let all = options.all(.serverArguments)
    #expect(all.first { $0.name == old }?.instead == "--\(new)")
    #expect(all.first { $0.name == new }?.instead == "--\(old)")
  }

  @Test(arguments: [
    "server_arguments: {}", "servers: []", "features: [{name: 1}]", "features: [{name: a, since: 1.18.0}]",
    "features: [{name: a, until: v1}]", "node_agent_settings: [{name: a, type: integer}]",
  ])
  func refusesEntriesOfAnotherForm(_ text: String) {
    let path: ByteString = "releases/options.lib.yml"
    let files = FileSet([FileSet.File(path: path, contents: ByteString(text))])
    #expect {
      try ReleaseOptions(bundle: files)
    } throws: { error in
      (error as? Diagnostics)?.list.first?.message == "the entry is not as the head of the file describes it"
    }
  }
}

@Suite struct ImageReferenceTests {
  @Test(arguments: [
    ("velero/velero:v1.18.1", "velero", "v1.18.1"), ("velero/velero:1.9.2", "velero", "v1.9.2"),
    ("localhost:5000/velero", "velero", "none"), ("reg.io:443/a/velero:v1.9.2_vmware.1", "velero", "v1.9.2"),
    ("velero/velero@sha256:abc", "velero", "none"), ("a/velero:v1.17.0@sha256:abc", "velero", "v1.17.0"),
    ("velero:latest", "velero", "none"), ("velero:v1.18.0-rc.1", "velero", "v1.18.0"), ("", "", "none"),
    ("velero:v1.18", "velero", "none"),
  ])
  func readsNameAndVersion(_ text: String, _ name: String, _ version: String) {
    let image = ImageReference(text)
    #expect(image.name == name)
    #expect((image.version?.description ?? "none") == version)
  }
}
