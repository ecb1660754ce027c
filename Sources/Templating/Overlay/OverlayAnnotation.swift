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

/// What happens to the nodes that an overlay's node matches.
enum OverlayOperation {
  case merge
  case remove
  case replace(via: Value?, addsMissing: Bool)
  case insert(before: Bool, after: Bool, via: Value?)
  case append
  case assert(via: Value?)

  /// The operation that a node asks for: merging, if it asks for none.
  init(_ annotations: NodeAnnotations?, of kind: OverlayKind) throws(Failure) {
    guard let annotations else {
      self = .merge
      return
    }
    var found: OverlayOperation?
    for annotation in annotations.list where annotation.name.hasPrefix(OverlayAnnotation.prefix) {
      guard let operation = try OverlayOperation(annotation, of: kind) else { continue }
      if found != nil { throw .twoOperations }
      found = operation
    }
    self = found ?? .merge
  }

  private init?(_ annotation: Annotation, of kind: OverlayKind) throws(Failure) {
    switch annotation.name {
    case OverlayAnnotation.merge: self = .merge
    case OverlayAnnotation.remove: self = .remove
    case OverlayAnnotation.append: self = .append
    case OverlayAnnotation.replace: self = try Self.replace(annotation)
    case OverlayAnnotation.insert where kind == .mapItem:
      // Not allowed there, whatever its arguments are.
      self = .insert(before: false, after: false, via: nil)
    case OverlayAnnotation.insert: self = try Self.insert(annotation)
    case OverlayAnnotation.assert: self = try Self.assert(annotation)
    default: return nil
    }
  }

  private static func replace(_ annotation: Annotation) throws(Failure) -> OverlayOperation {
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

  private static func insert(_ annotation: Annotation) throws(Failure) -> OverlayOperation {
    if annotation.arguments.keyword.isEmpty { throw .insertWithoutArguments }
    var before = false
    var after = false
    var via: Value?
    for argument in annotation.arguments.keyword {
      switch argument.name {
      case "before": before = try argument.value.requireBool()
      case "after": after = try argument.value.requireBool()
      case "via": via = try function(argument.value, "via", annotation.name)
      default: throw .unknownArgument(argument.name, of: annotation.name)
      }
    }
    return .insert(before: before, after: after, via: via)
  }

  private static func assert(_ annotation: Annotation) throws(Failure) -> OverlayOperation {
    var via: Value?
    for argument in annotation.arguments.keyword {
      guard argument.name == "via" else { throw .unknownArgument(argument.name, of: annotation.name) }
      via = try function(argument.value, "via", annotation.name)
    }
    return .assert(via: via)
  }

  private static func function(
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
