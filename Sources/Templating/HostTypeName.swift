import Files
package import Starlark

extension Value {
  /// The type's name as ytt's messages spell it: they show the type of the Go program that reads the value.
  package var hostTypeName: String {
    switch self {
    case .none: return "starlark.NoneType"
    case .bool: return "starlark.Bool"
    case .int: return "starlark.Int"
    case .float: return "starlark.Float"
    case .string: return "starlark.String"
    case .object(let object):
      switch object.typeName {
      case "int": return "starlark.Int"
      case "list": return "*starlark.List"
      case "tuple": return "starlark.Tuple"
      case "dict": return "*starlark.Dict"
      case "set": return "*starlark.Set"
      case "range": return "starlark.rangeValue"
      case "function": return "*starlark.Function"
      case "builtin_function_or_method": return "*starlark.Builtin"
      case "module": return "*starlarkstruct.Module"
      case "struct": return "*core.StarlarkStruct"
      case "yamlfragment": return "*yamltemplate.StarlarkFragment"
      default: return object.typeName.text
      }
    }
  }
}
