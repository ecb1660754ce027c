package import Files

/// A function written in Swift.
package final class Builtin: Object {
  /// The body of a built-in function.
  package typealias Body = (Arguments, Thread) throws(Failure) -> Value

  /// The name in error messages and call stacks.
  package let name: ByteString
  private let body: Body

  package init(_ name: ByteString, _ body: @escaping Body) {
    self.name = name
    self.body = body
  }

  package override var typeName: ByteString { "builtin_function_or_method" }
  package override var isCallable: Bool { true }
  package override var calledName: ByteString { name }

  package override func writeRepr(into out: inout Output) {
    out.append("<built-in function ")
    out.append(name)
    out.append(">")
  }

  package override func call(_ arguments: Arguments, _ thread: Thread) throws(Failure) -> Value {
    try body(arguments, thread)
  }

  package override func hashValue() throws(Failure) -> Int { ObjectIdentifier(self).hashValue }
}
