package import Files
import Kubernetes
import YAML

/// What the bundle knows about Velero's releases: `releases/catalogue.lib.yml`, `releases/differences.lib.yml` and
/// `releases/upgrades.lib.yml`.
///
/// Templates load these files as libraries; what they hold is plain YAML, so that it is read here without an engine.
package struct ReleaseCatalogue: Sendable {
  /// What the releases of one minor version share.
  package struct Minor: Sendable {
    /// Its name, such as `v1.18`.
    package var name: String
    /// Its releases, oldest first.
    package var releases: [ReleaseVersion]
    /// What can copy files of volumes; the first is the default.
    package var uploaders: [String]
    package var plugins: [Plugin]
    package var kubernetes: KubernetesVersions
  }

  /// A plugin as it goes with a minor version.
  package struct Plugin: Sendable {
    package var name: String
    /// The image, with its tag, that goes with the minor version by default.
    package var image: String
    /// Beginnings of the version numbers that the plugin's makers say work with it; none where they say nothing.
    package var fits: [String]
  }

  /// The versions of Kubernetes that a minor version is made for.
  package struct KubernetesVersions: Sendable {
    package var oldest: String
    package var tested: [String]
  }

  /// What changed in the manifests with some releases.
  package struct Difference: Sendable {
    package var name: String
    /// What a release has that has it: a sentence.
    package var what: String
    package var spans: [ReleaseSpan]

    package func contains(_ version: ReleaseVersion) -> Bool { spans.contains { $0.contains(version) } }
  }

  /// Newest first.
  package let minors: [Minor]
  /// In the order of the file.
  package let differences: [Difference]
  /// In the order of the file; none where a bundle has no such file.
  package let upgrades: [UpgradeRule]

  /// Reads the files of a bundle's `config/`.
  /// - Throws: a diagnostic for a file that is missing, and for each entry that is not as the files' heads describe it.
  package init(bundle: FileSet) throws(Diagnostics) {
    minors = try CatalogueReader(bundle, "releases/catalogue.lib.yml").entries(CatalogueReader.minor)
    differences = try CatalogueReader(bundle, "releases/differences.lib.yml").entries(CatalogueReader.difference)
    let path: ByteString = "releases/upgrades.lib.yml"
    upgrades =
      bundle[path] == nil ? [] : try CatalogueReader(bundle, path).entries(CatalogueReader.upgrade)
  }

  /// All releases, newest first.
  package var releases: [ReleaseVersion] { minors.flatMap { $0.releases.reversed() } }

  /// The minor version that has a release; nothing if it is not known.
  package func minor(of version: ReleaseVersion) -> Minor? {
    minors.first { $0.releases.contains(version) }
  }

  /// Whether a release has what a difference names; nothing has what is not in the file.
  package func has(_ difference: String, _ version: ReleaseVersion) -> Bool {
    differences.first { $0.name == difference }?.contains(version) ?? false
  }

  /// The release that a text names.
  /// - Throws: a diagnostic that names releases near to it.
  package func release(named text: String, at range: SourceRange? = nil) throws(Diagnostic) -> ReleaseVersion {
    if let version = ReleaseVersion(text), minor(of: version) != nil { return version }
    throw .unknownRelease(text, nearest: nearest(to: text), all: releases, at: range)
  }

  /// The release itself, or if only its minor version is known, that one's release next to it.
  func nearest(to version: ReleaseVersion) -> ReleaseVersion? {
    if minor(of: version) != nil { return version }
    let series = minors.first { $0.name == version.series }
    return series?.releases.last { $0 < version } ?? series?.releases.first
  }

  /// The releases somebody may have meant: those of the same minor version, or the one without a slip of the pen.
  private func nearest(to text: String) -> [ReleaseVersion] {
    let wanted = text.hasPrefix("v") ? text : "v" + text
    if let version = ReleaseVersion(wanted) {
      if minor(of: version) != nil { return [version] }
      if let minor = minors.first(where: { $0.name == version.series }) { return minor.releases }
    }
    if let minor = minors.first(where: { $0.name == wanted }) { return minor.releases }
    let names = releases.map { ByteString($0.description) }
    return Spelling.nearest(to: ByteString(wanted), among: names).flatMap { ReleaseVersion($0.text) }.map { [$0] } ?? []
  }
}

