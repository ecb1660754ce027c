import Carvel
package import Files
import Kubernetes
import OCI
package import Velero
package import YAML

/// Holds trees of manifests against the rules of `Velero/Checks`, with what only a bundle knows: the definitions of each
/// release.
package struct TreeCheck {
  private let bundle: Bundle
  private var released: [ReleaseVersion: DefinitionSet] = [:]
  /// Digests of files that hold a definition as a release has it.
  private var fitting: [ReleaseVersion: Set<ContentDigest>] = [:]

  /// - Parameter bundle: whose catalogue of releases counts; that of the binary where it has none.
  package init(bundle: Bundle) {
    let isKnowing = bundle.source != .embedded && (try? bundle.checkFacts) != nil
    self.bundle = isKnowing ? bundle : .embedded
  }

  /// Reads what checking an environment of the newest release will need, for a thread that has nothing else to do.
  package static func warmUp() {
    guard let newest = try? Bundle.embedded.checkFacts.catalogue.releases.first else { return }
    _ = Bundle.embedded.storedDefinitions(of: newest)
  }

  // MARK: Environments

  /// What the rules find in an environment by itself, as it is rendered; and what of it has to be compared with others.
  /// - Parameters:
  ///   - shown: how messages name a file of the workspace.
  ///   - needsPlace: whether somebody will be told where it is; where nothing does, no finding has a place.
  /// - Throws: what is wrong with the bundle.
  package mutating func check(
    _ environment: RenderedEnvironment, shown: (ByteString) -> String,
    needsPlace: (CheckFinding) -> Bool = { _ in true }
  ) throws(Diagnostics) -> EnvironmentCheck {
    // Whether there is anything is asked of the objects at hand; only what is told needs places in files.
    var tree = try tree(environment, environment.objects.objects.map { CheckedObject($0) })
    var findings = CheckFindings()
    findings.run(on: tree)
    if findings.list.contains(where: needsPlace) {
      var objects: [CheckedObject] = []
      for path in environment.paths { objects += try Self.objects(Self.file(path, of: environment, shown)) }
      tree = try self.tree(environment, objects)
      findings = CheckFindings()
      findings.run(on: tree)
    }
    let places = StoragePlace.written(by: tree).map { place in
      let path = zip(environment.objects.objects, environment.paths).first { $0.0.identity == place.location }?.1
      return EnvironmentCheck.Place(place: place, file: path.map { Self.file($0, of: environment, shown) })
    }
    return EnvironmentCheck(name: tree.name, findings: findings.list, places: places)
  }

  /// What the rules find in environments by themselves and side by side, by environment, the worst first.
  package static func findings(
    in checks: [EnvironmentCheck], needsPlace: (CheckFinding) -> Bool = { _ in true }
  ) throws(Diagnostics) -> [CheckFinding] {
    let places = checks.flatMap(\.places)
    var among = CheckFindings()
    among.run(among: places.map(\.place))
    let names = Set(among.list.filter(needsPlace).map(\.tree))
    if !names.isEmpty {
      var located: [StoragePlace] = []
      for place in places { located.append(names.contains(place.place.tree) ? try place.located : place.place) }
      among = CheckFindings()
      among.run(among: located)
    }
    return sorted(checks.flatMap(\.findings) + among.list, trees: checks.map(\.name))
  }

  /// A file of a rendered tree, under the name that messages show.
  private static func file(
    _ path: ByteString, of environment: RenderedEnvironment, _ shown: (ByteString) -> String
  ) -> (path: String, contents: ByteString) {
    (shown(environment.name.rendered.appendingPath(path)), environment.tree[path] ?? .empty)
  }

  /// The objects of a file, with their places in it.
  fileprivate static func objects(_ file: (path: String, contents: ByteString)) throws(Diagnostics) -> [CheckedObject] {
    try ParsedFile.parse(SourceFile.register(path: file.path, contents: file.contents)).documents
      .flatMap(ListedObject.objects).compactMap { CheckedObject($0) }
  }

  private mutating func tree(
    _ environment: RenderedEnvironment, _ objects: [CheckedObject]
  ) throws(Diagnostics) -> CheckedTree {
    let statement = CheckedTree.Statement(
      release: ReleaseVersion(environment.lock.release.text), provider: environment.provider.text,
      kubernetes: environment.kubernetes.text, originalImages: environment.images?.originals ?? [:])
    var tree = CheckedTree(
      name: environment.name.path.text, objects: objects, statement: statement, facts: try bundle.checkFacts)
    tree.imagesOutsideLock = outside(environment.images, environment.objects.objects, tree)
    guard let release = tree.release, !tree.definitions.isEmpty else { return tree }
    // Environments share most definitions: one that fits is not compared again.
    let digests = zip(environment.objects.objects, environment.paths).compactMap { object, path in
      CustomResourceDefinition.isDefinition(object.content) ? environment.lock.digest(ofFile: path) : nil
    }
    let isWhole = digests.count == bundle.storedDefinitions(of: release)?.count
    if isWhole, fitting[release]?.isSuperset(of: digests) ?? false { return tree }
    let completed = try complete(tree)
    if isWhole, completed.hasDefinitionsOfRelease {
      fitting[release, default: []].formUnion(digests)
    }
    return completed
  }

  /// What of a tree can be started and is not in a lock of images.
  private func outside(
    _ images: ImageSettings?, _ objects: @autoclosure () -> [KubernetesObject], _ tree: CheckedTree
  ) -> [ImageUse] {
    guard let images, images.lock != nil, let facts = bundle.imageFacts else { return [] }
    let originals = tree.statement.originalImages
    let inventory = ImageInventory(objects(), release: tree.release, facts: facts) { originals[$0] }
    return images.outside(inventory, facts)
  }

  // MARK: Other manifests

  /// The tree that documents hold. A lock of images among them is what its images are held against.
  /// - Throws: a diagnostic if none of them has to do with Velero, and what is wrong with the lock.
  package mutating func tree(
    name: String, documents: [Document], statement: CheckedTree.Statement
  ) throws(Diagnostics) -> CheckedTree {
    var lock: ImagesLock?
    for document in documents where ImagesLock.isLock(document.value) {
      lock = ImagesLock((lock?.entries ?? []) + (try ImagesLock(document)).entries)
    }
    let images = lock.map { ImageSettings(lock: $0) }
    var statement = statement
    statement.originalImages = images?.originals ?? [:]
    let listed = documents.flatMap(ListedObject.objects)
    var tree = CheckedTree(
      name: name, objects: listed.compactMap { CheckedObject($0) }, statement: statement,
      facts: try bundle.checkFacts)
    tree.imagesOutsideLock = outside(
      images, listed.compactMap { try? KubernetesObject($0.content, position: $0.position) }, tree)
    guard tree.isAboutVelero else { throw Diagnostics(.nothingOfVelero(name)) }
    return try complete(tree)
  }

  /// What the rules find in trees, by tree, the worst first.
  package static func findings(in trees: [CheckedTree]) -> [CheckFinding] {
    var findings = CheckFindings()
    for tree in trees { findings.run(on: tree) }
    findings.run(among: trees.flatMap(StoragePlace.written))
    return sorted(findings.list, trees: trees.map(\.name))
  }

  /// By tree, the worst first, then in the order of the rules.
  private static func sorted(_ findings: [CheckFinding], trees: [String]) -> [CheckFinding] {
    let ranks = Dictionary(trees.enumerated().map { ($0.element, $0.offset) }) { first, _ in first }
    let rules = Dictionary(CheckRule.all.enumerated().map { ($0.element.id, $0.offset) }) { first, _ in first }
    return findings.enumerated().map { index, finding in
      let key = (ranks[finding.tree] ?? 0, -finding.severity.rawValue, rules[finding.rule.id] ?? 0, index)
      return (key: key, finding: finding)
    }.sorted { $0.key < $1.key }.map(\.finding)
  }

  // MARK: Definitions

  /// The tree with what its definitions lack beside those of its release.
  private mutating func complete(_ tree: CheckedTree) throws(Diagnostics) -> CheckedTree {
    guard let release = tree.release, !tree.definitions.isEmpty, !hasThose(of: release, tree) else { return tree }
    var tree = tree
    var definitions: [ByteString: CustomResourceDefinition] = [:]
    for object in tree.definitions {
      do throws(Diagnostics) {
        definitions[object.identity.name] = try CustomResourceDefinition(object.content, at: object.position)
      } catch {
        tree.definitionFaults += error.list.map { (object, $0) }
      }
    }
    guard tree.definitionFaults.isEmpty else { return tree }
    let expected = try releasedDefinitions(release)
    let found = DefinitionSet(Array(definitions.values))
    tree.definitionChanges = CompatibilityReport(from: expected, to: found).findings.filter { $0.severity > .additive }
    return tree
  }

  private mutating func releasedDefinitions(_ release: ReleaseVersion) throws(Diagnostics) -> DefinitionSet {
    if let known = released[release] { return known }
    let read = try bundle.definitions(of: release)
    released[release] = read
    return read
  }

  /// Whether the tree has exactly the definitions of a release: most do, and then nothing is to be compared further.
  private func hasThose(of release: ReleaseVersion, _ tree: CheckedTree) -> Bool {
    guard let expected = bundle.storedDefinitions(of: release), expected.count == tree.definitions.count else {
      return false
    }
    return tree.definitions.allSatisfy { object in
      guard let other = expected[object.identity.name], let spec = other.value(at: "spec") else { return false }
      return object.content.value(at: "apiVersion")?.stringValue == other.value(at: "apiVersion")?.stringValue
        && (object.content.value(at: "spec")?.isEquivalent(to: spec) ?? false)
    }
  }
}

/// What the rules find in one environment.
package struct EnvironmentCheck: Sendable {
  struct Place {
    let place: StoragePlace
    /// The file that holds the location.
    let file: (path: String, contents: ByteString)?

    /// The place with its position in the file.
    var located: StoragePlace {
      get throws(Diagnostics) {
        guard let file else { return place }
        var located = place
        for object in try TreeCheck.objects(file) where object.identity == place.location {
          located.position = object.position("spec", "objectStorage")
        }
        return located
      }
    }
  }

  package let name: String
  /// Those that it has by itself.
  let findings: [CheckFinding]
  /// Where it writes backups to, for comparing with others.
  let places: [Place]
}

extension Diagnostic {
  fileprivate static func nothingOfVelero(_ name: String) -> Diagnostic {
    Diagnostic(
      "there is nothing of Velero in \(name)",
      hint: "name a file or directory with manifests: those of a chart as 'helm template --include-crds' prints them")
  }
}
