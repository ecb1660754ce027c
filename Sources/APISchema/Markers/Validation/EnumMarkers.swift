import Files
import YAML

extension Markers {
  /// The values allowed.
  struct Enum: Marker {
    static let definitions = MarkerDefinition.validation(
      "Enum", taking: [.unnamed(.list(.any))], "the values allowed, separated by semicolons")
    let values: [JSONValue]
    init(_ arguments: MarkerArguments) {
      values = if case .sequence(let items)? = arguments.value() { items.map { JSONValue($0.value) } } else { [] }
    }
    func apply(to schema: inout Schema, in context: MarkerContext) throws(MarkerMistake) {
      schema[.enum] = .jsons(values)
    }
  }

  /// The constants of the type are the values allowed.
  struct EnumOfConstants: Marker {
    static let definitions = [
      MarkerDefinition(
        "k8s:enum", on: .type, since: .v0(21), "allows the values of the package's constants of this string type")
    ]
    init(_ arguments: MarkerArguments) {}
    func apply(to schema: inout Schema, in context: MarkerContext) throws(MarkerMistake) {
      guard let type = context.type, type.isString else {
        throw MarkerMistake("only types of strings have constants to choose from", hint: "remove the marker")
      }
      let constants: [ByteString]
      do {
        constants = try type.scope.package.stringConstants(of: type.name)
      } catch {
        throw MarkerMistake(error.list.first?.message ?? "the constants cannot be read")
      }
      if constants.isEmpty {
        throw MarkerMistake(
          "no constant of type \(type.name) was found", hint: "declare its values as constants of the same package")
      }
      schema.type = "string"
      schema[.enum] = .jsons(constants.map { JSONValue(.string($0)) }.sorted { $0.text < $1.text })
    }
  }

  /// What tells that `k8s:enum` belongs to a type.
  struct EnumOnField: Marker {
    static let definitions = [
      MarkerDefinition("k8s:enum", on: .field, since: .v0(21), "is an error: the type has to be marked")
    ]
    init(_ arguments: MarkerArguments) {}
    func apply(to schema: inout Schema, in context: MarkerContext) throws(MarkerMistake) {
      throw MarkerMistake("k8s:enum must be set on a type, not a field", hint: "move the marker to the field's type")
    }
  }
}
