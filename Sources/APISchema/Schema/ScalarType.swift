import Files

/// The predeclared types that have a schema, or none.
enum ScalarType {
  case bool, string, integer, int32, int64, float, complex, anyInterface, errorInterface

  init?(_ name: ByteString) {
    guard let type = Self.named[name] else { return nil }
    self = type
  }

  private static let named: [ByteString: ScalarType] = [
    "bool": .bool, "string": .string,
    "int": .integer, "int8": .integer, "int16": .integer, "int32": .int32, "int64": .int64, "rune": .int32,
    "uint": .integer, "uint8": .integer, "uint16": .integer, "uint32": .int32, "uint64": .int64, "byte": .integer,
    "uintptr": .integer,
    "float32": .float, "float64": .float, "complex64": .complex, "complex128": .complex,
    "any": .anyInterface, "error": .errorInterface,
  ]

  /// The schema; nothing for types without one. Floats are numbers.
  var schema: Schema? {
    switch self {
    case .bool: Schema(type: "boolean")
    case .string: Schema(type: "string")
    case .integer: Schema(type: "integer")
    case .int32: Schema(type: "integer", format: "int32")
    case .int64: Schema(type: "integer", format: "int64")
    case .float: Schema(type: "number")
    case .complex, .anyInterface, .errorInterface: nil
    }
  }
}
