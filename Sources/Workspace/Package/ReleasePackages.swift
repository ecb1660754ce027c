package import Carvel
package import Files
import Kubernetes
import Templating
package import Velero
import YAML

/// Packages of Velero's releases for kapp-controller: each installs one release from the bundle of templates that all
/// share.
package struct ReleasePackages: Sendable {
  package let name: PackageName
  /// The bundle in a registry, by digest.
  package let image: ByteString
  /// Which edition of the packages it is: a bundle that changed gives the same releases anew.
  package let revision: Int
  /// When they are released, as RFC 3339 has it; nothing where nobody says.
  package let releasedAt: ByteString?
  private let catalogue: ReleaseCatalogue
  private let templates: [InputFile]
  /// Whether the bundle can annotate objects for kapp.
  private let annotates: Bool

  /// The package's name unless another is given.
  package static let defaultName = "velero.sailplan.dev"

  /// - Throws: what is wrong with the bundle's data about releases.
  package init(
    of bundle: Bundle, name: PackageName, image: ByteString, revision: Int = 1, releasedAt: ByteString? = nil
  ) throws(Diagnostics) {
    self.name = name
    self.image = image
    self.revision = revision
    self.releasedAt = releasedAt
    catalogue = try ReleaseCatalogue(bundle: bundle.files)
    templates = bundle.files.files.map { InputFile(path: $0.path, contents: $0.contents) }
    annotates = try KappAnnotations.areKnown(to: templates)
  }

  /// The releases that there can be packages of, newest first.
  package var releases: [ReleaseVersion] { catalogue.releases }

  /// The release that a text names.
  /// - Throws: a diagnostic that names releases near to it.
  package func release(named text: String) throws(Diagnostic) -> ReleaseVersion { try catalogue.release(named: text) }

  /// The version of the package of a release: `1.18.1+sailplan.1`.
  package func version(of release: ReleaseVersion) throws(Diagnostic) -> PackageVersion {
    try PackageVersion(ByteString("\(release.description.dropFirst())+sailplan.\(revision)"))
  }

  /// What all packages share.
  package var metadata: PackageMetadata {
    PackageMetadata(
      name, displayName: "Velero", shortDescription: "Backs up, restores and migrates clusters and their volumes",
      longDescription: """
        Velero keeps copies of a cluster's objects and volumes in an object store, and brings them back, there or in \
        another cluster. The package installs the server with the plugin of the provider that its values name: aws, \
        azure, gcp, vsphere, kind, or one of your own.
        """,
      providerName: "Sailplan", maintainers: ["Sailplan"], categories: ["backup", "disaster recovery", "migration"],
      supportDescription: "Velero's documentation is at https://velero.io/docs")
  }

  /// The package of a release.
  /// - Throws: what is wrong with the bundle's templates.
  package func package(of release: ReleaseVersion) throws(Diagnostics) -> Package {
    let version: PackageVersion
    do throws(Diagnostic) {
      version = try self.version(of: release)
    } catch {
      throw Diagnostics(error)
    }
    let minor = catalogue.minor(of: release)
    let oldest = minor.map { ByteString(">=\($0.kubernetes.oldest).0") }
    return Package(
      name, version, template: steps(installing: release), licenses: ["Apache-2.0"],
      releaseNotes: releaseNotes(release, minor), releasedAt: releasedAt,
      includedSoftware: software(release, minor), kubernetesVersions: oldest ?? .empty,
      valuesSchema: try valuesSchema(of: release))
  }

  /// What kapp-controller does to install a release.
  private func steps(installing release: ReleaseVersion) -> AppSpec {
    AppSpec(
      fetch: [.imgpkgBundle(image: image)],
      template: [
        .ytt(AppSpec.Ytt(paths: ["config"], inline: [schemaFile(of: release)])),
        .kbld(paths: ["-", ".imgpkg/images.yml"]),
      ],
      deploy: [.kapp(rawOptions: [])])
  }

  /// A schema that makes a release the only one that the bundle takes, and has objects annotated for kapp unless values say
  /// otherwise.
  private func schemaFile(of release: ReleaseVersion) -> AppSpec.InlineFile {
    AppSpec.InlineFile(
      path: "release.yaml",
      contents: ByteString(
        """
        #@data/values-schema
        ---
        velero:
          #@overlay/replace
          #@schema/desc "The release that this package installs."
          #@schema/validation one_of=["\(release)"]
          version: \(release)

        """
      ).appending(annotates ? KappAnnotations.values : .empty))
  }

  /// The schema of a package's values, as OpenAPI has it: that of the bundle with the release as the default.
  private func valuesSchema(of release: ReleaseVersion) throws(Diagnostics) -> Node? {
    let file = schemaFile(of: release)
    let input = RenderInput(
      files: templates + [InputFile(path: file.path, contents: file.contents)], dataValues: DataValueArguments())
    return try Rendering.schema(input).openAPI.value.value(at: "components", "schemas", "dataValues")
  }

  private func software(_ release: ReleaseVersion, _ minor: ReleaseCatalogue.Minor?) -> [Package.Software] {
    let velero = Package.Software(name: "Velero", version: ByteString(release.description), description: "the server")
    let plugins = (minor?.plugins ?? []).map { plugin in
      let parts = plugin.image.split(separator: ":", maxSplits: 1)
      return Package.Software(
        name: ByteString(parts.first.map(String.init) ?? plugin.image),
        version: ByteString(parts.count == 2 ? String(parts[1]) : ""),
        description: ByteString("the plugin for \(plugin.name), where the values ask for it"))
    }
    return [velero] + plugins
  }

  private func releaseNotes(_ release: ReleaseVersion, _ minor: ReleaseCatalogue.Minor?) -> ByteString {
    let tested = minor?.kubernetes.tested ?? []
    let clusters = tested.isEmpty ? "" : " Its makers tested it on Kubernetes \(tested.joined(separator: ", "))."
    return ByteString(
      "Velero \(release): https://github.com/vmware-tanzu/velero/releases/tag/\(release).\(clusters)")
  }
}
