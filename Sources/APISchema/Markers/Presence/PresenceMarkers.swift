import Files

extension Markers {
  /// A field that may be missing.
  struct Optional: Marker {
    static let definitions = [
      MarkerDefinition("kubebuilder:validation:Optional", on: .field, "lets the field be missing"),
      MarkerDefinition("optional", on: .field, "lets the field be missing"),
      MarkerDefinition("k8s:optional", on: .field, since: .v0(20), "lets the field be missing"),
    ]
    init(_ arguments: MarkerArguments) {}
  }

  /// A field that must be there.
  struct Required: Marker {
    static let definitions = [
      MarkerDefinition("kubebuilder:validation:Required", on: .field, "requires the field, whatever its tag says"),
      MarkerDefinition("required", on: .field, since: .v0(16), "requires the field, whatever its tag says"),
      MarkerDefinition("k8s:required", on: .field, since: .v0(20), "requires the field, whatever its tag says"),
    ]
    init(_ arguments: MarkerArguments) {}
  }

  /// A package whose fields may be missing unless they say otherwise.
  struct OptionalByDefault: Marker {
    static let definitions = [
      MarkerDefinition(
        "kubebuilder:validation:Optional", on: .package, "lets the package's fields be missing unless they are marked")
    ]
    init(_ arguments: MarkerArguments) {}
  }

  /// A package whose fields must be there unless they say otherwise, which is so without it.
  struct RequiredByDefault: Marker {
    static let definitions = [
      MarkerDefinition(
        "kubebuilder:validation:Required", on: .package, "requires the package's fields unless their tags say otherwise"
      )
    ]
    init(_ arguments: MarkerArguments) {}
  }
}
