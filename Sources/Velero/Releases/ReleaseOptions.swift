package import Files
import Kubernetes
import YAML

/// What Velero's processes understand in which release: `releases/options.lib.yml` of the bundle.
package struct ReleaseOptions: Sendable {
  /// What is listed apart.
  package enum Group: String, Sendable, CaseIterable {
    /// Arguments that the server and the agent have in common.
    case processArguments = "process_arguments"
    case serverArguments = "server_arguments"
    case agentArguments = "agent_arguments"
    /// What `--features` can name.
    case features
    /// What `--disable-controllers` can name.
    case controllers
    /// The JSON that `--node-agent-configmap` leads to.
    case nodeAgentSettings = "node_agent_settings"
    /// The JSON that `--repo-maintenance-job-configmap` leads to.
    case repositoryMaintenanceSettings = "repository_maintenance_settings"
    /// The JSON that `--backup-repository-configmap` leads to.
    case backupRepositorySettings = "backup_repository_settings"
  }

  /// What a value in JSON has to be.
  package enum ValueType: String, Sendable { case text, number, flag, any }

  /// One thing that some releases understand.
  package struct Option: Sendable {
    package var name: String
    package var span: ReleaseSpan
    /// What other releases have in its place.
    package var instead: String?
    /// Of a key in JSON.
    package var type: ValueType?
  }

  private let groups: [String: [Option]]

  /// Reads the file of a bundle's `config/`.
  /// - Throws: a diagnostic if it is missing, and for each group that is not as the file's head describes it.
  package init(bundle: FileSet) throws(Diagnostics) {
    let read = try CatalogueReader(bundle, "releases/options.lib.yml").entries(Self.group)
    groups = Dictionary(read.map { ($0.name, $0.options) }) { first, _ in first }
  }

  /// Everything of a group, whichever release understands it.
  package func all(_ group: Group) -> [Option] { groups[group.rawValue] ?? [] }

  /// What a release understands.
  package func known(_ group: Group, in release: ReleaseVersion) -> [Option] {
    all(group).filter { $0.span.contains(release) }
  }

  /// Whether a release understands the option of that name.
  func knows(_ name: String, _ group: Group, in release: ReleaseVersion) -> Bool {
    groups[group.rawValue]?.contains { $0.name == name && $0.span.contains(release) } ?? false
  }

  private static func group(_ name: String, _ node: Node) -> (name: String, options: [Option])? {
    guard Group(rawValue: name) != nil, case .sequence(let items) = node else { return nil }
    let options = items.compactMap { option($0.value) }
    return options.count == items.count ? (name, options) : nil
  }

  private static func option(_ node: Node) -> Option? {
    guard let name = node.value(at: "name")?.stringValue else { return nil }
    var span = ReleaseSpan()
    var type: ValueType?
    if let since = node.value(at: "since") {
      guard let release = since.stringValue.flatMap({ ReleaseVersion($0.text) }) else { return nil }
      span.since = release
    }
    if let until = node.value(at: "until") {
      guard let release = until.stringValue.flatMap({ ReleaseVersion($0.text) }) else { return nil }
      span.until = release
    }
    if let text = node.value(at: "type") {
      type = text.stringValue.flatMap { ValueType(rawValue: $0.text) }
      if type == nil { return nil }
    }
    return Option(name: name.text, span: span, instead: node.value(at: "instead")?.stringValue?.text, type: type)
  }
}

extension ReleaseSpan: CustomStringConvertible {
  /// `v1.7.0 to v1.9.7`, `v1.10.0 or later`, `v1.9.7 or earlier`, `every release`.
  package var description: String {
    switch (since, until) {
    case (let since?, let until?): "\(since) to \(until)"
    case (let since?, nil): "\(since) or later"
    case (nil, let until?): "\(until) or earlier"
    case (nil, nil): "every release"
    }
  }
}
