import Carvel
import Files
import Kubernetes
import YAML

/// The objects with which kapp-controller installs an environment: a PackageInstall that renders it from the
/// environment's values in the cluster, or an App that deploys the rendered tree from git; and the account that may.
///
/// They lie in a directory of their own in the rendered tree: what they make of the cluster is the rest of the tree.
struct KappControllerObjects {
  let inputs: EnvironmentInputs
  let settings: KappControllerSettings
  /// The release of Velero, with its v; empty where the values name none.
  let release: ByteString

  /// The name of all objects that there is one of.
  private static let name: ByteString = "velero"

  private var namespace: ByteString { settings.namespace ?? "velero-install" }
  /// Names as kctrl forms them.
  private func named(_ what: ByteString) -> ByteString { ByteString("\(Self.name)-\(namespace)-\(what)") }

  /// The files, by their paths in the rendered tree.
  /// - Throws: what keeps the environment from being installed so.
  func files() throws(Diagnostics) -> [FileSet.File] {
    let nodes = account + (settings.repository == nil ? try packageInstall() : [app])
    var objects: [KubernetesObject] = []
    for node in nodes { objects.append(try KubernetesObject(node)) }
    let set = try ObjectSet(objects)
    let layout = try Layout(set)
    var files = [FileSet.File(path: Layout.kustomization, contents: layout.kustomizationText)]
    for (object, path) in zip(set.objects, layout.paths) {
      var out = ByteBuffer()
      YAML.print(object.content, into: &out)
      files.append(FileSet.File(path: path, contents: out.finish()))
    }
    let directory = Engine.kappControllerName
    return files.map { FileSet.File(path: directory.appendingPath($0.path), contents: $0.contents) }
  }

  /// The namespace, and the service account that kapp-controller acts as. Whoever gives Velero's server the role
  /// cluster-admin must have it.
  private var account: [Node] {
    let subject: [(ByteString, Node)] = [
      ("kind", .string("ServiceAccount")), ("name", .string(named("sa"))), ("namespace", .string(namespace)),
    ]
    let role: [(ByteString, Node)] = [
      ("apiGroup", .string("rbac.authorization.k8s.io")), ("kind", .string("ClusterRole")),
      ("name", .string("cluster-admin")),
    ]
    return [
      object("v1", "Namespace", namespace, []),
      object("v1", "ServiceAccount", named("sa"), in: namespace, []),
      object(
        "rbac.authorization.k8s.io/v1", "ClusterRoleBinding", named("cluster-rolebinding"),
        [
          ("roleRef", .configuration(role)), ("subjects", .sequence([SequenceItem(.configuration(subject))])),
        ]),
    ]
  }

  // MARK: PackageInstall

  /// The PackageInstall with the Secrets that hold values and overlays. They hold what lies in git beside them, and no
  /// value that came from a Secret.
  private func packageInstall() throws(Diagnostics) -> [Node] {
    let package: PackageName
    do throws(Diagnostic) {
      package = try PackageName(settings.package ?? ByteString(ReleasePackages.defaultName))
      if settings.version == nil, release.isEmpty { throw .noVersion(inputs.name) }
      if settings.secretValues == nil, let secret = inputs.values.first(where: \.isOfSecret) {
        throw .secretValues(inputs.name, secret)
      }
      for overlay in inputs.overlays where !overlay.path.isYAML { throw .notYAML(overlay) }
    } catch {
      throw Diagnostics(error)
    }
    let values = secret(named("values"), inputs.values.filter { !$0.isOfSecret })
    let overlays = inputs.overlays.isEmpty ? nil : secret(named("overlays"), inputs.overlays)
    let install = PackageInstall(
      name: Self.name, namespace: namespace, package: package,
      constraints: settings.version ?? ByteString("\(release.text.dropFirst())+sailplan.1"),
      serviceAccount: named("sa"), values: (settings.secretValues ?? []) + [named("values")],
      overlays: overlays == nil ? nil : named("overlays"), syncPeriod: settings.syncPeriod)
    return [install.node, values] + (overlays.map { [$0] } ?? [])
  }

  /// A Secret with files under keys that keep their order.
  private func secret(_ name: ByteString, _ files: [WorkspaceFile]) -> Node {
    let entries = files.enumerated().map { index, file in
      (ByteString("\(index < 10 ? "0" : "")\(index)-\(file.path.key)"), Node.string(file.contents))
    }
    return object("v1", "Secret", name, in: namespace, [("stringData", .configuration(entries))])
  }

  // MARK: App

  /// The App that deploys the rendered tree, without these objects.
  private var app: Node {
    let directory = filled(settings.directory) ?? inputs.name.rendered
    let fetch = AppSpec.Fetch.git(
      url: settings.repository ?? .empty, ref: filled(settings.reference) ?? "origin/main",
      directory: directory == "." ? .empty : directory, secret: settings.repositorySecret)
    let marks: [ByteString] = [
      Layout.kustomization.appending(":exclude=true"), Engine.kappControllerName.appending("/**/*:exclude=true"),
    ]
    let app = App(
      name: Self.name, namespace: namespace, serviceAccount: named("sa"),
      spec: AppSpec(
        fetch: [fetch], template: [.ytt(AppSpec.Ytt(fileMarks: marks, ignoresUnknownComments: true))],
        deploy: [.kapp(rawOptions: [])]),
      syncPeriod: settings.syncPeriod)
    return app.node
  }

  /// The text with the environment's name in the place that it has for it.
  private func filled(_ text: ByteString?) -> ByteString? {
    text.map { ByteString($0.text.replacing("{environment}", with: inputs.name.path.text)) }
  }

  private func object(
    _ apiVersion: ByteString, _ kind: ByteString, _ name: ByteString, in namespace: ByteString? = nil,
    _ fields: [(ByteString, Node)]
  ) -> Node {
    let metadata: [(ByteString, Node)] =
      [("name", .string(name))] + (namespace.map { [("namespace", .string($0))] } ?? [])
    return .configuration(
      [("apiVersion", .string(apiVersion)), ("kind", .string(kind)), ("metadata", .configuration(metadata))] + fields)
  }
}

extension ByteString {
  /// The name of a file as the key of a Secret: letters, digits, `.`, `_` and `-`.
  fileprivate var key: String {
    let name = pathComponents.last?.text ?? ""
    return String(
      name.map { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) ? $0 : "-" })
  }

  /// Whether it names a file that ytt takes for YAML and renders, and none that others load.
  fileprivate var isYAML: Bool {
    (hasSuffix(".yaml") || hasSuffix(".yml")) && !text.contains(".lib.")
  }
}

extension Diagnostic {
  fileprivate static func noVersion(_ name: EnvironmentName) -> Diagnostic {
    Diagnostic(
      "\(name) does not say which version of the package it is to have: its values name no velero.version",
      hint: "name it in environment.yaml: 'kappController: {version: 1.18.1+sailplan.1}'")
  }

  fileprivate static func secretValues(_ name: EnvironmentName, _ file: WorkspaceFile) -> Diagnostic {
    Diagnostic(
      "\(name) takes values from a Secret (\(file.path)), which kapp-controller would get in plain text",
      hint:
        "put them into a Secret in the cluster and name it in environment.yaml: 'kappController: {secretValues: [NAME]}'"
    )
  }

  fileprivate static func notYAML(_ file: WorkspaceFile) -> Diagnostic {
    Diagnostic(
      "kapp-controller cannot be given \(file.path): files that others load have other paths there",
      hint: "write what it holds into the overlays themselves; or let an App deploy the rendered tree: 'repository'")
  }
}
