package import Files

/// A function written in Swift.
package final class Builtin: Object {
  /// The body of a built-in function.
  package typealias Body = (Arguments, Thread) throws(Failure) -> Value
  /// The body for calls with one positional argument.
  package typealias UnaryBody = (Value, Thread) throws(Failure) -> Value

  /// The name in error messages and call stacks.
  package let name: ByteString
  private let body: Body
  /// Does what `body` does for one positional argument, without an array.
  let unary: UnaryBody?

  package init(_ name: ByteString, unary: UnaryBody? = nil, _ body: @escaping Body) {
    self.name = name
    self.body = body
    self.unary = unary
    super.init(kind: .builtin)
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

/// A method of a built-in type together with the value it was taken from: `"abc".index` without a call.
package final class BoundMethod: Object {
  let receiver: Value
  let method: Method

  private init(_ receiver: Value, _ method: Method) {
    self.receiver = receiver
    self.method = method
    super.init()
  }

  static func value(_ receiver: Value, _ method: Method) -> Value { .object(BoundMethod(receiver, method)) }

  package override var typeName: ByteString { "builtin_function_or_method" }
  package override var isCallable: Bool { true }
  package override var calledName: ByteString { method.name }

  package override func writeRepr(into out: inout Output) {
    out.append("<built-in method ")
    out.append(method.name)
    out.append(" of ")
    out.append(receiver.typeName)
    out.append(" value>")
  }

  package override func call(_ arguments: Arguments, _ thread: Thread) throws(Failure) -> Value {
    try method.call(on: receiver, arguments, thread)
  }

  package override func hashValue() throws(Failure) -> Int { ObjectIdentifier(self).hashValue }

  package override func freeze() { receiver.freeze() }
}
