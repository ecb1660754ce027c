import Files
import OCI
import Templating

extension EnvironmentInputs {
  /// The digest of all that an environment is rendered from, the bundle aside: of every file's part, names and bytes, in
  /// the order in which they count.
  var key: ContentDigest { key { _ in true } }

  /// The same of what is inherited alone: of the files that lie outside the environment's own directory.
  var inheritedKey: ContentDigest {
    let own = name.directory.appending("/")
    return key { !$0.path.hasPrefix(own) }
  }

  /// Whether the inputs in the environment's directory say all about which files they are: none names another.
  var isSelfContained: Bool { configurations.allSatisfy(\.namesNoFile) && values.allSatisfy(\.isWhole) }

  private func key(_ isCounted: (WorkspaceFile) -> Bool) -> ContentDigest {
    var out = ByteBuffer()
    let locks = images?.lockFile.map { [$0] } ?? []
    for (part, files) in [("c", configurations), ("v", values), ("o", overlays), ("i", locks)] {
      for file in files where isCounted(file) {
        out.append("\(part) \(file.path.count) \(file.input.path.count) ")
        out.append(file.path)
        out.append(file.input.path)
        // The digest of a file is that of its text with git's line ends; what has others counts as it is.
        out.append(file.hasUnixLineEnds ? file.digest.text : ContentDigest(file.contents).text)
        if !file.isWhole { out.append(ContentDigest(file.contents).text) }
        out.append("\n")
      }
    }
    return ContentDigest(out.finish())
  }
}

extension WorkspaceFile {
  fileprivate var hasUnixLineEnds: Bool { contents.firstIndex(of: UInt8(ascii: "\r")) == nil }

  /// Whether an `environment.yaml` takes nothing over.
  fileprivate var namesNoFile: Bool {
    (try? EnvironmentConfiguration(parsing: input.unit.source))?.valuesFrom.isEmpty ?? false
  }
}
