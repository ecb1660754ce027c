import Files
import Starlark
import YAML

/// The names of the annotations that say what an overlay does.
enum OverlayAnnotation {
  static let prefix: ByteString = "overlay/"
  static let match: ByteString = "overlay/match"
  static let matchChildDefaults: ByteString = "overlay/match-child-defaults"
  static let merge: ByteString = "overlay/merge"
  static let remove: ByteString = "overlay/remove"
  static let replace: ByteString = "overlay/replace"
  static let insert: ByteString = "overlay/insert"
  static let append: ByteString = "overlay/append"
  static let assert: ByteString = "overlay/assert"
}

/// The operation that a node asks for, its arguments not read yet: what it matches is found out first.
struct OverlayRequest {
  enum Name {
    case merge, remove, replace, insert, append, assert
  }

  let name: Name
  private let annotation: Annotation?

  /// Merging, if the node asks for nothing. Fails if it asks for two things.
  init(_ annotations: NodeAnnotations?) throws(Failure) {
    var found: (name: Name, annotation: Annotation)?
    for annotation in annotations?.list ?? [] where annotation.name.hasPrefix(OverlayAnnotation.prefix) {
      guard let name = Self.name(annotation.name) else { continue }
      if let found, found.name != name { throw .twoOperations }
      found = (name, annotation)
    }
    name = found?.name ?? .merge
    annotation = found?.annotation
  }

  private static func name(_ annotation: ByteString) -> Name? {
    switch annotation {
    case OverlayAnnotation.merge: .merge
    case OverlayAnnotation.remove: .remove
    case OverlayAnnotation.replace: .replace
    case OverlayAnnotation.insert: .insert
    case OverlayAnnotation.append: .append
    case OverlayAnnotation.assert: .assert
    default: nil
    }
  }

  /// The operation with its arguments. Those of `insert` wait until nodes were matched.
  func operation() throws(Failure) -> OverlayOperation {
    guard let annotation else { return .merge }
    switch name {
    case .merge: return .merge
    case .remove: return .remove
    case .append: return .append
    case .insert: return .insert(annotation)
    case .replace: return try .replace(annotation)
    case .assert: return try .assert(annotation)
    }
  }
}

/// What happens to the nodes that an overlay's node matches.
enum OverlayOperation {
  case merge
  case remove
  case replace(via: Value?, addsMissing: Bool)
  case insert(Annotation)
  case append
  case assert(via: Value?)

  fileprivate static func replace(_ annotation: Annotation) throws(Failure) -> OverlayOperation {
    var via: Value?
    var addsMissing = false
    for argument in annotation.arguments.keyword {
      switch argument.name {
      case "via": via = try function(argument.value, "via", annotation.name)
      case "or_add": addsMissing = try argument.value.requireBool()
      default: throw .unknownArgument(argument.name, of: annotation.name)
      }
    }
    return .replace(via: via, addsMissing: addsMissing)
  }

  fileprivate static func assert(_ annotation: Annotation) throws(Failure) -> OverlayOperation {
    var via: Value?
    for argument in annotation.arguments.keyword {
      guard argument.name == "via" else { throw .unknownArgument(argument.name, of: annotation.name) }
      via = try function(argument.value, "via", annotation.name)
    }
    return .assert(via: via)
  }

  fileprivate static func function(
    _ value: Value, _ argument: ByteString, _ annotation: ByteString
  ) throws(Failure) -> Value {
    guard value.isCallable else {
      throw Failure(
        "Expected '\(annotation)' annotation keyword argument '\(argument)' to be function, but was \(value.hostTypeName)"
      )
    }
    return value
  }
}

/// Where `@overlay/insert` puts what it inserts.
struct OverlayInsertion {
  private(set) var isBefore = false
  private(set) var isAfter = false
  /// The function that makes the value.
  private(set) var via: Value?

  init(_ annotation: Annotation) throws(Failure) {
    if annotation.arguments.keyword.isEmpty { throw .insertWithoutArguments }
    for argument in annotation.arguments.keyword {
      switch argument.name {
      case "before": isBefore = try argument.value.requireBool()
      case "after": isAfter = try argument.value.requireBool()
      case "via": via = try OverlayOperation.function(argument.value, "via", annotation.name)
      default: throw .unknownArgument(argument.name, of: annotation.name)
      }
    }
  }
}

extension Value {
  /// The value as a `bool`; fails with what it was instead.
  func requireBool() throws(Failure) -> Bool {
    guard case .bool(let flag) = self else { throw Failure("expected starlark.Bool, but was \(hostTypeName)") }
    return flag
  }
}

extension Failure {
  fileprivate static var twoOperations: Failure { Failure("Expected to find only one overlay operation") }

  fileprivate static var insertWithoutArguments: Failure {
    Failure(
      "Expected 'overlay/insert' annotation to have at least one keyword argument (before=..., after=...)")
  }

  static func unknownArgument(_ argument: ByteString, of annotation: ByteString) -> Failure {
    Failure("Unknown '\(annotation)' annotation keyword argument '\(argument)'")
  }
}
