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
    Output()
  }
}
