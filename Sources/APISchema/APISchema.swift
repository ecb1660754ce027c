/// The compiler from API type definitions to CustomResourceDefinitions with structural schemas.
///
/// What lives here, in the order in which data flows: `Definitions` (types as a front end read them: fields, tags,
/// comments), `Markers` (kubebuilder's marker language: one type a marker), `Schema` (OpenAPI v3 schemas with
/// references), `Flatten` (references and `allOf` resolved) and `CustomResource` (the manifests). What differs between
/// releases of controller-gen stands in `Dialect`.
///
/// May import: Files, YAML. Start reading at `Definitions/APIPackage.swift`.
