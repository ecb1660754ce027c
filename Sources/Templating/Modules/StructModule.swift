import Files
import Starlark
import YAML

/// `@ytt:struct`: structs from keyword arguments, and structs from dictionaries and back.
enum StructModule {
  static func make() -> Module {
    Module(
      "struct",
      functions: [
        (
          "make",
          { arguments, _ throws(Failure) in
            guard arguments.positional.isEmpty else {
              throw Failure("unexpected positional arguments (structs are made from keyword arguments only)")
            }
            return .object(Struct(arguments.keyword))
          }
        ),
        (
          "make_and_bind",
          { arguments, _ throws(Failure) in
            guard arguments.positional.count == 1 else { throw Failure("expected at exactly one argument") }
            let bound = arguments.positional[0]
            return .object(
              Struct(
                arguments.keyword.map { ($0.name, $0.value.isCallable ? bind($0.value, [bound]) : $0.value) }))
          }
        ),
        (
          "bind",
          { arguments, _ throws(Failure) in
            guard let function = arguments.positional.first, arguments.positional.count >= 2 else {
              throw Failure("expected at least two arguments")
            }
            return bind(function, Array(arguments.positional.dropFirst()))
          }
        ),
        (
          "encode",
          { arguments, _ throws(Failure) in
            let node = try Conversion.node(try arguments.only())
            try refuseFragments(node)
            return try Conversion.structure(node)
          }
        ),
        (
          "decode",
          { arguments, _ throws(Failure) in
            let node = try Conversion.node(try arguments.only())
            try refuseFragments(node)
            return Conversion.plain(node)
          }
        ),
      ])
  }

  /// Fails for what was written in YAML, as ytt does, whose structs hold Starlark's own values only.
  private static func refuseFragments(_ node: Node) throws(Failure) {
    switch node {
    case .map(let items) where items.isEmpty || Conversion.isFromValue(node):
      for item in items { try refuseFragments(item.value) }
    case .sequence(let items) where items.isEmpty || Conversion.isFromValue(node):
      for item in items { try refuseFragments(item.value) }
    case .map: throw .structOfFragment("Map")
    case .sequence: throw .structOfFragment("Array")
    default: return
    }
  }

  /// A function that passes `first`, and then what it is given, to another.
  private static func bind(_ function: Value, _ first: [Value]) -> Value {
    .function("struct.bind_result") { arguments, thread throws(Failure) in
      try thread.call(function, Arguments(first + arguments.positional, keyword: arguments.keyword))
    }
  }
}

extension Failure {
  fileprivate static func structOfFragment(_ kind: String) -> Failure {
    Failure(
      "(p) unknown type *yamlmeta.\(kind) for conversion to starlark value",
      hint: "make a dictionary or a list of it first: yaml.decode(yaml.encode(…))")
  }
}
