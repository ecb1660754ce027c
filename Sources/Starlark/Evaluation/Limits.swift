/// How much of this machine a program may use before it is stopped with an error.
package struct Limits: Sendable {
  /// Calls under way at one time. The native stack sets a limit of its own, checked apart.
  package var callDepth = 5_000
  /// Loop rounds and calls in all, of one thread.
  package var steps: Int64 = 2_000_000_000
  /// Bytes of one string.
  package var stringBytes = 256 << 20
  /// Elements of one list, tuple, set or dictionary.
  package var elements = 32 << 20
  /// Map and sequence items of YAML that one value, file or function's body may be made into, shared ones counted each
  /// time.
  package var nodes = 20_000_000
  /// Bits of one integer.
  package var integerBits = 1 << 20
  /// How deep expressions and blocks may nest in a source.
  package var nesting = 400

  package init() {}
}
