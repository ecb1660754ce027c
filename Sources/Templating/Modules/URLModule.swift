import Files
import Starlark
import YAML

/// `@ytt:url`, as Go's `net/url` does it.
enum URLModule {
  static func make() -> Module {
    Module(
      "url",
      functions: [
        ("path_segment_encode", encoder(.pathSegment)), ("path_segment_decode", decoder(.pathSegment)),
        ("query_param_value_encode", encoder(.queryComponent)),
        ("query_param_value_decode", decoder(.queryComponent)),
        ("query_params_encode", encodeParameters), ("query_params_decode", decodeParameters),
        (
          "parse",
          { arguments, _ throws(Failure) in
            let text = try arguments.only().requireString()
            return .object(value(try explained { () throws(PercentEncoding.Problem) in try URL(text) }))
          }
        ),
      ])
  }

  private static func explained<R>(
    _ body: () throws(PercentEncoding.Problem) -> R
  ) throws(Failure) -> R {
    do throws(PercentEncoding.Problem) {
      return try body()
    } catch {
      throw Failure(error.message)
    }
  }

  private static func encoder(_ encoding: PercentEncoding) -> Builtin.Body {
    { arguments, _ throws(Failure) in .string(encoding.encode(try arguments.only().requireString())) }
  }

  private static func decoder(_ encoding: PercentEncoding) -> Builtin.Body {
    { arguments, _ throws(Failure) in
      let text = try arguments.only().requireString()
      return .string(try explained { () throws(PercentEncoding.Problem) in try encoding.decode(text) })
    }
  }

  /// `{"key": ["value", …]}` as a query, keys sorted.
  private static func encodeParameters(_ arguments: Arguments, _ thread: Thread) throws(Failure) -> Value {
    let node = try Conversion.node(try arguments.only())
    guard case .map(let items) = node else {
      throw Failure("expected argument to be a map, but was \(node.goTypeName)")
    }
    var pairs: [(key: ByteString, value: ByteString)] = []
    for item in items {
      guard case .string(let key) = item.key else {
        throw Failure("expected map key to be string, but was \(item.key.goTypeName)")
      }
      guard case .sequence(let values) = item.value else {
        throw Failure("expected map value to be array, but was \(item.value.goTypeName)")
      }
      for value in values {
        guard case .string(let text) = value.value else {
          throw Failure("expected array value to be string, but was \(value.value.goTypeName)")
        }
        pairs.append((key, text))
      }
    }
    let sorted = pairs.enumerated().sorted { ($0.element.key, $0.offset) < ($1.element.key, $1.offset) }
    let text = sorted.map {
      "\(PercentEncoding.queryComponent.encode($0.element.key))=\(PercentEncoding.queryComponent.encode($0.element.value))"
    }
    return .string(ByteString(text.joined(separator: "&")))
  }

  private static func decodeParameters(_ arguments: Arguments, _ thread: Thread) throws(Failure) -> Value {
    let text = try arguments.only().requireString()
    var found: [ByteString: [Value]] = [:]
    for piece in ByteString(text.bytes.map { $0 == UInt8(ascii: ";") ? UInt8(ascii: "&") : $0 }).split(
      at: UInt8(ascii: "&")) where !piece.isEmpty
    {
      let equals = piece.firstIndex(of: UInt8(ascii: "="))
      let (key, value) = try explained { () throws(PercentEncoding.Problem) in
        (
          try PercentEncoding.queryComponent.decode(piece[0..<(equals ?? piece.count)]),
          try PercentEncoding.queryComponent.decode(piece[(equals.map { $0 + 1 } ?? piece.count)..<piece.count])
        )
      }
      found[key, default: []].append(.string(value))
    }
    let dict = Dict()
    for (key, values) in found.sorted(by: { $0.key < $1.key }) {
      try dict.set(.string(key), to: .object(List(values)))
    }
    return .object(dict)
  }

  private static func value(_ url: URL) -> OpaqueValue {
    OpaqueValue(
      "@ytt:url.value", hint: "@ytt:url.value does not automatically encode (hint: use .string())",
      members: [
        ("user", url.user.map { .object(value($0)) } ?? .none),
        OpaqueValue.method("url.value.without_user") {
          var url = url
          url.user = nil
          return .object(value(url))
        },
        OpaqueValue.method("url.value.string") { .string(url.text) },
        OpaqueValue.method("url.value.hostname") { .string(url.hostname) },
      ])
  }

  private static func value(_ user: URL.User) -> OpaqueValue {
    OpaqueValue(
      "@ytt:url.user", hint: "@ytt:url.user does not automatically encode (hint: use .string())",
      members: [
        ("name", .string(user.name)), ("password", user.password.map { .string($0) } ?? .none),
        OpaqueValue.method("string") { .string(user.text) },
      ])
  }
}

extension Node {
  /// The type's name in the program that ytt is.
  var goTypeName: String {
    switch self {
    case .null: "<nil>"
    case .bool: "bool"
    case .int: "int64"
    case .unsigned: "uint64"
    case .float: "float64"
    case .string: "string"
    case .map(let items): items.first?.position == .fromValue ? "*orderedmap.Map" : "*yamlmeta.Map"
    case .sequence(let items):
      items.first.map { $0.position != .fromValue } == true ? "*yamlmeta.Array" : "[]interface {}"
    }
  }
}
