package import Files

/// A type of a package, with its markers.
package final class TypeDeclaration {
  /// Its number among all types of a run.
  let id: Int
  let scope: PackageScope
  let type: APIType
  let markers: MarkerSet
  /// The fields, if it is a structure.
  let fields: [FieldDeclaration]

  init(id: Int, scope: PackageScope, type: APIType, markers: MarkerSet, fields: [FieldDeclaration]) {
    self.id = id
    self.scope = scope
    self.type = type
    self.markers = markers
    self.fields = fields
  }

  var name: ByteString { type.name }

  /// Whether it is defined as `string`, by whatever way within its package.
  var isString: Bool {
    var definition = type.definition
    for _ in 0..<PackageScope.maximumChain {
      guard case .named(let name) = definition.form else { return false }
      guard let next = scope.type(named: name) else { return name == "string" }
      definition = next.definition
    }
    return false
  }
}

/// A field with its markers.
struct FieldDeclaration {
  let field: APIField
  let markers: MarkerSet
}

/// A package whose types are in use.
package final class PackageScope {
  package let package: any APIPackage
  /// Its number among all packages of a run.
  let index: Int
  /// What the root belongs to that needs it, where that matters.
  let origin: Int
  /// Whether the markers in it count.
  let hasMarkers: Bool
  let markers: MarkerSet
  /// The group and version of its types; nothing if they have none.
  let groupVersion: GroupVersion?
  /// Whether the package says that nothing is to be made of it.
  var isSkipped: Bool { markers.first(Markers.SkipPackage.self) != nil }
  /// Whether its types can be used; nothing until somebody needs one.
  var isUsable: Bool?
  /// Whether fields may be missing unless they say otherwise.
  let isOptionalByDefault: Bool
  /// The packages that it imports, as far as they are in use.
  var imports: [ByteString: PackageScope] = [:]
  private let names: Set<ByteString>
  private var read: [ByteString: APIType] = [:]
  /// What could not be read.
  private(set) var failures = Diagnostics()

  /// How many names may stand for each other one after the other.
  static let maximumChain = 100

  init(
    _ package: any APIPackage, index: Int, origin: Int, hasMarkers: Bool, markers: MarkerSet,
    groupVersion: GroupVersion?
  ) {
    self.package = package
    self.index = index
    self.origin = origin
    self.hasMarkers = hasMarkers
    self.markers = markers
    self.groupVersion = groupVersion
    isOptionalByDefault = markers.first(Markers.OptionalByDefault.self) != nil
    names = Set(package.typeNames)
  }

  /// The type of that name; nothing if the package declares none, or none that can be read.
  func type(named name: ByteString) -> APIType? {
    if let type = read[name] { return type }
    guard names.contains(name) else { return nil }
    do {
      guard let type = try package.type(named: name) else { return nil }
      read[name] = type
      return type
    } catch {
      failures.append(contentsOf: error)
      return nil
    }
  }

  /// Whether it declares a type of that name.
  func declares(_ name: ByteString) -> Bool { names.contains(name) }

  func takeFailures() -> Diagnostics {
    defer { failures = Diagnostics() }
    return failures
  }
}

/// The group and version of an API.
package struct GroupVersion: Hashable, Sendable {
  package var group: ByteString
  package var version: ByteString
}
