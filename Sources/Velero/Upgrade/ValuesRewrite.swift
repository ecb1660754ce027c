package import Files
import Kubernetes
package import YAML

/// A file of values on its way to another release.
///
/// What the release does not take is set aside: it becomes a comment, and is taken back when a release takes it again. So
/// the way back leads to the same bytes.
package struct ValuesRewrite: Sendable {
  package private(set) var text: EditableText
  private let catalogue: ReleaseCatalogue
  /// The releases that environments come from which take values from the file.
  private let origins: Set<ReleaseVersion>
  private let target: ReleaseVersion
  private var edits: [(path: NodePath, kind: ValueChange.Kind)] = []
  private var takenBack: [NodePath] = []
  private var asides: [(path: NodePath, why: String)] = []

  /// What stands in front of what is set aside.
  static let asideNote: ByteString = "Set aside by 'sailplan upgrade':"
  /// What stands in front of an image that went with a minor version, though it is not the one that follows from it.
  static let imageNote: ByteString = "Before 'sailplan upgrade':"

  /// Takes back whatever was set aside: what the target does not take either has to be set aside again.
  package init(
    _ text: EditableText, from origins: Set<ReleaseVersion>, to target: ReleaseVersion, in catalogue: ReleaseCatalogue
  ) {
    self.text = text
    self.catalogue = catalogue
    self.origins = origins
    self.target = target
    _ = takeBack()
  }

  /// Takes back what can be, but for what this hop has set aside.
  /// - Returns: whether there was something.
  private mutating func takeBack() -> Bool {
    let before = takenBack.count
    while takeBackOne() {}
    return takenBack.count > before
  }

  private mutating func takeBackOne() -> Bool {
    for aside in text.setAside(note: Self.asideNote) where !asides.contains(where: { $0.path == aside.path }) {
      guard let next = text.takingBack(aside, note: Self.asideNote) else { continue }
      text = next
      takenBack.append(aside.path)
      return true
    }
    return false
  }

  // MARK: Version

  /// Where the release stands.
  package static let version = NodePath([.key("velero"), .key("version")])

  /// Whether the file says which release it is.
  package var namesRelease: Bool { text.value.node(at: Self.version) != nil }

  /// Writes the target where the release stands, or a new key where it does not.
  package mutating func setRelease() throws(Diagnostic) {
    let new = ByteString(target.description)
    guard let old = text.value.node(at: Self.version) else {
      text = try text.inserting("version", new, below: "velero")
      return edits.append((Self.version, .added(target.description)))
    }
    guard old.stringValue != new else { return }
    try replace(Self.version, old.stringValue?.text ?? "", target.description)
  }

  private mutating func replace(_ path: NodePath, _ old: String, _ new: String) throws(Diagnostic) {
    text = try text.replacing(path, with: ByteString(new))
    edits.append((path, .replaced(old: old, new: new)))
  }

  // MARK: What the bundle's rules say

  /// Changes all that has to be another one for the target, by rules that need no rendering: names and arguments,
  /// images of plugins and of the server.
  package mutating func applyRules() throws(Diagnostic) {
    repeat {
      for rule in catalogue.upgrades { try apply(rule) }
      for list: ByteString in ["plugins", "extraPlugins"] { try movePlugins(NodePath([.key("images"), .key(list)])) }
      try moveServer()
      // What was set aside along with other values can be taken back once those are what they were.
    } while takeBack()
  }

  private mutating func apply(_ rule: UpgradeRule) throws(Diagnostic) {
    let isThere = target >= rule.since
    for (index, argument) in texts(at: Self.arguments).enumerated() {
      let name = argument.prefix { $0 != "=" }
      guard let pair = rule.renamed.first(where: { "--" + (isThere ? $0.old : $0.new) == name }) else { continue }
      let new = "--" + (isThere ? pair.new : pair.old) + argument.dropFirst(name.count)
      try replace(Self.arguments.appending(.index(index)), argument, new)
    }
    guard isThere else { return }
    for path in rule.values where text.value.node(at: path) != nil {
      try setAside(path, why: "servers from \(rule.since) on do not start with what is made of it")
    }
    // From the end, so that those in front keep their places.
    for (index, argument) in texts(at: Self.arguments).enumerated().reversed()
    where rule.gone.contains(where: { "--" + $0 == argument.prefix { $0 != "=" } }) {
      try setAside(
        Self.arguments.appending(.index(index)), why: "servers from \(rule.since) on do not start with '\(argument)'")
    }
  }

  private static let arguments = NodePath([.key("server"), .key("arguments")])

  private func texts(at path: NodePath) -> [String] {
    guard case .sequence(let items)? = text.value.node(at: path) else { return [] }
    return items.map { $0.value.stringValue?.text ?? "" }
  }

  /// Sets a value aside.
  /// - Parameter why: what is said about it, behind the value's name.
  package mutating func setAside(_ path: NodePath, why: String) throws(Diagnostic) {
    text = try text.settingAside(path, note: Self.asideNote)
    asides.append((path, why))
  }

  // MARK: Images

  private mutating func movePlugins(_ list: NodePath) throws(Diagnostic) {
    guard let minor = catalogue.minor(of: target) else { return }
    for (index, old) in texts(at: list).enumerated().reversed() {
      let path = list.appending(.index(index))
      var image = ImageReference(old)
      guard let name = catalogue.plugin(named: image.name) else { continue }
      guard let plugin = minor.plugins.first(where: { $0.name == name }) else {
        try setAside(path, why: "Velero \(target.series) has the \(name) plugin built in")
        continue
      }
      // What is pinned, or has no version, is for people to move.
      guard let tag = image.tag, image.digest == nil, ImageReference.isVersion(tag), !plugin.takes(tag: tag) else {
        continue
      }
      if let remark = remark(of: image, with: minor) {
        image = remark.image
        text = text.removing(remark.remark)
      } else {
        try remember(image, of: name, above: path)
        image = image.tagged(plugin.tag)
      }
      try replace(path, old, image.text)
    }
  }

  /// The image that went with a minor version, where it was not the one that follows from it.
  private func remark(
    of image: ImageReference, with minor: ReleaseCatalogue.Minor
  ) -> (remark: EditableText.Remark, image: ImageReference)? {
    for remark in text.remarks(note: Self.imageNote) {
      let words = remark.text.text.split(separator: " ")
      guard words.count == 2, words[0] == minor.name else { continue }
      let before = ImageReference(String(words[1]))
      if before.repository == image.repository { return (remark, before) }
    }
    return nil
  }

  private mutating func remember(_ image: ImageReference, of plugin: String, above path: NodePath) throws(Diagnostic) {
    for origin in origins {
      guard let minor = catalogue.minor(of: origin), remark(of: image, with: minor) == nil else { continue }
      guard minor.plugins.first(where: { $0.name == plugin })?.tag != image.tag else { continue }
      text = try text.remarking(ByteString("\(minor.name) \(image.text)"), note: Self.imageNote, above: path)
    }
  }

  private mutating func moveServer() throws(Diagnostic) {
    let path = NodePath([.key("images"), .key("server")])
    guard let old = text.value.node(at: path)?.stringValue, !old.isEmpty else { return }
    let image = ImageReference(old.text)
    guard image.tag != target.description || image.digest != nil else { return }
    guard image.digest == nil, let tag = image.tag, origins.contains(where: { $0.description == tag }) else {
      throw .pinnedServer(old.text, target, at: place(of: path))
    }
    try replace(path, old.text, image.tagged(target.description).text)
  }

  private func place(of path: NodePath) -> SourceRange? {
    guard let last = path.steps.last, case .key(let key) = last,
      case .map(let items)? = text.value.node(at: NodePath(Array(path.steps.dropLast()))), let item = items.item(key)
    else { return nil }
    return SourceRange(start: item.position, length: UInt32(key.count))
  }

  // MARK: What came of it

  /// What is different from before the hop, in the order in which it was changed. What was taken back and set aside
  /// again is as it was.
  package var changes: [ValueChange] {
    var changes = edits.map { change($0.path, $0.kind) }
    let back = Set(takenBack)
    let aside = Set(asides.map(\.path))
    changes += asides.filter { !back.contains($0.path) }.map { change($0.path, .setAside(why: $0.why)) }
    changes += takenBack.filter { !aside.contains($0) }.map { change($0, .takenBack) }
    return changes
  }

  private func change(_ path: NodePath, _ kind: ValueChange.Kind) -> ValueChange {
    var line = text.line(of: path)
    if case .setAside = kind { line = text.setAside(note: Self.asideNote).first { $0.path == path }?.line }
    return ValueChange(path: path, kind: kind, file: text.name, line: line ?? 1)
  }
}

extension ImageReference {
  /// Whether a tag is a version, such as `v1.14.0`.
  static func isVersion(_ tag: String) -> Bool {
    let version = tag.hasPrefix("v") ? tag.dropFirst() : Substring(tag)
    return version.first?.isNumber == true && version.contains(".")
  }
}

extension Diagnostic {
  fileprivate static func pinnedServer(_ image: String, _ target: ReleaseVersion, at range: SourceRange?) -> Diagnostic
  {
    Diagnostic(
      "images.server is '\(image)', whose tag is not the release: what goes with \(target) cannot be told", at: range,
      hint: "leave images.server out, or give it the release as its tag; for a mirror there is images.registry")
  }
}
