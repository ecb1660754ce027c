import Files
import Templating
import TestSupport
import Testing
import YAML

@testable import Velero

@Suite struct ReleaseVersionTests {
  @Test(arguments: ["v1.18.1", "v0.0.0", "v12.345.6789"]) func readsReleases(_ text: String) {
    #expect(ReleaseVersion(text)?.description == text)
  }

  @Test(arguments: [
    "", "v", "1.18.1", "v1.18", "v1.18.1.0", "v1.18.1-rc.1", "v01.18.1", "v1..1", "v1.+8.1", "v1.18.x", "V1.18.1",
    "v99999999999999999999.0.0",
  ])
  func refusesOtherTexts(_ text: String) { #expect(ReleaseVersion(text) == nil) }

  @Test func ordersByNumber() throws {
    let texts = ["v1.9.7", "v1.10.0", "v1.10.2", "v2.0.0"]
    let versions = try texts.map { try #require(ReleaseVersion($0)) }
    #expect(versions.sorted() == versions)
  }
}

@Suite struct ReleaseCatalogueTests {
  private let catalogue: ReleaseCatalogue

  init() throws { catalogue = try RenderedBundle.catalogue }

  @Test func knowsForty() {
    #expect(catalogue.releases.count == 40)
    #expect(catalogue.releases == catalogue.releases.sorted(by: >))
    #expect(catalogue.releases.first?.description == "v1.18.1")
    #expect(catalogue.releases.last?.description == "v1.7.0")
  }

  /// Missing in two releases between others that have it.
  @Test(arguments: [
    ("v1.9.5", false), ("v1.9.6", true), ("v1.9.7", true), ("v1.10.0", false), ("v1.10.1", false), ("v1.10.2", true),
    ("v1.18.1", true),
  ])
  func differencesCanComeAndGo(_ release: String, _ has: Bool) throws {
    #expect(catalogue.has("pod_security", try #require(ReleaseVersion(release))) == has)
  }

  @Test func everySpanEndsAtKnownReleases() {
    let known = Set(catalogue.releases)
    for difference in catalogue.differences {
      for span in difference.spans {
        #expect(span.since.map(known.contains) ?? true, "\(difference.name)")
        #expect(span.until.map(known.contains) ?? true, "\(difference.name)")
      }
    }
  }

  @Test(arguments: [
    ("1.17.2", "did you mean v1.17.2?"), ("v1.16", "did you mean v1.16.0, v1.16.1, v1.16.2?"),
    ("v1.18.7", "did you mean v1.18.0, v1.18.1?"), ("v1.17,2", "did you mean v1.17.2?"),
  ])
  func namesReleasesNearby(_ text: String, _ hint: String) {
    #expect {
      try catalogue.release(named: text)
    } throws: { error in
      let diagnostic = error as? Diagnostic
      return diagnostic?.hint == hint
        && diagnostic?.message == "Velero '\(text)' is not known (expected a release from v1.7.0 to v1.18.1)"
    }
  }

  @Test(arguments: [
    ("releases: [v1.19.0]", "catalogue"), ("v1.19: {releases: [1.19.0]}", "catalogue"), ("v1.19: {}", "catalogue"),
    ("thing: {what: A., releases: [{from: v1.0.0}]}", "differences"), ("thing: {what: A.}", "differences"),
    ("thing: v1.0.0", "differences"),
  ])
  func refusesEntriesOfAnotherForm(_ text: String, _ file: String) {
    let path = ByteString("releases/\(file).lib.yml")
    var files = RenderedBundle.bundle.files.filter { $0.path != path }
    files.append(FileSet.File(path: path, contents: ByteString(text)))
    #expect {
      try ReleaseCatalogue(bundle: FileSet(files))
    } throws: { error in
      (error as? Diagnostics)?.list.first?.message == "the entry is not as the head of the file describes it"
    }
  }

  @Test func saysWhichFileIsMissing() {
    #expect {
      try ReleaseCatalogue(bundle: FileSet([]))
    } throws: { error in
      (error as? Diagnostics)?.list.first?.message == "the bundle has no releases/catalogue.lib.yml with one map in it"
    }
  }
}

