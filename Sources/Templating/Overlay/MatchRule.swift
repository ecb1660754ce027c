import Files
import Starlark
import YAML

/// Which nodes an overlay's node means: its `@overlay/match`, or what holds without one.
struct MatchRule {
  /// How candidates are tested; nothing means by an equal key.
  private(set) var by: Value?
  private(set) var count = MatchCount()
  /// Whether there is no annotation, so that an array item is simply added.
  private(set) var isAbsent = true

  /// Reads the annotation. `kind` decides what is allowed and what it means to have none.
  init(_ annotations: NodeAnnotations?, _ kind: OverlayKind, defaults: MatchCount) throws(Failure) {
    let annotation = annotations?[OverlayAnnotation.match]
    isAbsent = annotation == nil
    if annotation == nil && kind == .arrayItem {
      count = .none
      return
    }
    let arguments = annotation?.arguments.keyword ?? []
    if arguments.isEmpty && (kind == .arrayItem || kind == .document) { throw .matchWithoutArguments }
    for argument in arguments {
      if argument.name == "by" {
        by = argument.value
      } else if !count.take(argument.name, argument.value) {
        throw .unknownArgument(argument.name, of: OverlayAnnotation.match)
      }
    }
    count = count.filled(from: defaults)
    if case .string(let key) = by, kind == .arrayItem || kind == .mapItem { by = .object(MapKeyMatcher(key)) }
  }

  /// Fails unless the rule says how to match, where that has to be said.
  func check(_ kind: OverlayKind) throws(Failure) {
    if let by {
      if !by.isCallable && kind != .onlyDocument { throw .notAMatcher(by, kind) }
    } else if kind == .document || (kind == .arrayItem && !isAbsent) {
      throw .matchWithoutBy
    }
  }
}

/// What kind of node an overlay matches.
enum OverlayKind {
  case mapItem, arrayItem, document
  /// The one document of data values or of a schema, which matches the one on the left whatever it says.
  case onlyDocument
}

/// A node that an overlay can match and change.
protocol OverlayTarget {
  var value: Node { get set }
  var position: Position { get set }
  var annotations: Annotations? { get set }
}

extension MapItem: OverlayTarget {}
extension SequenceItem: OverlayTarget {}
extension Document: OverlayTarget {}

extension Failure {
  fileprivate static var matchWithoutArguments: Failure {
    Failure(
      "Expected 'overlay/match' annotation to have at least one keyword argument (by=..., expects=...)",
      hint: "say which nodes are meant, as in @overlay/match by=overlay.all")
  }

  fileprivate static var matchWithoutBy: Failure {
    Failure("Expected 'overlay/match' annotation keyword argument 'by' to be specified")
  }

  fileprivate static func notAMatcher(_ value: Value, _ kind: OverlayKind) -> Failure {
    let wanted = kind == .document ? "function" : "either string (for map key) or function"
    return Failure(
      "Expected 'overlay/match' annotation keyword argument 'by' to be \(wanted), but was \(value.hostTypeName)")
  }
}
