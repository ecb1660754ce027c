import Files
import Glibc
import Kubernetes
import Templating
import TestSupport
import Testing
import YAML

@testable import Velero

/// One case of `fixtures/velero/adopt`: what somebody has; `+++`; then the values that it becomes, the overlay, what is
/// left out and what differs, or what is said against it. `RECORD=1` writes what comes out, and fails.
struct AdoptionCase: CustomTestStringConvertible, Sendable {
  let folder: String
  let name: String
  let input: String
  let expected: String

  var testDescription: String { "\(folder)/\(name)" }
  var path: String { Repository.fixtures("velero/adopt/\(folder)/\(name)") }

  static func all(_ folder: String) -> [AdoptionCase] {
    let entries = (try? Disk.entries(Repository.fixtures("velero/adopt/\(folder)"))) ?? []
    return entries.map(\.name.text).sorted().compactMap { name in
      let path = Repository.fixtures("velero/adopt/\(folder)/\(name)")
      guard let text = try? Disk.read(path, limit: 1 << 20).text else { return nil }
      let parts = text.split(separator: "+++\n", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      return AdoptionCase(folder: folder, name: name, input: parts[0], expected: parts.count > 1 ? parts[1] : "")
    }
  }

  /// The input as YAML.
  func documents() throws(Diagnostics) -> [Document] {
    try ParsedFile.parse(SourceFile.register(path: name, contents: ByteString(input))).documents
  }

  /// Compares an outcome with the one on record.
  func check(_ outcome: String) throws {
    if getenv("RECORD") != nil, outcome != expected {
      try Disk.replace(path, with: ByteString(input + "+++\n" + outcome))
      Issue.record("recorded \(testDescription)")
      return
    }
    #expect(outcome == expected)
  }

  /// What came out, as a case has it.
  static func outcome(_ adopt: () throws(Diagnostics) -> Adoption) -> String {
    do {
      let adoption = try adopt()
      var out = print([adoption.values]).text
      if let overlay = adoption.overlay { out += "--- overlay\n\(overlay)" }
      if !adoption.notes.isEmpty || !adoption.differences.isEmpty { out += "---\n" }
      for note in adoption.notes {
        out += "\(note.isMissing ? "missing" : "note"): \(note.subject): \(note.reason)\n"
        if let mend = note.mend { out += "  \(mend)\n" }
      }
      for difference in adoption.differences {
        let state = !difference.isThere ? " (not there)" : !difference.isRendered ? " (not rendered)" : ""
        out += "differs: \(difference.identity)\(state)\n"
        for field in difference.fields {
          let sides = [field.old, field.new].map { $0.map { FieldValue.text($0) } ?? "nothing" }
          out += "  \(field.path): \(sides[0]) -> \(sides[1])\n"
        }
      }
      return out
    } catch {
      return error.list.map(\.description).joined()
    }
  }
}

/// Renders values and overlays with the bundle of this repository, without resource definitions.
struct AdoptionRendering {
  private static let files = RenderedBundle.files.filter { $0.path != "base/definitions.yaml" }

  static func render(_ values: Document, _ overlay: ByteString?) throws(Diagnostics) -> [Document] {
    var arguments = DataValueArguments()
    arguments.valuesFiles = [
      .init(argument: "values.yaml", files: [(name: "values.yaml", contents: print([values]))])
    ]
    let overlays = overlay.map { [InputFile(path: "adopted.yaml", contents: $0)] } ?? []
    var input = RenderInput(files: files + overlays, dataValues: arguments)
    input.reportsEachCause = true
    return try Rendering.render(input).documents
  }
}

@Suite struct AdoptionTests {
  @Test(arguments: AdoptionCase.all("install")) func flagsBecomeValues(_ test: AdoptionCase) throws {
    let catalogue = try RenderedBundle.catalogue
    let flags = test.input.split(separator: "\n").map(String.init) + ["--dry-run"]
    try test.check(
      AdoptionCase.outcome { () throws(Diagnostics) in
        let request = try InstallRequest(CommandLineText(flags), catalogue: catalogue)
        if let adoption = request.adoptionOfDefinitions { return adoption }
        let objects = try request.installedObjects(catalogue: catalogue, rendering: AdoptionRendering.render) {
          ByteString("contents of \($0)")
        }
        var adoption = try ObjectAdoption(catalogue: catalogue, render: AdoptionRendering.render).adopt(objects)
        adoption.notes += request.adoptionNotes
        return adoption
      })
  }

