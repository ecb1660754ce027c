/// A list.
package final class List: Object {
  /// What is in it. Change it only through `append` and the like, which respect freezing and running loops.
  package internal(set) var elements: [Value]
  private(set) var isFrozen = false
  var iterators = 0

  package init(_ elements: [Value] = []) { self.elements = elements }

  /// Adds an element at the end.
  package func append(_ value: Value) throws(Failure) {
    elements.append(value)
  }
}

/// A tuple.
package final class Tuple: Object {
  /// What is in it.
  package let elements: [Value]

  package init(_ elements: [Value]) { self.elements = elements }
}
