import Files
import Kubernetes
import TestSupport
import Testing
import YAML

@testable import Velero

/// An install that the real command printed: flags, and objects.
struct GoldenInstall: CustomTestStringConvertible, Sendable {
  let release: String
  let name: String
  let folder: String

  var testDescription: String { "\(release) \(name)" }

  /// A twelfth of all, spread over the releases and their cases: all of them take minutes.
  static let all: [GoldenInstall] = {
    guard let goldens = Repository.goldens else { return [] }
    let releases = ((try? Disk.entries("\(goldens)/velero")) ?? []).map(\.name.text).filter { $0.hasPrefix("v") }
    let installs = releases.sorted().flatMap { release -> [GoldenInstall] in
      let folder = "\(goldens)/velero/\(release)"
      let files = ((try? Disk.entries(folder)) ?? []).map(\.name.text).filter { $0.hasSuffix(".yaml") }
      return files.sorted().map {
        GoldenInstall(release: release, name: String($0.dropLast(".yaml".count)), folder: folder)
      }
    }
    return installs.enumerated().filter { $0.offset % 12 == 0 }.map(\.element)
  }()

  /// Without definitions, which the goldens have not, and without the Secret, which stays in the cluster.
  static func objects(_ documents: [Document]) throws -> [ObjectIdentity: Node] {
    var found: [ObjectIdentity: Node] = [:]
    for object in try ObjectSet(documents: documents).objects
    where !["CustomResourceDefinition", "Secret"].contains(object.identity.kind) {
      var content = object.content
      content.update("metadata") { $0["creationTimestamp"] = nil }
      content.update("spec") { $0.update("template") { $0.update("metadata") { $0["creationTimestamp"] = nil } } }
      found[object.identity] = content.withoutHollow
    }
    return found
  }
}

@Suite(.enabled(if: Repository.goldens != nil, "SAILPLAN_GOLDENS names no reference data"))
struct AdoptionGoldenTests {
  @Test func thereAreInstallsOfAllReleases() { #expect(Set(GoldenInstall.all.map(\.release)).count == 12) }

  /// Strictly: what is adopted renders what the real command printed, whatever adoption itself would pass over.
  @Test(arguments: GoldenInstall.all) func rendersWhatItAdopts(_ golden: GoldenInstall) throws {
    let catalogue = try RenderedBundle.catalogue
    let text = try Disk.read("\(golden.folder)/\(golden.name).yaml", limit: 1 << 22)
    let source = SourceFile.register(path: "\(golden.release)/\(golden.name).yaml", contents: text)
    let documents = try ParsedFile.parse(source).documents
    let installed = try InstalledObjects(documents, catalogue: catalogue, release: ReleaseVersion(golden.release))
    let adoption = try ObjectAdoption(catalogue: catalogue, render: AdoptionRendering.render).adopt(installed)
    #expect(adoption.isComplete)
    #expect(adoption.overlay == nil)
    var rendered = try GoldenInstall.objects(try AdoptionRendering.render(adoption.values, nil))
    for (identity, wanted) in try GoldenInstall.objects(documents) {
      let got = rendered.removeValue(forKey: identity)
      let differences = FieldDifference.differences(from: wanted, to: try #require(got))
      #expect(differences.isEmpty, "\(identity): \(differences.map { "\($0.path)" })")
    }
    // An account that was there already was not printed; nothing else may come of it.
    #expect(rendered.keys.allSatisfy { ["ClusterRoleBinding", "ServiceAccount"].contains($0.kind) })
  }
}