@Suite struct ReleaseComparisonTests {
  private func compare(_ old: String, _ new: String) throws -> ReleaseComparison {
    let catalogue = try RenderedBundle.catalogue
    return ReleaseComparison(try catalogue.release(named: old), try catalogue.release(named: new), in: catalogue)
  }

  @Test func theAgentWasRenamed() throws {
    let comparison = try compare("v1.9.7", "v1.10.0")
    #expect(comparison.goneFlags.contains("use-restic"))
    #expect(comparison.newFlags.contains("use-node-agent"))
    #expect(comparison.lost.contains { $0.hasPrefix("The namespace says that its pods may be privileged") })
    #expect(comparison.uploaders?.old == ["restic"])
    #expect(comparison.uploaders?.new == ["restic", "kopia"])
  }

  @Test func thePluginForCSIBecamePartOfVelero() throws {
    let change = try #require(try compare("v1.13.2", "v1.14.0").plugins.first { $0.name == "csi" })
    #expect(change.old == "velero/velero-plugin-for-csi:v0.7.1")
    #expect(change.new == nil)
  }

  @Test func defaultsChange() throws {
    let change = try #require(try compare("v1.12.3", "v1.12.4").changedDefaults.first)
    #expect([change.flag, change.old, change.new] == ["disable-informer-cache", "true", "false"])
  }

  @Test func whatIsGainedOneWayIsLostTheOther() throws {
    let releases = try RenderedBundle.catalogue.releases.map(\.description)
    for (new, old) in zip(releases, releases.dropFirst()) {
      let up = try compare(old, new)
      let down = try compare(new, old)
      #expect(up.gained == down.lost, "\(old) to \(new)")
      #expect(up.newFlags == down.goneFlags, "\(old) to \(new)")
    }
  }
}

/// What `docs/add-a-release.md` says, done with a release that does not exist.
@Suite struct AddedReleaseTests {
  private let files: FileSet = {
    let changes: [ByteString: (String) -> String] = [
      "releases/catalogue.lib.yml": { text in
        text.replacing(
          "v1.18:\n",
          with: """
            v1.19:
              releases: [v1.19.0]
              uploaders: [kopia]
              plugins:
                aws:
                  image: velero/velero-plugin-for-aws:v1.15.0
                  fits: ["1.15"]
              kubernetes:
                oldest: "1.20"
                tested: ["1.36.0"]
            v1.18:

            """, maxReplacements: 1)
      },
      "releases/differences.lib.yml": { text in
        text.replacing(
          "#@ end\n",
          with: """
            audit_log:
              what: The server keeps an audit log.
              releases:
              - since: v1.19.0
            #@ end

            """)
      },
    ]
    return FileSet(
      RenderedBundle.bundle.files.map { file in
        changes[file.path].map { FileSet.File(path: file.path, contents: ByteString($0(file.contents.text))) } ?? file
      })
  }()

  private func render(_ version: String) throws(Diagnostics) -> String {
    var arguments = DataValueArguments()
    let values = "{velero: {version: \(version)}, provider: aws, backupStorage: {bucket: b, region: r}}"
    arguments.valuesFiles = [
      .init(argument: "values.yaml", files: [(name: "values.yaml", contents: ByteString(values))])
    ]
    let inputs = files.files.map { InputFile(path: $0.path, contents: $0.contents) }
    return print(try Rendering.render(RenderInput(files: inputs, dataValues: arguments)).documents).text
  }

  @Test func isRenderedLikeItsPredecessor() throws {
    let added = try render("v1.19.0")
    #expect(added.contains("image: velero/velero:v1.19.0\n"))
    #expect(added.contains("image: velero/velero-plugin-for-aws:v1.15.0\n"))
    let predecessor = try render("v1.18.1")
    #expect(
      added.replacing("velero:v1.19.0", with: "velero:v1.18.1").replacing("aws:v1.15.0", with: "aws:v1.14.0")
        == predecessor)
  }

  @Test func isTold() throws {
    let catalogue = try ReleaseCatalogue(bundle: files)
    let comparison = ReleaseComparison(
      try catalogue.release(named: "v1.18.1"), try catalogue.release(named: "v1.19.0"), in: catalogue)
    #expect(comparison.gained == ["The server keeps an audit log."])
    #expect(catalogue.releases.first?.description == "v1.19.0")
  }
}
