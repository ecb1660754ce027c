import Files
import Starlark

/// How many nodes an overlay's node has to match: what `expects=`, `missing_ok=` and `when=` say.
struct MatchCount {
  var expects: Value?
  var missingOK: Value?
  var when: Value?

  /// A node without `@overlay/match`, in an array: it matches nothing and is added.
  static var none: MatchCount { MatchCount(expects: .int(0)) }

  /// Takes up a keyword argument; false if it is not one of the three.
  mutating func take(_ name: ByteString, _ value: Value) -> Bool {
    switch name {
    case "expects": expects = value
    case "missing_ok": missingOK = value
    case "when": when = value
    default: return false
    }
    return true
  }

  /// These, with what is left open taken from `defaults`.
  func filled(from defaults: MatchCount) -> MatchCount {
    MatchCount(
      expects: expects ?? defaults.expects, missingOK: missingOK ?? defaults.missingOK, when: when ?? defaults.when)
  }

  /// What `@overlay/match-child-defaults` of a node adds to those of its parent.
  static func childDefaults(_ annotations: NodeAnnotations?, parent: MatchCount) throws(Failure) -> MatchCount {
    guard let annotation = annotations?[OverlayAnnotation.matchChildDefaults] else { return parent }
    var count = MatchCount()
    for argument in annotation.arguments.keyword where !count.take(argument.name, argument.value) {
      throw .unknownArgument(argument.name, of: annotation.name)
    }
    return count.filled(from: parent)
  }

  /// Whether the overlay's node is to be applied to what it matched: false if `when=` does not hold. Fails if one of
  /// the others does not. `places` names the nodes matched.
  func allows(_ matched: Int, _ thread: Thread, places: () -> String) throws(Failure) -> Bool {
    guard expects != nil || missingOK != nil || when != nil else {
      if matched == 1 { return true }
      throw .matched(matched, wanted: "1", places(), hint: matched == 0 ? .mayBeMissing : nil)
    }
    if missingOK != nil && expects != nil { throw .exclusive("missing_ok", "expects") }
    if missingOK != nil && when != nil { throw .exclusive("missing_ok", "when") }
    if when != nil && expects != nil { throw .exclusive("when", "expects") }

    if let missingOK {
      guard case .bool(let mayMiss) = missingOK else { throw .missingOKNotBool }
      if matched == 1 || (mayMiss && matched == 0) { return true }
      throw .matched(matched, wanted: "1", places())
    }
    if let when {
      return try Self.mismatch(when, "when", matched, thread, places) == nil
    }
    if let expects, let failure = try Self.mismatch(expects, "expects", matched, thread, places) { throw failure }
    return true
  }

  /// Why `matched` is not a number that `wanted` describes; fails where `wanted` is not a description.
  private static func mismatch(
    _ wanted: Value, _ argument: ByteString, _ matched: Int, _ thread: Thread, _ places: () -> String
  ) throws(Failure) -> Failure? {
    switch wanted {
    case .int(let number):
      return number == matched ? nil : .matched(matched, wanted: String(number), places())
    case .string(let text):
      guard let minimum = text.minimumCount else { throw .notAMinimum(text) }
      return matched >= minimum ? nil : .matched(matched, wanted: ">= \(minimum)", places())
    default: break
    }
    if let list = wanted.list {
      // Any of them will do; if none does, the last one's complaint is the answer, whatever kind it is.
      var last: Result<Void, Failure> = .success(())
      var isConditional = true
      for element in list.elements {
        do throws(Failure) {
          guard let failure = try mismatch(element, argument, matched, thread, places) else { return nil }
          last = .failure(failure)
          isConditional = true
        } catch {
          last = .failure(error)
          isConditional = false
        }
      }
      guard case .failure(let failure) = last else { return nil }
      if isConditional { return failure }
      throw failure
    }
    guard wanted.isCallable else { throw .notACount(wanted, argument) }
    guard case .bool(let isExpected) = try thread.call(wanted, Arguments([.int(Int64(matched))])) else {
      throw .countFunctionNotBool(argument)
    }
    return isExpected ? nil : Failure("Expectation of number of matched nodes failed")
  }
}

extension ByteString {
  fileprivate static let mayBeMissing: ByteString =
    "annotate it with @overlay/match missing_ok=True if it may be missing"

  /// The number in front of the `+` of `2+`.
  fileprivate var minimumCount: Int? {
    guard hasSuffix("+"), count > 1 else { return nil }
    return Int(self[0..<count - 1].text)
  }
}

extension Failure {
  fileprivate static func matched(
    _ matched: Int, wanted: String, _ places: String, hint: ByteString? = nil
  ) -> Failure {
    Failure("Expected number of matched nodes to be \(wanted), but was \(matched)\(places)", hint: hint)
  }

  fileprivate static func exclusive(_ one: String, _ other: String) -> Failure {
    Failure("Expected only one of keyword arguments ('\(one)', '\(other)') specified")
  }

  fileprivate static var missingOKNotBool: Failure {
    Failure("Expected keyword argument 'missing_ok' to be a boolean")
  }

  fileprivate static func notAMinimum(_ text: ByteString) -> Failure {
    Failure("Expected '\(text)' to be in format 'i+' where i is an integer")
  }

  fileprivate static func notACount(_ value: Value, _ argument: ByteString) -> Failure {
    Failure(
      "Expected 'overlay/match' annotation keyword argument '\(argument)' to be either int, string or function, "
        + "but was \(value.hostTypeName)")
  }

  fileprivate static func countFunctionNotBool(_ argument: ByteString) -> Failure {
    Failure("Expected keyword argument '\(argument)' to have a function that returns a boolean")
  }
}
