import Files

/// The types of JSON values that a schema accepts; integers and other numbers are told apart.
struct ValueTypes: OptionSet {
  let rawValue: Int

  static let boolean = ValueTypes(rawValue: 1)
  static let integer = ValueTypes(rawValue: 2)
  static let fraction = ValueTypes(rawValue: 4)
  static let string = ValueTypes(rawValue: 8)
  static let array = ValueTypes(rawValue: 16)
  static let object = ValueTypes(rawValue: 32)
  static let all: ValueTypes = [.boolean, .integer, .fraction, .string, .array, .object]

  private static let names: [(ValueTypes, String)] = [
    (.boolean, "booleans"), (.integer, "integers"), (.fraction, "fractions"), (.string, "strings"),
    (.array, "arrays"), (.object, "objects"),
  ]

  /// The types in words.
  var listed: String {
    Self.names.filter { contains($0.0) }.map(\.1).joined(separator: ", ")
  }
}

extension StructuralSchema {
  /// What types of values it accepts, null aside.
  var valueTypes: ValueTypes {
    if isIntOrString { return [.integer, .string] }
    switch type?.text {
    case "boolean": return .boolean
    case "integer": return .integer
    case "number": return [.integer, .fraction]
    case "string": return .string
    case "array": return .array
    case "object": return .object
    default: return .all
    }
  }
}
