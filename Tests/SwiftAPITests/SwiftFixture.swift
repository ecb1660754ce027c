#if SwiftAPI
import APISchema
import Files

@testable import SwiftAPI

/// Swift sources that a test writes itself.
struct SwiftFixture {
  /// Sources by their paths.
  let sources: [String: String]

  init(_ sources: [String: String]) { self.sources = sources }

  /// One source, in a folder `api` that says of which group it is.
  init(_ source: String) {
    self.init(["api/types.swift": source, "api/group.swift": "// +groupName=example.org\n// +versionName=v1\n"])
  }

  /// A kind whose specification has these properties, beside further declarations.
  init(properties: String, _ declarations: String = "") {
    self.init(
      """
      // +schemaType=k8s.io/apimachinery/pkg/apis/meta/v1.ObjectMeta
      struct ObjectMeta {}
      struct Thing {
        var apiVersion = "example.org/v1"
        var kind = "Thing"
        var metadata: ObjectMeta
        var spec: Spec
      }
      struct Spec {
      \(properties)
      }
      \(declarations)
      """)
  }

  /// What the generator makes of them.
  func manifests(_ release: String? = nil) throws -> [CustomResourceGenerator.File] {
    let files = sources.keys.sorted().map { SourceFile.register(path: $0, contents: ByteString(sources[$0] ?? "")) }
    let packages = try SwiftModule(files).packages(of: release.flatMap { Release($0) })
    var options = GeneratorOptions()
    options.namesRelease = false
    let output = CustomResourceGenerator(source: packages, dialect: Dialect(.standard), options: options).generate()
    try output.diagnostics.throwIfErrors()
    return output.files
  }

  /// The lines of the schema of `spec`, indented from its own column on; nothing if there is no manifest.
  func specification(_ release: String? = nil) throws -> String {
    let text = try manifests(release).first?.contents.text ?? ""
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).drop { $0 != "          spec:" }
      .dropFirst()
    let own = lines.prefix { $0.hasPrefix("            ") || $0.isEmpty }
    return own.map { $0.dropFirst(12) }.joined(separator: "\n")
  }

  /// What is wrong with them.
  func errors(_ release: String? = nil) -> [String] {
    do {
      _ = try manifests(release)
      return []
    } catch let diagnostics as Diagnostics {
      return diagnostics.list.map { error in
        let place = error.range.map { "\($0.start.line):\($0.start.column): " } ?? ""
        return place + error.message + (error.hint.map { " (\($0))" } ?? "")
      }
    } catch {
      return ["\(error)"]
    }
  }
}
#endif
