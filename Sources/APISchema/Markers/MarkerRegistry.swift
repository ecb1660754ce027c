import Files
import Synchronization

/// The markers that a release knows, by their names.
package struct MarkerRegistry: Sendable {
  /// A marker under one of its names.
  package struct Entry: Sendable {
    package let definition: MarkerDefinition
    let marker: any Marker.Type
  }

  private let dialect: Dialect
  private var ofPackages: [ByteString: Entry] = [:]
  private var ofTypes: [ByteString: Entry] = [:]
  private var ofFields: [ByteString: Entry] = [:]

  /// Those that have been asked for.
  private static let made = Mutex<[ControllerGenVersion: MarkerRegistry]>([:])

  /// The markers that the release of a dialect knows.
  static func of(_ dialect: Dialect) -> MarkerRegistry {
    made.withLock { made in
      if let known = made[dialect.version] { return known }
      let registry = MarkerRegistry(dialect)
      made[dialect.version] = registry
      return registry
    }
  }

  package init(_ dialect: Dialect) {
    self.dialect = dialect
    for entry in Self.all where entry.definition.since <= dialect.version {
      let definition = entry.definition.known(to: dialect.version)
      let known = Entry(definition: definition, marker: entry.marker)
      if definition.targets.contains(.package) { ofPackages[definition.name] = known }
      if definition.targets.contains(.type) { ofTypes[definition.name] = known }
      if definition.targets.contains(.field) { ofFields[definition.name] = known }
    }
  }

  /// All markers of all releases, in order of their names.
  package static let all: [Entry] = {
    let types: [any Marker.Type] = [
      Markers.GroupName.self, Markers.VersionName.self, Markers.SkipPackage.self, Markers.Optional.self,
      Markers.Required.self, Markers.OptionalByDefault.self, Markers.RequiredByDefault.self,
      Markers.Maximum.self, Markers.Minimum.self, Markers.ExclusiveMaximum.self, Markers.ExclusiveMinimum.self,
      Markers.MultipleOf.self,
      Markers.MaxLength.self, Markers.MinLength.self, Markers.Pattern.self, Markers.MaxItems.self,
      Markers.MinItems.self, Markers.UniqueItems.self,
      Markers.MaxProperties.self, Markers.MinProperties.self, Markers.Enum.self, Markers.EnumOfConstants.self,
      Markers.EnumOnField.self, Markers.Format.self, Markers.TypeName.self,
      Markers.Nullable.self, Markers.Default.self, Markers.KubernetesDefault.self, Markers.Example.self,
      Markers.Title.self, Markers.ExternalDocs.self,
      Markers.PreserveUnknownFields.self, Markers.EmbeddedResource.self, Markers.IntOrString.self,
      Markers.Schemaless.self,
      Markers.Validation.self, Markers.Immutable.self, Markers.AtMostOneOf.self, Markers.ExactlyOneOf.self,
      Markers.AtLeastOneOf.self,
      Markers.ListType.self, Markers.ListMapKey.self, Markers.MapType.self, Markers.StructType.self,
      Markers.Resource.self, Markers.PrintColumn.self, Markers.SubresourceStatus.self, Markers.SubresourceScale.self,
      Markers.StorageVersion.self,
      Markers.SkipVersion.self, Markers.UnservedVersion.self, Markers.DeprecatedVersion.self, Markers.Metadata.self,
      Markers.SelectableField.self,
    ]
    return types.flatMap { type in type.definitions.map { Entry(definition: $0, marker: type) } }
      .sorted { $0.definition.name < $1.definition.name }
  }()

  /// The marker that `text` names, if there is one for that target.
  package func entry(for text: MarkerText, on target: MarkerTargets) -> Entry? {
    let entries = target == .package ? ofPackages : target == .type ? ofTypes : ofFields
    return entries[text.fullName] ?? (text.shortName == text.fullName ? nil : entries[text.shortName])
  }

  /// Reads the arguments of a marker.
  func marker(_ entry: Entry, _ text: MarkerText) throws(MarkerMistake) -> any Marker {
    let arguments = entry.definition.arguments
    if let first = arguments.first, case .json = first.type {
      return entry.marker.init(try Markers.KubernetesDefault.arguments(text.arguments))
    }
    if arguments.isEmpty && text.arguments.isEmpty { return entry.marker.init(MarkerArguments()) }
    var rest = text.arguments
    if let first = arguments.first, !first.name.isEmpty, let argument = text.lastName {
      rest = argument.appending("=").appending(rest)
    }
    var parser = MarkerArgumentParser(rest, dialect: dialect)
    return entry.marker.init(try parser.parse(arguments))
  }
}