  @Test(arguments: AdoptionCase.all("objects")) func objectsBecomeValues(_ test: AdoptionCase) throws {
    let catalogue = try RenderedBundle.catalogue
    try test.check(
      AdoptionCase.outcome { () throws(Diagnostics) in
        let installed = try InstalledObjects(try test.documents(), catalogue: catalogue)
        return try ObjectAdoption(catalogue: catalogue, render: AdoptionRendering.render).adopt(installed)
      })
  }

  @Test(arguments: AdoptionCase.all("helm")) func chartValuesBecomeValues(_ test: AdoptionCase) throws {
    let catalogue = try RenderedBundle.catalogue
    try test.check(
      AdoptionCase.outcome { () throws(Diagnostics) in
        let chart = try HelmChart(
          try test.documents(), catalogue: catalogue, release: nil, name: "velero", namespace: nil)
        let objects = try chart.installedObjects(catalogue: catalogue, rendering: AdoptionRendering.render)
        var adoption = try ObjectAdoption(catalogue: catalogue, render: AdoptionRendering.render).adopt(objects)
        adoption.notes += chart.notes
        return adoption
      })
  }

  /// The first line of a case says the version of the package.
  @Test(arguments: AdoptionCase.all("tanzu")) func packageValuesBecomeValues(_ test: AdoptionCase) throws {
    let catalogue = try RenderedBundle.catalogue
    let version = test.input.split(separator: "\n").first?.dropFirst(2) ?? ""
    try test.check(
      AdoptionCase.outcome { () throws(Diagnostics) in
        let package = try TanzuPackage(try test.documents(), release: ReleaseVersion(version))
        let objects = try package.installedObjects(catalogue: catalogue, rendering: AdoptionRendering.render)
        var adoption = try ObjectAdoption(catalogue: catalogue, render: AdoptionRendering.render).adopt(objects)
        adoption.notes += package.notes
        return adoption
      })
  }

  /// Definitions of the release say nothing; of others those that define something else do.
  @Test(arguments: [("v1.17.2", 0), ("v1.17.1", 0), ("v1.16.2", 6), ("v1.9.7", 9)])
  func comparesDefinitions(_ release: String, _ differing: Int) throws {
    let catalogue = try RenderedBundle.catalogue
    let server = """
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: velero, namespace: velero }
      spec: { template: { spec: { containers: [{ name: velero, image: "velero/velero:v1.17.2", args: [server] }] } } }
      """
    let source = SourceFile.register(path: "server", contents: ByteString(server))
    func definitions(_ release: String) throws -> [Document] {
      let values = ByteString("velero: { crdsOnly: true, version: \(release) }\n")
      return try RenderedBundle.documents(values: values)
    }
    let given = try definitions(release) + ParsedFile.parse(source).documents
    let installed = try InstalledObjects(given, catalogue: catalogue)
    let notes = installed.notes(comparingDefinitionsWith: try definitions("v1.17.2"))
    #expect(notes.count == differing, "\(notes.map(\.subject))")
  }

  /// Whatever is read: no secret comes out.
  @Test(arguments: ["helm", "objects", "tanzu"]) func secretsStayWhereTheyAre(_ folder: String) {
    for test in AdoptionCase.all(folder) { #expect(!test.expected.contains("do-not-tell")) }
  }

  @Test func thereAreCases() {
    #expect(AdoptionCase.all("helm").count >= 5)
    #expect(AdoptionCase.all("tanzu").count >= 3)
    #expect(AdoptionCase.all("install").count >= 12)
    #expect(AdoptionCase.all("objects").count >= 10)
  }
}
