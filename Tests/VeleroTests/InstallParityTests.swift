import Crypto
import Files
import Kubernetes
import TestSupport
import Testing
import YAML

@testable import Velero

/// One install of `fixtures/velero/install-digests.tsv`.
struct RecordedInstall: CustomTestStringConvertible, Sendable {
  let release: String
  let name: String
  /// The SHA-256 of what the release's own command prints.
  let digest: String
  let flags: [String]

  var testDescription: String { "\(release) \(name)" }

  static let all: [RecordedInstall] = {
    let path = Repository.fixtures("velero/install-digests.tsv")
    let text = (try? Disk.read(path, limit: 1 << 20).text) ?? ""
    return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      return RecordedInstall(release: fields[0], name: fields[1], digest: fields[2], flags: Array(fields[3...]))
    }
  }()
}

@Suite struct InstallParityTests {
  @Test func thereAreInstallsOfEachMinorVersion() throws {
    let minors = Set(RecordedInstall.all.compactMap { ReleaseVersion($0.release)?.series })
    #expect(minors == Set(try RenderedBundle.catalogue.minors.map(\.name)))
  }

  /// Byte for byte, once the resource definitions are taken away, which the records do not have.
  @Test(arguments: RecordedInstall.all) func printsWhatVeleroPrints(_ install: RecordedInstall) throws {
    let flags = ["--velero-version", install.release] + install.flags
    let request = try InstallRequest(CommandLineText(flags), catalogue: RenderedBundle.catalogue)
    try request.validate()
    let values = try request.values { _ throws(Diagnostic) in "contents" }
    let documents = try RenderedBundle.documents(made: values).filter { document in
      document.value.value(at: "kind")?.stringValue != "CustomResourceDefinition"
    }
    let text = try InstallList(documents).text(request.outputFormat)
    let digest = SHA256.hash(data: text.bytes).map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
    #expect(digest == install.digest)
  }
}
