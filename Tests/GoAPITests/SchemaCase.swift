import APISchema
import Files
import GoAPI
import TestSupport
import Testing

/// A file of `fixtures/crd/schema` or `fixtures/crd/manifest`: declarations of Go, and behind `+++` what releases make
/// of them, each behind `--- VERSION …`.
///
/// A first line `versions: v0.7.0 v0.16.5` names the releases, a line `imports: …` the imports, a line `options: …` what
/// else is asked for. The declarations have a type `Spec`, of a kind `Doc` that the case need not declare; with files
/// between lines of `-- path --` they stand for themselves. Cases of schemas expect the schema of `spec`, those of
/// manifests everything.
struct SchemaCase: Sendable, CustomTestStringConvertible {
  let path: String
  private var versions = ["v0.16.5"]
  private var imports: [String] = []
  private var options: [String] = []
  private var patterns = ["./..."]
  private var files: [(path: String, contents: String)] = []
  let expected: String

  var testDescription: String { path }
  private var isOfSchema: Bool { path.hasPrefix("schema/") }

  static let folder = Repository.fixtures("crd")

  static let all: [SchemaCase] = ["schema", "manifest"].flatMap { kind in
    ((try? Disk.entries("\(folder)/\(kind)")) ?? []).map(\.name.text).filter { $0.hasSuffix(".txt") }.compactMap {
      name in
      (try? Disk.read("\(folder)/\(kind)/\(name)", limit: 1 << 20)).map { SchemaCase("\(kind)/\(name)", $0.text) }
    }
  }

