import APISchema
import ArgumentParser
import Files

/// An option of controller-gen's generator `crd`: which releases know it, and what it changes.
struct GeneratorOption: Sendable {
  /// The release that brought it.
  private let since: ControllerGenVersion
  /// The release that dropped it, if one did.
  private var end: ControllerGenVersion?
  private let change: @Sendable (inout GeneratorOptions, _ name: String, _ value: String) throws -> Void

  /// The most that a header may hold, in bytes.
  private static let largestHeader = 1 << 20

  private static let byName: [String: GeneratorOption] = [
    "crdVersions": GeneratorOption(since: .oldest) { options, _, value in
      options.customResourceVersions = ControllerGenArgument.list(value.replacing(",", with: ";")).map {
        ByteString($0)
      }
    },
    "maxDescLen": GeneratorOption(since: .oldest) { options, name, value in
      guard let length = Int(value) else { throw ValidationError("'\(value)' is no number for \(name)") }
      options.maximumDescriptionLength = length
    },
    "headerFile": GeneratorOption(since: ControllerGenVersion(0, 12, 0)) { options, _, value in
      options.header = try Disk.read(value, limit: largestHeader)
    },
    "year": GeneratorOption(since: ControllerGenVersion(0, 12, 0)) { options, _, value in
      options.year = ByteString(value)
    },
    "allowDangerousTypes": flag(since: ControllerGenVersion(0, 4, 0)) { $0.allowsDangerousTypes = $1 },
    "generateEmbeddedObjectMeta": flag(since: ControllerGenVersion(0, 6, 0)) { $0.generatesEmbeddedObjectMeta = $1 },
    "ignoreUnexportedFields": flag(since: ControllerGenVersion(0, 9, 0)) { $0.ignoresUnexportedFields = $1 },
    "deprecatedV1beta1CompatibilityPreserveUnknownFields": flag(since: ControllerGenVersion(0, 15, 0)) {
      $0.deprecatedPreserveUnknownFields = $1
    },
    "trivialVersions": flag(since: .oldest, end: ControllerGenVersion(0, 7, 0)) { $0.trivialVersions = $1 },
    "preserveUnknownFields": flag(since: .oldest, end: ControllerGenVersion(0, 7, 0)) {
      $0.preserveUnknownFields = $1
    },
  ]

  /// Sets the option `name`, as controller-gen spells it, for a release.
  static func set(
    _ name: String, _ value: String, in options: inout GeneratorOptions, for version: ControllerGenVersion
  ) throws {
    guard let option = byName[name] else { throw ValidationError("the generator crd has no option '\(name)'") }
    if version < option.since {
      throw ValidationError("controller-gen \(version) has no option '\(name)': \(option.since) brought it")
    }
    if let end = option.end, version >= end {
      throw ValidationError("controller-gen \(version) has no option '\(name)': \(end) dropped it")
    }
    try option.change(&options, name, value)
  }

  private static func flag(
    since: ControllerGenVersion, end: ControllerGenVersion? = nil,
    _ change: @escaping @Sendable (inout GeneratorOptions, Bool) -> Void
  ) -> GeneratorOption {
    GeneratorOption(since: since, end: end) { options, name, value in
      switch value {
      case "true": change(&options, true)
      case "false": change(&options, false)
      default: throw ValidationError("'\(name)' is true or false, not '\(value)'")
      }
    }
  }
}
