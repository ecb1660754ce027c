#if SwiftAPI
package import APISchema
package import Files

/// The manifests of many releases, each different one once.
///
/// A definition has a folder of its name, with a file for each release that changed it, called by the release. The file
/// `changes.tsv` tells which releases those are.
package struct ManifestHistory {
  /// The files.
  package private(set) var files = FileSet()
  private var current: [ByteString: ByteString] = [:]
  /// The lines of `changes.tsv`.
  private var changes: [ByteString] = head

  /// A history without any releases.
  package init() {}

  private static let head: [ByteString] = [
    "# Generated: 'make generate' rewrites this folder. A line for each release that changed definitions:",
    "# the release, and the definitions that came or changed with it, each in a file of the release's name",
    "# in the folder of its own; '-' in front of those that the release has no longer.",
  ]

  /// Adds the next release: all manifests that it has.
  package mutating func append(_ release: Release, _ manifests: [CustomResourceGenerator.File]) {
    let name = ByteString(release.description)
    var all: [ByteString: ByteString] = [:]
    for manifest in manifests { all[manifest.definition] = manifest.contents.withoutDocumentStart }
    var words: [ByteString] = []
    for definition in Set(all.keys).union(current.keys).sorted() where all[definition] != current[definition] {
      if let contents = all[definition] {
        words.append(definition)
        files[ByteString("\(definition)/\(name).crd")] = contents
      } else {
        words.append(ByteString("-\(definition)"))
      }
    }
    current = all
    if words.isEmpty { return }
    changes.append(ByteString(([name] + words).map(\.text).joined(separator: "\t")))
  }

  /// The files, and the one that tells what changed when.
  package consuming func finish() -> FileSet {
    files["changes.tsv"] = ByteString(changes.map { "\($0)\n" }.joined())
    return files
  }
}

extension CustomResourceGenerator.File {
  /// The name of the definition, of which the file's name has the parts the other way around: `group_plural.yaml`.
  fileprivate var definition: ByteString {
    let parts = name.text.split(separator: ".yaml")[0].split(separator: "_", maxSplits: 1)
    return ByteString(parts.count == 2 ? "\(parts[1]).\(parts[0])" : name.text)
  }
}

extension ByteString {
  fileprivate var withoutDocumentStart: ByteString { hasPrefix("---\n") ? self[4..<count] : self }
}
#endif