  private init(_ path: String, _ text: String) {
    self.path = path
    let halves = text.split(separator: "+++\n", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    expected = halves.count == 2 ? halves[1] : ""
    var body = ""
    for line in halves[0].split(separator: "\n", omittingEmptySubsequences: false).map(String.init).dropLast() {
      func values(_ key: String) -> [String]? {
        body.isEmpty && files.isEmpty && line.hasPrefix(key)
          ? line.dropFirst(key.count).split(separator: " ").map(String.init) : nil
      }
      if let values = values("versions: ") {
        versions = values
      } else if let values = values("imports: ") {
        imports = values
      } else if let values = values("options: ") {
        options = values
      } else if let values = values("patterns: ") {
        patterns = values
      } else if line.hasPrefix("-- "), line.hasSuffix(" --") {
        files.append((String(line.dropFirst(3).dropLast(3)), ""))
      } else if files.isEmpty {
        body += line + "\n"
      } else {
        files[files.count - 1].contents += line + "\n"
      }
    }
    if !files.isEmpty { return }
    let lines = imports.map { "import \"\($0)\"\n" }.joined()
    files = [("v1/types.go", "package v1\n\n\(lines)\n\(body)"), ("v1/doc.go", Self.kind)]
  }

  private static let kind = """
    // +groupName=example.com
    package v1

    import metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

    type Doc struct {
    \tmetav1.TypeMeta   `json:",inline"`
    \tmetav1.ObjectMeta `json:"metadata,omitempty"`
    \tSpec              Spec `json:"spec,omitempty"`
    }

    """

  /// Modules that stand in for those of Kubernetes.
  private static let modules: [(path: String, contents: String)] = [
    (
      "go.mod",
      """
      module example.com/m

      go 1.20

      require k8s.io/apimachinery v0.0.0

      replace k8s.io/apimachinery => ./apimachinery

      """
    ),
    ("apimachinery/go.mod", "module k8s.io/apimachinery\n\ngo 1.20\n"),
    (
      "apimachinery/pkg/apis/meta/v1/types.go",
      """
      package v1

      type TypeMeta struct {
      \tKind       string `json:"kind,omitempty"`
      \tAPIVersion string `json:"apiVersion,omitempty"`
      }
      type ObjectMeta struct {
      \tName string `json:"name,omitempty"`
      }
      type Time struct{}
      type MicroTime struct{}
      type Duration struct{}

      // A selector.
      // +structType=atomic
      type LabelSelector struct {
      \t// What must be equal.
      \tMatchLabels map[string]string `json:"matchLabels,omitempty"`
      }

      func (t Time) MarshalJSON() ([]byte, error) { return nil, nil }

      """
    ),
    ("apimachinery/pkg/api/resource/types.go", "package resource\n\ntype Quantity struct{}\n"),
    ("apimachinery/pkg/util/intstr/types.go", "package intstr\n\ntype IntOrString struct{}\n"),
    ("apimachinery/pkg/runtime/types.go", "package runtime\n\ntype RawExtension struct{}\n"),
  ]

  /// What all releases make of it; those that agree stand together.
  func run() throws -> String {
    let directory = try TemporaryDirectory()
    for file in Self.modules + files where file.contents != "-" {
      try directory.write(ByteString(file.contents), to: file.path)
    }
    var text = ""
    var previous: String?
    for version in versions {
      let result = try run(version, in: directory)
      if result == previous {
        text.replace("\n\(result)", with: " \(version)\n\(result)", lastOnly: true)
      } else {
        text += "--- \(version)\n\(result)"
      }
      previous = result
    }
    return text.replacing(directory.path, with: "$WORK")
  }

  private func run(_ version: String, in directory: TemporaryDirectory) throws -> String {
    let release = try ControllerGenVersion(parsing: version)
    let environment = GoEnvironment(variables: ["HOME": directory.path, "GOROOT": "\(directory.path)/none"])
    let loader = try PackageLoader(patterns, workingDirectory: directory.path, environment: environment)
    let generator = CustomResourceGenerator(
      source: loader, dialect: Dialect(release), options: try generatorOptions())
    let output = generator.generate()
    var text = ""
    for file in output.files {
      let contents = file.contents.text
      text += isOfSchema ? Self.specification(contents) : "-- \(file.name) --\n\(contents)"
    }
    var diagnostics = loader.diagnostics
    diagnostics.append(contentsOf: output.diagnostics)
    if !diagnostics.list.isEmpty { text += "ERR\n\(diagnostics.description)" }
    return text.hasSuffix("\n") || text.isEmpty ? text : text + "\n"
  }

  private func generatorOptions() throws -> GeneratorOptions {
    var options = GeneratorOptions()
    for option in self.options {
      let (name, value) = try option.pair()
      switch name {
      case "crdVersions": options.customResourceVersions = value.split(separator: ";").map { ByteString(String($0)) }
      case "maxDescLen": options.maximumDescriptionLength = Int(value)
      case "allowDangerousTypes": options.allowsDangerousTypes = value == "true"
      case "generateEmbeddedObjectMeta": options.generatesEmbeddedObjectMeta = value == "true"
      case "ignoreUnexportedFields": options.ignoresUnexportedFields = value == "true"
      case "header": options.header = ByteString("# Made in YEAR.\n")
      case "year": options.year = ByteString(value)
      case "deprecatedV1beta1CompatibilityPreserveUnknownFields":
        options.deprecatedPreserveUnknownFields = value == "true"
      case "preserveUnknownFields": options.preserveUnknownFields = value == "true"
      case "trivialVersions": options.trivialVersions = value == "true"
      default: Issue.record("\(path): no option is named \(name)")
      }
    }
    return options
  }

  /// The schema of `spec` in a manifest.
  private static func specification(_ manifest: String) -> String {
    let lines = manifest.split(separator: "\n", omittingEmptySubsequences: false)
    guard let start = lines.firstIndex(where: { $0 == "          spec:" || $0.hasPrefix("          spec: ") }) else {
      return "no spec\n"
    }
    if lines[start].hasSuffix("{}") { return "{}\n" }
    let indent = "            "
    return lines[(start + 1)...].prefix { $0.hasPrefix(indent) || $0.isEmpty }
      .map { "\($0.dropFirst(indent.count))\n" }.joined()
  }
}

extension String {
  fileprivate func pair() throws -> (String, String) {
    let parts = split(separator: "=", maxSplits: 1).map(String.init)
    try #require(parts.count == 2)
    return (parts[0], parts[1])
  }

  fileprivate mutating func replace(_ old: String, with new: String, lastOnly: Bool) {
    guard let range = ranges(of: old).last else { return }
    replaceSubrange(range, with: new)
  }
}

@Suite struct SchemaCaseTests {
  /// `RECORD=1` writes what comes of the cases into their files, and fails.
  @Test(arguments: SchemaCase.all) func releasesWriteThis(_ example: SchemaCase) throws {
    let result = try example.run()
    if Recording.isOn {
      try Recording.replace("\(SchemaCase.folder)/\(example.path)", with: result)
      Issue.record("recorded \(example.path)")
    }
    #expect(result == example.expected)
  }

  @Test func casesAreFound() { #expect(SchemaCase.all.count >= 30) }
}