/// Reads one of the files about releases, entry by entry.
struct CatalogueReader {
  let items: [MapItem]

  init(_ bundle: FileSet, _ path: ByteString) throws(Diagnostics) {
    guard let contents = bundle[path] else { throw Diagnostics(.noCatalogue(path)) }
    let file = try ParsedFile.parse(SourceFile.register(path: path.text, contents: contents))
    let maps = file.documents.compactMap { document -> [MapItem]? in
      if case .map(let items) = document.value { return items }
      return nil
    }
    guard let items = maps.first, maps.count == 1 else { throw Diagnostics(.noCatalogue(path)) }
    self.items = items
  }

  /// Every entry, or a diagnostic for each that cannot be read.
  func entries<Entry>(_ read: (String, Node) -> Entry?) throws(Diagnostics) -> [Entry] {
    var diagnostics = Diagnostics()
    var entries: [Entry] = []
    for item in items {
      if let name = item.key.stringValue, let entry = read(name.text, item.value) {
        entries.append(entry)
      } else {
        diagnostics.append(.unreadableEntry(item))
      }
    }
    try diagnostics.throwIfErrors()
    return entries
  }

  static func minor(_ name: String, _ node: Node) -> ReleaseCatalogue.Minor? {
    guard let releases = texts(node.value(at: "releases")), !releases.isEmpty,
      let uploaders = texts(node.value(at: "uploaders")), case .map(let items)? = node.value(at: "plugins"),
      let oldest = node.value(at: "kubernetes", "oldest")?.stringValue,
      let tested = texts(node.value(at: "kubernetes", "tested"))
    else { return nil }
    let versions = releases.compactMap { ReleaseVersion($0) }
    let plugins = items.compactMap(plugin)
    guard versions.count == releases.count, plugins.count == items.count else { return nil }
    return ReleaseCatalogue.Minor(
      name: name, releases: versions, uploaders: uploaders, plugins: plugins,
      kubernetes: ReleaseCatalogue.KubernetesVersions(oldest: oldest.text, tested: tested))
  }

  private static func plugin(_ item: MapItem) -> ReleaseCatalogue.Plugin? {
    guard let name = item.key.stringValue, let image = item.value.value(at: "image")?.stringValue,
      let fits = texts(item.value.value(at: "fits"))
    else { return nil }
    return ReleaseCatalogue.Plugin(name: name.text, image: image.text, fits: fits)
  }

  static func difference(_ name: String, _ node: Node) -> ReleaseCatalogue.Difference? {
    guard let what = node.value(at: "what")?.stringValue, case .sequence(let items)? = node.value(at: "releases")
    else { return nil }
    let spans = items.compactMap { item -> ReleaseSpan? in
      let ends = ["since", "until"].map { item.value.value(at: $0)?.stringValue.flatMap { ReleaseVersion($0.text) } }
      return ends[0] == nil && ends[1] == nil ? nil : ReleaseSpan(since: ends[0], until: ends[1])
    }
    return spans.count == items.count ? ReleaseCatalogue.Difference(name: name, what: what.text, spans: spans) : nil
  }

  static func texts(_ node: Node?) -> [String]? {
    guard case .sequence(let items)? = node else { return nil }
    let texts = items.compactMap { $0.value.stringValue?.text }
    return texts.count == items.count ? texts : nil
  }
}

extension Diagnostic {
  fileprivate static func unknownRelease(
    _ text: String, nearest: [ReleaseVersion], all: [ReleaseVersion], at range: SourceRange?
  ) -> Diagnostic {
    let span = all.last.flatMap { oldest in all.first.map { "\(oldest) to \($0)" } } ?? "none"
    let hint = nearest.isEmpty ? nil : "did you mean \(nearest.map(\.description).joined(separator: ", "))?"
    return Diagnostic("Velero '\(text)' is not known (expected a release from \(span))", at: range, hint: hint)
  }

  fileprivate static func noCatalogue(_ path: ByteString) -> Diagnostic {
    Diagnostic("the bundle has no \(path) with one map in it")
  }

  fileprivate static func unreadableEntry(_ item: MapItem) -> Diagnostic {
    Diagnostic(
      "the entry is not as the head of the file describes it", at: item.position,
      hint: "compare it with the entries beside it")
  }
}
