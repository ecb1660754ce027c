/// The value of a part of an expression. That of a variable is borrowed, which saves counting a reference twice.
///
/// A variable holds on to its value for as long as it is borrowed, because only statements assign variables, and no
/// statement of a function runs while an expression of the same call is under way. (The variables of a comprehension
/// are assigned between two evaluations of its parts; those that inner functions share lie in cells and are not
/// borrowed.)
struct Operand {
  private let bits: (UInt64, UInt64)
  /// What keeps the value alive if it is not borrowed.
  private let owner: Value

  @inline(__always)
  init(borrowing place: UnsafeMutablePointer<Value?>) {
    bits = UnsafeRawPointer(place).load(as: (UInt64, UInt64).self)
    owner = .none
  }

  @inline(__always)
  init(_ value: Value) {
    bits = unsafeBitCast(value, to: (UInt64, UInt64).self)
    owner = value
  }

  /// Lends the value.
  @inline(__always)
  func with<R>(_ body: (Value) throws(Failure) -> R) throws(Failure) -> R {
    var bits = bits
    return try withUnsafeMutablePointer(to: &bits) { bits throws(Failure) in
      try UnsafeMutableRawPointer(bits).assumingMemoryBound(to: Value.self).lend(body)
    }
  }
}

extension Thread {
  /// Evaluates a part of an expression.
  @inline(__always)
  func operand(_ index: Int32, _ f: UnsafeMutablePointer<CallFrame>) throws(Failure) -> Operand {
    let node = f.pointee.nodes + Int(index)
    let place: UnsafeMutablePointer<Value?>
    switch node.pointee.kind {
    case .local: place = f.pointee.slots + Int(node.pointee.a)
    case .global: place = f.pointee.globals + Int(node.pointee.a)
    default: return Operand(try evaluate(index, f))
    }
    return place.pointee == nil ? Operand(try evaluate(index, f)) : Operand(borrowing: place)
  }
}
