import Files
import Starlark

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
            try Conversion.structure(try Conversion.node(try arguments.only()))
          }
        ),
        (
          "decode",
          { arguments, _ throws(Failure) in
            Conversion.plain(try Conversion.node(try arguments.only()))
          }
        ),
      ])
  }

  /// A function that passes `first`, and then what it is given, to another.
  private static func bind(_ function: Value, _ first: [Value]) -> Value {
    .function("struct.bind_result") { arguments, thread throws(Failure) in
      try thread.call(function, Arguments(first + arguments.positional, keyword: arguments.keyword))
    }
  }
}
