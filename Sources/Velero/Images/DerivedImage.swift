package import Files
import YAML

/// An image that no manifest names: Velero, or a plugin of it, makes up its name when it starts pods. What is known of
/// these stands in `releases/images.lib.yml` of the bundle.
package struct DerivedImage: Sendable {
  /// Where its name comes from.
  package enum Source: Sendable, Hashable {
    /// A repository; the release is the tag.
    case repository(String)
    /// The image of the server, or that of the node agent.
    case server, agent
    /// What lies beside the image of a plugin under another name; in `otherwise` where the plugin's has no tag.
    case sibling(of: String, name: String, otherwise: String)
  }

  /// The ConfigMap that names another image.
  package struct Setting: Sendable, Hashable {
    /// What it is usually called.
    package var name: String
    /// The label by which Velero finds it.
    package var label: String
  }

  /// What not every environment has.
  package enum Condition: String, Sendable {
    /// A node agent.
    case agent
    /// A cluster of its own on vSphere, from which snapshots are moved.
    case vanilla
  }

  package var name: String
  /// What runs it.
  package var what: String
  package var span: ReleaseSpan
  package var source: Source
  package var setting: Setting?
  /// Who alone has it; nothing for all.
  package var condition: Condition?

  /// What a bundle says.
  /// - Throws: a diagnostic if its file is missing, and for each entry that is not as the file's head describes it.
  package static func list(in bundle: FileSet) throws(Diagnostics) -> [DerivedImage] {
    try CatalogueReader(bundle, path).entries(read)
  }

  package static let path: ByteString = "releases/images.lib.yml"

  private static func read(_ name: String, _ node: Node) -> DerivedImage? {
    func text(_ key: ByteString) -> String? { node.value(at: key)?.stringValue?.text }
    guard let what = text("what"), let source = source(text) else { return nil }
    var span = ReleaseSpan()
    if let since = text("since") {
      guard let release = ReleaseVersion(since) else { return nil }
      span.since = release
    }
    if let until = text("until") {
      guard let release = ReleaseVersion(until) else { return nil }
      span.until = release
    }
    var setting: Setting?
    if let node = node.value(at: "setting") {
      guard let name = node.value(at: "name")?.stringValue, let label = node.value(at: "label")?.stringValue else {
        return nil
      }
      setting = Setting(name: name.text, label: label.text)
    }
    let condition = text("only").flatMap { Condition(rawValue: $0) }
    if condition == nil, text("only") != nil { return nil }
    return DerivedImage(name: name, what: what, span: span, source: source, setting: setting, condition: condition)
  }

  private static func source(_ text: (ByteString) -> String?) -> Source? {
    switch (text("image"), text("of")) {
    case (let image?, nil): .repository(image)
    case (nil, "server"): .server
    case (nil, "agent"): .agent
    case (nil, let plugin?):
      if let name = text("sibling"), let otherwise = text("default") {
        .sibling(of: plugin, name: name, otherwise: otherwise)
      } else {
        nil
      }
    default: nil
    }
  }
}
