import APISchema
import Files
import GoAPI

extension FuzzTarget {
  /// Reads a file of Go and makes manifests of its types, as an old and a new release would.
  static func readGo(_ input: ByteString) {
    let loader = PackageLoader(file: input, path: "fuzz.go")
    for package in loader.roots {
      _ = try? DefinitionText.text(of: package)
      for name in package.typeNames { _ = try? package.stringConstants(of: name) }
    }
    for version in [ControllerGenVersion.oldest, .standard, .newest] { generate(loader, version) }
    for diagnostic in loader.diagnostics.list { _ = diagnostic.description }
  }

  /// Reads the lines as markers of a package, of a type and of fields of several types. The first byte chooses the
  /// release.
  static func readMarkers(_ input: ByteString) {
    guard input.count > 1 else { return }
    let versions = [
      ControllerGenVersion.oldest, ControllerGenVersion(0, 7, 0), ControllerGenVersion(0, 14, 0), .standard, .newest,
    ]
    let markers = input[1..<input.count].text.split(separator: "\n").map { "// +\($0)\n" }.joined()
    let fields = ["string", "int32", "[]string", "map[string]int64", "Inner", "*Inner"].enumerated()
      .map { "\(markers)F\($0.offset) \($0.element) `json:\"f\($0.offset)\"`\n" }
    let source = """
      // +groupName=example.com
      \(markers)
      package v1
      import metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

      \(markers)
      type Inner struct {
      \(fields.prefix(4).joined())
      }

      \(markers)type Kind struct {
      metav1.TypeMeta `json:",inline"`
      metav1.ObjectMeta `json:"metadata"`
      \(fields.joined())
      }
      """
    let loader = PackageLoader(file: ByteString(source), path: "fuzz.go")
    generate(loader, versions[Int(input[0]) % versions.count])
  }

  private static func generate(_ loader: PackageLoader, _ version: ControllerGenVersion) {
    let output = CustomResourceGenerator(source: loader, dialect: Dialect(version)).generate()
    for diagnostic in output.diagnostics.list { _ = diagnostic.description }
  }
}
