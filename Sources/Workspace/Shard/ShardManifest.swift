package import Files
package import Git
package import OCI
import YAML

/// What a process that rendered a part of the environments says about its output, in `sailplan-shard.yaml` at its top:
/// enough to tell whether all parts are there, and are parts of one whole.
package struct ShardManifest: Sendable, Hashable {
  package var shard: Shard
  /// The commit that the inputs were read from.
  package var source: ObjectID
  /// The version of sailplan.
  package var tool: ByteString
  /// The digest of the bundle.
  package var bundle: ContentDigest
  /// The digest of the names of the environments of all parts.
  package var fleet: ContentDigest
  /// The environments of this part by their names, and the digests of their rendered trees.
  package var environments: [Entry]

  /// An environment.
  package struct Entry: Sendable, Hashable {
    package var name: EnvironmentName
    /// As its lock has it.
    package var digest: ContentDigest

    package init(name: EnvironmentName, digest: ContentDigest) {
      self.name = name
      self.digest = digest
    }
  }

  /// The name of the file.
  package static let file = "sailplan-shard.yaml"

  /// - Parameters:
  ///   - all: the environments of all parts.
  ///   - environments: those of this part.
  package init(
    _ shard: Shard, source: ObjectID, bundle: ContentDigest, all: [EnvironmentName], environments: [Entry]
  ) {
    self.shard = shard
    self.source = source
    tool = ToolVersion.text
    self.bundle = bundle
    fleet = Self.digest(of: all)
    self.environments = environments
  }

  /// The digest of a list of names, in whatever order.
  static func digest(of names: [EnvironmentName]) -> ContentDigest {
    ContentDigest(ByteString(names.sorted().map { "\($0)\n" }.joined()))
  }
}

extension ShardManifest {
  /// The text of the file.
  package var text: ByteString {
    let list = environments.map { entry in
      SequenceItem(
        .configuration([("name", .string(entry.name.path)), ("digest", .string(entry.digest.text))]))
    }
    let node = Node.configuration([
      ("apiVersion", .string(WorkspaceConfiguration.apiVersion)),
      ("kind", .string("Shard")),
      ("shard", .string(ByteString("\(shard.number)/\(shard.count)"))),
      ("source", .string(ByteString(source.hex))),
      ("tool", .string(tool)),
      ("bundle", .string(bundle.text)),
      ("fleet", .string(fleet.text)),
      ("environments", .sequence(list)),
    ])
    var out = ByteBuffer()
    print(node, into: &out)
    return ByteString(
      "# A part of a rendered fleet. Written by 'sailplan render --shard'; 'sailplan assemble' reads it.\n"
    )
    .appending(out.finish())
  }

  /// Reads the text of a manifest.
  /// - Throws: all that is wrong with it.
  package init(parsing source: SourceFile) throws(Diagnostics) {
    let document = try WorkspaceConfiguration.onlyDocument(of: source)
    var map = ConfigurationMap(
      document, of: source,
      known: ["apiVersion", "kind", "shard", "source", "tool", "bundle", "fleet", "environments"])
    map.expect("apiVersion", WorkspaceConfiguration.apiVersion)
    map.expect("kind", "Shard")
    func read<Value>(
      _ map: inout ConfigurationMap, _ key: ByteString, _ what: String, _ convert: (ByteString) -> Value?
    ) -> Value? {
      guard let found = map.text(key, required: true) else { return nil }
      if let value = convert(found.value) { return value }
      map.append(Diagnostic("'\(key)' is '\(found.value)' (expected \(what))", at: found.range))
      return nil
    }
    let digest = { (text: ByteString) in ContentDigest(written: text) }
    let shard = read(&map, "shard", "a part such as 2/5") { Shard($0.text) }
    let commit = read(&map, "source", "the id of a commit") { ObjectID(hex: $0.text) }
    let tool = read(&map, "tool", "a version") { $0 }
    let bundle = read(&map, "bundle", "a digest", digest)
    let fleet = read(&map, "fleet", "a digest", digest)
    var environments: [Entry] = []
    for entry in map.entries("environments", known: ["name", "digest"]) {
      var entry = entry
      let name = read(&entry, "name", "the name of an environment") { try? EnvironmentName($0) }
      if let name, let digest = read(&entry, "digest", "a digest", digest) {
        environments.append(Entry(name: name, digest: digest))
      }
      for diagnostic in entry.diagnostics.list { map.append(diagnostic) }
    }
    try map.diagnostics.throwIfErrors()
    guard let shard, let commit, let tool, let bundle, let fleet else { throw map.diagnostics }
    self.shard = shard
    self.source = commit
    self.tool = tool
    self.bundle = bundle
    self.fleet = fleet
    self.environments = environments
  }
}
