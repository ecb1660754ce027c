/// What one release of controller-gen does where releases differ.
///
/// Everything is decided here, once, from the version: no other code compares versions. The markers and arguments that a
/// release knows stand with the markers.
package struct Dialect: Sendable {
  /// The release that is followed; it stands in an annotation of every manifest.
  package let version: ControllerGenVersion

  // Loading.

  /// `...` in a path matches in modules below the main one, too.
  package let entersModules: Bool
  /// It was run with releases of Go in whose documentation names were no links yet.
  package let precedesDocumentationLinks: Bool

  // Markers.

  /// `-5` is a number.
  let readsNegativeNumbersInMarkers: Bool
  /// `1.5` is a number, and bounds may be such.
  let readsFloatsInMarkers: Bool
  /// Numbers are tokens also within strings without quotes, where malformed ones then are errors.
  let readsNumbersInBareStrings: Bool
  /// `{}` is an empty map rather than nothing, and on a list an empty list.
  let readsEmptyMapsInMarkers: Bool
  /// Only the first of several packages on the command line sees the markers of a package that they share.
  let seesSharedMarkersOnce: Bool
  /// A set of a list makes its items atomic.
  let makesItemsOfSetsAtomic: Bool
  /// Lengths and patterns may be applied to what is an integer or a string.
  let boundsLengthOfIntOrString: Bool
  /// Patterns may be applied to what is an integer or a string.
  let matchesIntOrString: Bool
  /// Values for the items of a list make controller-gen crash.
  let crashesOnEnumOfItems: Bool

  // Schemas.

  /// `k8s:required`, `required` and `kubebuilder:validation:Required` make a field required whatever its tag says.
  let letsMarkersRequireFields: Bool
  /// Lists the required fields of a structure in order of their bytes, also where nothing is merged.
  let sortsRequiredFields: Bool
  /// A type that marshals itself and has a marker for its type has the schema that its markers say.
  let honorsJSONMarshalers: Bool
  /// Such a type has the type `Any` unless a marker says otherwise, and never the schema of its fields.
  let takesJSONMarshalersForAny: Bool
  /// A type that writes itself as text is a string.
  let honorsTextMarshalers: Bool
  /// Maps may hold pointers.
  let allowsMapsOfPointers: Bool
  /// Maps may hold maps, and lists of other things than strings.
  let allowsMapsOfMaps: Bool
  /// Floats are allowed if asked for.
  let knowsDangerousTypes: Bool
  /// Names of strings, numbers and truth values of the same package keep their type beside the reference, so that
  /// markers of fields can be checked against it.
  let keepsTypeOfNamedScalars: Bool
  /// A second name of a predeclared type keeps its own documentation and markers.
  let keepsAliasesOfScalars: Bool
  /// A second name in another package is looked up by that name, rather than by what it stands for.
  let keepsImportedAliases: Bool
  /// The markers of a type that is a pointer are applied twice.
  let appliesMarkersThroughPointers: Bool
  /// A type that is defined as another named type keeps a reference to it.
  let leavesReferencesOfRenamedTypes: Bool
  /// `any` is an error rather than a crash.
  let reportsInterfaces: Bool
  /// Unknown fields of `RawExtension` are kept.
  let preservesRawExtension: Bool
  /// `core/v1.Protocol` has the default `TCP`.
  let defaultsProtocol: Bool
  /// A package without a group has the empty group rather than none.
  let writesEmptyGroups: Bool

  // Flattening.

  /// `x-kubernetes-map-type` of a field wins over that of its type.
  let letsFieldsSetMapType: Bool
  /// `x-kubernetes-preserve-unknown-fields` of a field wins over that of its type.
  let letsFieldsPreserveUnknown: Bool
  /// Rules of a field stand before those of its type.
  let joinsValidationRules: Bool
  /// Values of a type's enumeration win over those of a field.
  let keepsFirstEnumeration: Bool

  // Descriptions.

  let descriptions: DescriptionStyle
  /// A description that is cut ends at a word, with three dots.
  let cutsDescriptionsAtWords: Bool

  // Manifests.

  /// An empty line stands in front of `---`.
  let beginsWithEmptyLine: Bool
  /// `creationTimestamp: null` is printed.
  let printsCreationTimestamp: Bool
  /// An empty status is printed.
  let printsStatus: Bool
  /// Long lines are folded.
  let foldsLines: Bool
  /// Manifests of v1beta1 can be written.
  package let writesV1beta1: Bool
  /// Manifests are v1beta1 unless told otherwise.
  package let prefersV1beta1: Bool
  /// Manifests of v1beta1 have no defaults.
  let dropsDefaultsFromV1beta1: Bool
  let objectMetadata: ObjectMetadataStyle
  /// How plurals are made.
  let plurals: Plurals.Rules
  /// A header, and a year in it, may be given.
  let writesHeader: Bool

  /// How comments become descriptions.
  enum DescriptionStyle: Sendable {
    /// Lines are joined by blanks.
    case joined
    /// The same, without blanks at the ends of lines.
    case joinedTrimmed
    /// Lines are kept, empty ones twice.
    case linesDoubled
    /// Lines are kept; remarks for developers are left out.
    case lines
  }

  /// What stands for the metadata of the object itself.
  enum ObjectMetadataStyle: Sendable {
    /// What the type and the field give.
    case asIs
    /// The same without a description.
    case withoutDescription
    /// `type: object`
    case object
  }

  package init(_ version: ControllerGenVersion) {
    func since(_ minor: Int, _ patch: Int = 0) -> Bool { version >= ControllerGenVersion(0, minor, patch) }
    func before(_ minor: Int, _ patch: Int = 0) -> Bool { !since(minor, patch) }
    self.version = version

    entersModules = since(9)
    precedesDocumentationLinks = before(15)

    readsNegativeNumbersInMarkers = since(4, 1)
    readsFloatsInMarkers = since(9)
    readsNumbersInBareStrings = before(12)
    readsEmptyMapsInMarkers = since(14)
    seesSharedMarkersOnce = since(9) && before(12, 1)
    makesItemsOfSetsAtomic = since(11) && before(11, 1)
    boundsLengthOfIntOrString = since(17, 2)
    matchesIntOrString = since(7)
    crashesOnEnumOfItems = since(15) && before(16, 5)

    letsMarkersRequireFields = since(16)
    sortsRequiredFields = since(20)
    honorsJSONMarshalers = since(7)
    takesJSONMarshalersForAny = since(4) && before(4, 1)
    honorsTextMarshalers = since(17)
    allowsMapsOfPointers = since(4)
    allowsMapsOfMaps = since(7)
    knowsDangerousTypes = since(4)
    keepsTypeOfNamedScalars = since(20)
    keepsAliasesOfScalars = since(16, 5)
    keepsImportedAliases = since(17)
    appliesMarkersThroughPointers = before(20)
    leavesReferencesOfRenamedTypes = before(4)
    reportsInterfaces = since(21)
    preservesRawExtension = since(10)
    defaultsProtocol = since(4, 1) && before(16, 1)
    writesEmptyGroups = since(19)

    letsFieldsSetMapType = since(9, 2)
    letsFieldsPreserveUnknown = since(10)
    joinsValidationRules = since(16)
    keepsFirstEnumeration = since(21)

    descriptions = since(16) ? .lines : since(14) ? .linesDoubled : since(8) ? .joinedTrimmed : .joined
    cutsDescriptionsAtWords = since(17)

    beginsWithEmptyLine = before(8)
    printsCreationTimestamp = before(11, 4)
    printsStatus = before(9)
    foldsLines = !(since(5) && before(6))
    writesV1beta1 = before(7)
    prefersV1beta1 = before(4)
    dropsDefaultsFromV1beta1 = since(4, 1)
    objectMetadata = since(6) ? .object : since(5) ? .withoutDescription : .asIs
    plurals =
      since(12)
      ? .flect100
      : since(11) ? .flect030 : since(9) ? .flect025 : since(6, 1) ? .flect023 : since(5) ? .flect022 : .flect020
    writesHeader = since(12)
  }

  /// Which numbers the scanner of markers knows.
  var markerNumbers: MarkerScanner.Numbers { readsFloatsInMarkers ? [.integers, .floats] : [.integers] }
}
