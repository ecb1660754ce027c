import Files

// Of what type values are.

extension CompatibilityRule {
  static let typeRules = [typeNarrowed, typeWidened]

  static let typeNarrowed = CompatibilityRule(
    "type-narrowed", .narrowing, "values of some type are not accepted any more",
    effect: "Stored objects with a value of such a type are invalid: they can be read, but not written until mended.",
    mend: "Give the field of the new type another name, or rewrite the stored objects first.")

  static let typeWidened = CompatibilityRule(
    "type-widened", .additive, "values of one more type are accepted",
    effect: "Stored objects stay as they are. Programs that read them must expect the new type.")
}

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

extension SchemaPair {
  func checkType(_ findings: inout CompatibilityFindings) {
    let (before, after) = (old.valueTypes, new.valueTypes)
    let gone = before.subtracting(after)
    let added = after.subtracting(before)
    let change = "\(old.summary) becomes \(new.summary)"
    if !gone.isEmpty {
      findings.add(.typeNarrowed, self, key: "type", "\(change): \(gone.listed) are not accepted any more")
    } else if !added.isEmpty {
      findings.add(.typeWidened, self, key: "type", "\(change): \(added.listed) are accepted as well")
    }
  }
}
