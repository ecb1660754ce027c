/// Velero's API in Swift: every kind of `velero.io/v1` and `velero.io/v2alpha1`, from Velero v1.7.0 to v1.18.1.
///
/// What lives here: in `V1` and `V2alpha1` the kinds, one a file, with the types that only they use; in `Kubernetes` what
/// they take from the API of Kubernetes itself. All are `Codable`: their coding keys are the names in manifests, and
/// what is optional in the manifest is optional in Swift. May import: the standard library.
///
/// These sources are also what Velero's CustomResourceDefinitions are generated from (`make generate`). What a type
/// can't say stands above it in markers: comments that begin with a plus sign. They are those of kubebuilder, and three
/// more:
///
/// - `+releases=v1.10.0...`, `+releases=...v1.9.7` or `+releases=v1.8.0...v1.10.3` alone on a line: the releases (the
///   first and the last included) that have the type, property or case below. Nothing stands for all of them.
/// - `+releases=v1.16.0... +listType=atomic`: the marker that follows counts in these releases only.
/// - `+schemaType=…`: what the schema takes the type or property for, if that is not what Swift says: another type of
///   these sources, or one of Kubernetes that generators know by name.
///
/// A comment that stands for itself may say of its folder `+groupName` and `+versionName`. Start reading at
/// `V1/Backup.swift`.
