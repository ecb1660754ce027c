package import Files

/// Makes CRD manifests of the API types that a front end reads, byte for byte as a release of controller-gen does.
package struct CustomResourceGenerator {
  /// A manifest.
  package struct File: Sendable {
    /// `GROUP_PLURAL.yaml`
    package var name: ByteString
    package var contents: ByteString

    package init(name: ByteString, contents: ByteString) {
      self.name = name
      self.contents = contents
    }
  }

  /// What a run gives: the manifests in the order of their kinds, and what is wrong with the types. Manifests are made
  /// of faulty types as well, where controller-gen makes them.
  package struct Output: Sendable {
    package var files: [File] = []
    package var diagnostics = Diagnostics()

    package init() {}
  }

  private let source: any APIPackageSource
  private let dialect: Dialect
  private let options: GeneratorOptions

  /// A run over the root packages of `source`.
  package init(source: any APIPackageSource, dialect: Dialect, options: GeneratorOptions = GeneratorOptions()) {
    self.source = source
    self.dialect = dialect
    self.options = options
  }

  /// Looks for kinds in the root packages and makes their manifests.
  package func generate() -> Output {
    var output = Output()
    let versions = options.customResourceVersions.isEmpty ? ["v1"] : options.customResourceVersions
    for version in versions where version != "v1" && !(version == "v1beta1" && dialect.writesV1beta1) {
      output.diagnostics.append(.unknownAPIVersion(version, dialect))
    }
    if versions.contains("v1"), options.preserveUnknownFields == true {
      output.diagnostics.append(.preservedInV1)
    }
    if output.diagnostics.hasErrors { return output }

    let schemas = SchemaBuilder(source: source, dialect: dialect, options: options)
    let kinds = KindFinder(schemas).kinds(in: source.roots)
    var resources = CustomResourceBuilder(schemas)
    for kind in kinds {
      let resource = resources.build(kind)
      if schemas.isFatal { break }
      output.files += files(of: resource, versions, schemas)
    }
    if schemas.isFatal { output.files = [] }
    output.diagnostics = schemas.diagnostics.withoutRepetitions
    return output
  }

  private func files(of resource: CustomResource, _ versions: [ByteString], _ schemas: SchemaBuilder) -> [File] {
    var resource = resource
    // A kind without versions leaves a stub behind.
    if resource.versions.isEmpty { resource = CustomResource(group: "", kind: "", plural: "", singular: "", scope: "") }
    return versions.enumerated().compactMap { index, version in
      let name = "\(resource.group)_\(resource.plural)" + (index == 0 ? ".yaml" : ".\(version).yaml")
      var printer = ManifestPrinter(
        dialect, header: header, maximumDescriptionLength: options.maximumDescriptionLength,
        namesRelease: options.namesRelease)
      if version == "v1" {
        printer.printV1(resource, preserveUnknownFields: options.deprecatedPreserveUnknownFields)
      } else {
        let isAlone = versions.count == 1
        let isLeftOpen = isAlone && options.preserveUnknownFields != false
        printer.printV1beta1(
          resource, preserveUnknownFields: isLeftOpen ? nil : false, isTrivial: options.trivialVersions)
      }
      if printer.isFull {
        schemas.reportFatal(.tooLarge(resource.kind))
        return nil
      }
      return File(name: ByteString(name), contents: printer.finish())
    }
  }

  private var header: ByteString {
    guard dialect.writesHeader, !options.header.isEmpty else { return .empty }
    let parts = options.header.text.split(separator: " YEAR", omittingEmptySubsequences: false)
    return parts.count == 1 ? options.header : ByteString(parts.joined(separator: " \(options.year)"))
  }
}

extension Diagnostics {
  /// Each of them once, where it came first.
  fileprivate var withoutRepetitions: Diagnostics {
    var seen: Set<Diagnostic> = []
    return Diagnostics(list.filter { seen.insert($0).inserted })
  }
}

extension Diagnostic {
  fileprivate static func unknownAPIVersion(_ version: ByteString, _ dialect: Dialect) -> Diagnostic {
    Diagnostic(
      "controller-gen \(dialect.version) does not write CRDs of apiextensions.k8s.io/\(version)",
      hint: dialect.writesV1beta1 ? "ask for v1 or v1beta1" : "ask for v1, or for a release before v0.7.0")
  }

  fileprivate static let preservedInV1 = Diagnostic(
    "preserveUnknownFields can only be true in manifests of v1beta1",
    hint: "mark the fields in which to keep unknown ones with +kubebuilder:pruning:PreserveUnknownFields")

  fileprivate static func tooLarge(_ kind: ByteString) -> Diagnostic {
    Diagnostic(
      "the manifest of \(kind) has more than \(ManifestPrinter.maximumSize >> 20) MB",
      hint: "types that use each other several times multiply; mark some as Schemaless")
  }
}
