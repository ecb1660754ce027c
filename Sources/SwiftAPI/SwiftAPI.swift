/// API types in Swift sources, for the generator of CustomResourceDefinitions.
///
/// What lives here, in the order in which data flows: `Syntax` (sources as swift-syntax reads them, cut down to the types
/// they declare), `Releases` (which of it a release has) and `Packages` (that as the packages of types which `APISchema`
/// takes). Nothing here knows Velero: any Swift package of API types will do. A folder is a package; a structure whose
/// `metadata` is an `ObjectMeta` of Kubernetes is a kind.
///
/// Swift's types become those of a schema thus: what is optional is not required, enumerations with raw values are their
/// values, `CodingKeys` name the properties, `///` comments describe, and `// +` comments are kubebuilder's markers.
/// Three markers are read here and nowhere else: `+releases` (see `Releases/ReleaseRange.swift`), and `+schemaType` for
/// types and properties that the schema takes for something else.
///
/// All of it needs swift-syntax, and is there only with the package trait SwiftAPI. May import: Files, APISchema,
/// SwiftSyntax, SwiftParser, SwiftParserDiagnostics. Start reading at `Packages/SwiftModule.swift`.
