#if SwiftAPI
import APISchema
import Files
import TestSupport
import Testing
import Velero

@testable import SwiftAPI

@Suite struct GeneratedManifestsTests {
  /// If this fails, run `make generate`.
  @Test func theBundleHasWhatTheTypesGive() throws {
    let config = "\(Repository.root)/overlays/velero/config"
    let module = try SwiftModule(
      files(below: "\(Repository.root)/Sources/VeleroAPI").map { path, contents in
        SourceFile.register(path: path.text, contents: contents)
      })
    var options = GeneratorOptions()
    options.namesRelease = false
    var history = ManifestHistory()
    let catalogue = try ReleaseCatalogue(
      bundle: FileSet(files(below: config).map { FileSet.File(path: $0, contents: $1) }))
    for release in catalogue.releases.sorted() {
      let version: Release = try #require(Release(release.description))
      let packages = try module.packages(of: version)
      let generator = CustomResourceGenerator(source: packages, dialect: Dialect(.standard), options: options)
      let output = generator.generate()
      try output.diagnostics.throwIfErrors()
      history.append(version, output.files)
    }
    let made = history.finish()
    let present = try FileSet(files(below: "\(config)/crds").map { FileSet.File(path: $0, contents: $1) })
    #expect(made.files.map(\.path) == present.files.map(\.path))
    for file in made.files { #expect(present[file.path] == file.contents, "\(file.path) is out of date") }
  }

  private func files(below directory: String) throws -> [(ByteString, ByteString)] {
    try Disk.walk(directory).filter { $0.value == .file }.keys.sorted().map { path in
      (path, try Disk.read("\(directory)/\(path)", limit: 1 << 20))
    }
  }
}
#endif
