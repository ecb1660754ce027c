import Files
import TestSupport
import Testing

@testable import Velero

/// One line of `fixtures/velero/differences.tsv`.
struct RecordedDifference: CustomTestStringConvertible, Sendable {
  /// The releases that have it: from, to; the newest where the end is open.
  let runs: [(first: String, last: String?)]
  let flags: [String]
  let text: String

  var testDescription: String { "\(flags.joined(separator: " ")): \(text)" }

  static let all: [RecordedDifference] = {
    let text = (try? Disk.read(Repository.fixtures("velero/differences.tsv"), limit: 1 << 20).text) ?? ""
    return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      let runs = fields[0].split(separator: " ").map { run in
        let ends = run.split(separator: "...", omittingEmptySubsequences: false).map(String.init)
        return (first: ends[0], last: ends[1].isEmpty ? nil : ends[1])
      }
      return RecordedDifference(
        runs: runs, flags: fields[1].split(separator: " ").map(String.init),
        text: fields[2].replacing("\\n", with: "\n"))
    }
  }()

  /// The releases on both sides of each end of a run, and whether each has it.
  func edges(of releases: [String]) -> [(release: String, isThere: Bool)] {
    var found: [(String, Bool)] = []
    for (first, last) in runs {
      guard let start = releases.firstIndex(of: first) else { continue }
      let end = last.flatMap { releases.firstIndex(of: $0) } ?? releases.count - 1
      if start > 0 { found.append((releases[start - 1], false)) }
      found += [(releases[start], true), (releases[end], true)]
      if end + 1 < releases.count { found.append((releases[end + 1], false)) }
    }
    return found
  }
}

@Suite struct ReleaseDifferenceTests {
  @Test func thereAreDifferences() { #expect(RecordedDifference.all.count > 40) }

  @Test(arguments: RecordedDifference.all) func isWhereItBelongs(_ difference: RecordedDifference) throws {
    let catalogue = try RenderedBundle.catalogue
    let releases = catalogue.releases.sorted().map(\.description)
    let edges = difference.edges(of: releases)
    try #require(!edges.isEmpty)
    for (release, isThere) in edges {
      #expect(Self.has(difference, release, catalogue) == isThere, "\(release)")
    }
  }

  /// Whether the install of a release takes the flags and prints the text.
  private static func has(
    _ difference: RecordedDifference, _ release: String, _ catalogue: ReleaseCatalogue
  ) -> Bool {
    var flags = ["--velero-version", release, "--dry-run", "-o", "yaml"] + difference.flags
    if !flags.contains("--crds-only") {
      flags += ["--plugins", "p:v1", "--bucket", "b"]
      if !flags.contains("--secret-file") { flags.append("--no-secret") }
      if !flags.contains("--provider") { flags += ["--provider", "aws"] }
    }
    do {
      let request = try InstallRequest(CommandLineText(flags), catalogue: catalogue)
      try request.validate()
      let values = try request.values { _ throws(Diagnostic) in "contents" }
      let documents = try RenderedBundle.documents(made: values)
      return try InstallList(documents).text(request.outputFormat).text.contains(difference.text)
    } catch {
      return false
    }
  }
}
