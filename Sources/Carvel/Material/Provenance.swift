package import Files
package import OCI
import YAML

/// How artifacts came about: an in-toto statement (https://in-toto.io/Statement/v1) with a provenance predicate of SLSA
/// (https://slsa.dev/provenance/v1).
package struct Provenance: Sendable {
  /// Something that was made, or that something was made of.
  package struct Resource: Hashable, Sendable {
    package var name: ByteString
    /// Where it is; empty where its name says that.
    package var uri: ByteString
    package var digest: Digest

    package init(name: ByteString = .empty, uri: ByteString = .empty, digest: Digest) {
      self.name = name
      self.uri = uri
      self.digest = digest
    }
  }

  /// What says that a resource is the one that is meant.
  package enum Digest: Hashable, Sendable {
    /// Of the bytes of a file, or of the manifest of an image.
    case sha256(ContentDigest)
    /// Of a tree of files, see `ContentDigest.init(directoryOf:)`.
    case directory(ContentDigest)
    /// The name of a commit in git, in hexadecimal digits.
    case commit(ByteString)
  }

  /// What was made.
  package var subjects: [Resource]
  /// What happened, as a word: `render`, `bundle`.
  package var process: ByteString
  /// What somebody asked for, who could have asked for something else.
  package var parameters: [(name: ByteString, value: ByteString)]
  /// What it was made of.
  package var materials: [Resource]
  /// Who vouches for it: a URI.
  package var builder: ByteString
  /// The version of sailplan.
  package var tool: ByteString

  package init(
    subjects: [Resource], process: ByteString, parameters: [(name: ByteString, value: ByteString)],
    materials: [Resource], builder: ByteString? = nil, tool: ByteString
  ) {
    self.subjects = subjects
    self.process = process
    self.parameters = parameters
    self.materials = materials
    self.builder = builder ?? Self.ownBuilder
    self.tool = tool
  }

  /// Who vouches where nobody else does: whoever runs sailplan by hand.
  package static let ownBuilder: ByteString = "https://sailplan.dev/builder/local/v1"

  /// The text of the statement.
  package var text: ByteString {
    get throws(Diagnostics) { try JSONDocument.text(node) }
  }

  private var node: Node {
    let definition = Node.fields([
      "buildType": .string(ByteString("\(BillOfMaterials.namespace)/\(process)/v1")),
      "externalParameters": .map(parameters.map { MapItem(key: .string($0.name), value: .string($0.value)) }),
      "resolvedDependencies": .items(materials.map(\.node)),
    ])
    let builder = Node.fields(["id": .string(builder), "version": .fields(["sailplan": .string(tool)])])
    let predicate = Node.fields([
      "buildDefinition": definition, "runDetails": .fields(["builder": builder]),
    ])
    return .fields([
      "_type": .string("https://in-toto.io/Statement/v1"), "subject": .items(subjects.map(\.node)),
      "predicateType": .string("https://slsa.dev/provenance/v1"), "predicate": predicate,
    ])
  }
}

extension Provenance.Resource {
  fileprivate var node: Node {
    .fields(["name": .text(name), "uri": .text(uri), "digest": digest.node])
  }
}

extension Provenance.Digest {
  fileprivate var node: Node {
    switch self {
    case .sha256(let digest): .fields(["sha256": .string(digest.hex)])
    case .directory(let digest): .fields(["dirHash": .string(digest.hex)])
    case .commit(let id): .fields(["gitCommit": .string(id)])
    }
  }
}
