package import Files
package import OCI
package import Templating

/// A file of the workspace that goes into a rendering.
package struct WorkspaceFile: Sendable {
  /// The file as templates know it, under its path in the workspace. What is made of it is shared by all environments
  /// that inherit it.
  package let input: InputFile
  /// The digest of its bytes, with line ends as git keeps them: what `core.autocrlf` does to a file is no change.
  package let digest: ContentDigest

  /// Whether its values come from a Secret.
  let isOfSecret: Bool

  package init(path: ByteString, contents: ByteString) {
    self.path = path
    isOfSecret = false
    input = InputFile(path: path, contents: contents)
    digest = ContentDigest(contents.withUnixLineEnds)
  }

  /// The values that an object in `file` stands for, under the name that messages show.
  init(values: ByteString, name: ByteString, in file: WorkspaceFile, isOfSecret: Bool = false) {
    path = file.path
    self.isOfSecret = isOfSecret
    input = InputFile(path: name, contents: values)
    digest = file.digest
  }

  /// Its path in the workspace.
  package let path: ByteString
  package var contents: ByteString { input.unit.contents }

  /// Whether its bytes are those of the file, and not what an object in it stands for.
  var isWhole: Bool { input.path == path }
}

/// What one environment is rendered from, the bundle aside.
package struct EnvironmentInputs: Sendable {
  package let name: EnvironmentName
  /// Values files, the farthest ancestor's first; a later one wins. What is taken over comes before the file beside it.
  package let values: [WorkspaceFile]
  /// Overlays, the farthest ancestor's first; those of one directory by the bytes of their paths.
  package let overlays: [WorkspaceFile]
  /// The files that say where values are taken over from.
  package let configurations: [WorkspaceFile]
  /// What brings the rendered tree into the cluster.
  package let engine: Engine
  /// What becomes of the images that templates name; nothing where they stay.
  package let images: ImageSettings?

  package init(
    name: EnvironmentName, values: [WorkspaceFile], overlays: [WorkspaceFile], configurations: [WorkspaceFile] = [],
    engine: Engine = .none, images: ImageSettings? = nil
  ) {
    self.name = name
    self.values = values
    self.overlays = overlays
    self.configurations = configurations
    self.engine = engine
    self.images = images
  }

  /// All files, sorted by path, each once.
  package var all: [WorkspaceFile] {
    var told: Set<ByteString> = []
    let locks = images?.lockFile.map { [$0] } ?? []
    return (configurations + values + overlays + locks).filter { told.insert($0.path).inserted }.sorted {
      $0.path < $1.path
    }
  }
}

extension ByteString {
  /// The bytes with LF in place of every CR LF.
  var withUnixLineEnds: ByteString {
    guard firstIndex(of: UInt8(ascii: "\r")) != nil else { return self }
    let bytes = bytes
    var kept: [UInt8] = []
    kept.reserveCapacity(bytes.count)
    for (index, byte) in bytes.enumerated() {
      if byte == UInt8(ascii: "\r"), index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "\n") { continue }
      kept.append(byte)
    }
    return ByteString(kept)
  }
}
