import Crypto
import Files
import Kubernetes
import Templating
import TestSupport
import Testing
import YAML

@testable import Velero

/// The bundle as the product's own engine renders it.
enum RenderedBundle {
  private static let root = "\(Repository.root)/overlays/velero/config"

  static let bundle: FileSet = {
    let paths = ((try? Disk.walk(root)) ?? [:]).filter { $0.value != .directory }.keys.sorted()
    return FileSet(
      paths.compactMap { path in
        (try? Disk.read("\(root)/\(path)", limit: 1 << 20)).map { FileSet.File(path: path, contents: $0) }
      })
  }()

  static let files = bundle.files.map { InputFile(path: $0.path, contents: $0.contents) }

  static var catalogue: ReleaseCatalogue {
    get throws(Diagnostics) { try ReleaseCatalogue(bundle: bundle) }
  }

  static func documents(
    values: ByteString, sharing shared: SharedResults? = nil
  ) throws(Diagnostics) -> [Document] {
    var arguments = DataValueArguments()
    arguments.valuesFiles = [.init(argument: "values.yaml", files: [(name: "values.yaml", contents: values)])]
    return try Rendering.render(RenderInput(files: files, dataValues: arguments), sharing: shared).documents
  }

  static func documents(made values: Document) throws(Diagnostics) -> [Document] {
    var arguments = DataValueArguments()
    arguments.made = [values]
    return try Rendering.render(RenderInput(files: files, dataValues: arguments)).documents
  }
}

/// Values, and the digest of what the real ytt 0.48.0 prints for them: `fixtures/velero/bundle/digests.tsv`.
struct RecordedRendering: CustomTestStringConvertible, Sendable {
  let path: String
  let digest: String

  var testDescription: String { path }

  static let all: [RecordedRendering] = {
    let text = (try? Disk.read(Repository.fixtures("velero/bundle/digests.tsv"), limit: 1 << 20).text) ?? ""
    return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.compactMap { line in
      let fields = line.split(separator: "\t").map(String.init)
      return fields.count == 2 ? RecordedRendering(path: fields[0], digest: fields[1]) : nil
    }
  }()
}

/// Values that cannot be, and what the real ytt 0.48.0 says against them, a line each: `fixtures/velero/bundle/errors`.
struct RefusedValues: CustomTestStringConvertible, Sendable {
  let name: String
  let values: String
  let reasons: [String]

  var testDescription: String { name }

  static let all: [RefusedValues] = {
    let folder = Repository.fixtures("velero/bundle/errors")
    return ((try? Disk.entries(folder)) ?? []).map(\.name.text).sorted().compactMap { file in
      guard let text = try? Disk.read("\(folder)/\(file)", limit: 1 << 20).text else { return nil }
      let parts = text.split(separator: "+++\n", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2 else { return nil }
      return RefusedValues(name: file, values: parts[0], reasons: parts[1].split(separator: "\n").map(String.init))
    }
  }()

  /// The value and the requirement of each finding in a message as ytt words it.
  static func reasons(in message: String) -> [String] {
    var path = ""
    var reasons: [String] = []
    for line in message.split(separator: "\n") {
      let text = line.drop { $0 == " " }
      if line.count - text.count == 2 { path = String(text) }
      let parts = text.split(separator: "- must be: ", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, parts[0].isEmpty else { continue }
      let requirement = parts[1].split(separator: " (by: ").first ?? ""
      reasons.append("\(path): \(requirement)")
    }
    return reasons
  }
}

@Suite struct BundleTests {
  /// The engine of the product and ytt agree to the byte.
  @Test(arguments: RecordedRendering.all) func rendersWhatYttPrints(_ recorded: RecordedRendering) throws {
    let values = try Disk.read("\(Repository.root)/\(recorded.path)", limit: 1 << 20)
    let text = print(try RenderedBundle.documents(values: values))
    #expect(Self.digest(text) == recorded.digest)
  }

  /// The same, where all renderings share what they have in common.
  @Test func sharingChangesNothing() throws {
    let shared = SharedResults()
    for recorded in RecordedRendering.all {
      let values = try Disk.read("\(Repository.root)/\(recorded.path)", limit: 1 << 20)
      let text = print(try RenderedBundle.documents(values: values, sharing: shared))
      #expect(Self.digest(text) == recorded.digest, "\(recorded)")
    }
  }

  private static func digest(_ text: ByteString) -> String {
    SHA256.hash(data: text.bytes).map { byte in
      let hexadecimal = String(byte, radix: 16)
      return byte < 16 ? "0" + hexadecimal : hexadecimal
    }.joined()
  }

  @Test(arguments: RefusedValues.all) func refusesWhatCannotBe(_ refused: RefusedValues) throws {
    do {
      _ = try RenderedBundle.documents(values: ByteString(refused.values))
      Issue.record("nothing was refused")
    } catch {
      let reasons = error.list.flatMap { RefusedValues.reasons(in: $0.message) }
      #expect(reasons == refused.reasons)
    }
  }

  @Test func thereAreEnvironmentsOfEachProviderWithTenVariations() {
    for provider in ["aws", "azure", "gcp", "kind", "vsphere"] {
      let variations = RecordedRendering.all.filter { $0.path.contains("/bundle/\(provider)/") }
      #expect(variations.count >= 10)
      #expect(RecordedRendering.all.contains { $0.path == "environments/\(provider)/values.yaml" })
    }
    #expect(RefusedValues.all.count >= 20)
  }

  /// Every value is documented, and nothing that is not a value.
  @Test func everyValueIsDocumented() throws {
    let schema = try Disk.read("\(Repository.root)/overlays/velero/config/schema.yaml", limit: 1 << 20)
    let source = SourceFile.register(path: "schema.yaml", contents: schema)
    let document = try #require(try ParsedFile.parse(source, options: ParseOptions()).documents.last)
    let page = try Disk.read("\(Repository.root)/docs/values.md", limit: 1 << 20).text
    var documented: [String] = []
    for line in page.split(separator: "\n") {
      let mark = line.hasPrefix("| `") ? "| `" : line.hasPrefix("## `") ? "## `" : nil
      if let mark { documented.append(String(line.dropFirst(mark.count).prefix { $0 != "`" })) }
    }
    var keys: [String] = []
    func collect(_ node: Node, _ path: String) {
      if case .sequence(let items) = node, let entry = items.first?.value, case .map = entry {
        return collect(entry, path + "[]")
      }
      guard case .map(let items) = node, !items.isEmpty else {
        if path.contains(".") { keys.append(path) }
        return
      }
      for item in items {
        let key = item.key.stringValue?.text ?? ""
        if path.isEmpty { keys.append(key) }
        collect(item.value, path.isEmpty ? key : "\(path).\(key)")
      }
    }
    collect(document.value, "")
    #expect(documented.sorted() == keys.sorted())
  }
}
