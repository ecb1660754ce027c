import Files
import Regexp
import YAML

/// A format that the API server checks; it takes no notice of others.
struct ValueFormat: Hashable {
  /// As schemas name it, without hyphens.
  let name: String
  private let isNumeric: Bool

  /// The format of a schema; nothing where it has none, or one that is not checked for values of its type.
  init?(of schema: StructuralSchema) {
    guard let format = schema.format, !schema.isIntOrString else { return nil }
    let type = schema.type?.text
    let numeric = ["integer": ["int32", "int64"], "number": ["float", "double"]]
    if let type, let names = numeric[type] {
      guard names.contains(format.text) else { return nil }
      name = format.text
      isNumeric = true
    } else {
      let name = String(format.text.filter { $0 != "-" })
      guard type == nil || type == "string", Self.checks[name] != nil else { return nil }
      self.name = name
      isNumeric = false
    }
  }

  /// Whether every value of the type is of this format.
  var holdsEverything: Bool { ["int64", "double", "password"].contains(name) }

  /// Whether every value of another format is of this one too.
  func holdsAll(of other: ValueFormat) -> Bool {
    if holdsEverything { return true }
    switch (name, other.name) {
    case ("uuid", let narrower): return narrower.hasPrefix("uuid")
    default: return self == other
    }
  }

  /// Whether a number is of the format.
  func accepts(number value: Node) -> Bool {
    guard let number = value.numberValue else { return false }
    switch (name, value) {
    case ("int32", _): return Double(Int32.min)...Double(Int32.max) ~= number
    case ("int64", .unsigned): return false
    case ("int64", .float): return Int64(exactly: number) != nil
    case ("float", _): return abs(number) <= Double(Float.greatestFiniteMagnitude)
    default: return true
    }
  }

  /// Whether a text is of the format.
  func accepts(_ text: ByteString) -> Bool {
    switch isNumeric ? nil : Self.checks[name] {
    case nil, .anything: true
    case .pattern(let pattern): pattern?.match(text) != nil
    case .function(let function): function(text)
    }
  }

  private enum Check: Sendable {
    case anything
    case pattern(Regexp?)
    case function(@Sendable (ByteString) -> Bool)
  }

  private static func pattern(_ text: ByteString) -> Check { .pattern(try? Regexp(text)) }

  /// What makes a text one of a format (k8s.io/kube-openapi, `strfmt`); the check digits of book and card numbers are
  /// left to the API server.
  private static let checks: [String: Check] = [
    "password": .anything, "isbn": .anything, "isbn10": .anything, "isbn13": .anything, "creditcard": .anything,
    "byte": .function(TextFormat.isBase64),
    "date": .function(TextFormat.isDate),
    "datetime": .function(TextFormat.isDateTime),
    "ipv4": .function(TextFormat.isIPv4),
    "ipv6": .function(TextFormat.isIPv6),
    "cidr": .function(TextFormat.isCIDR),
    "email": pattern(#"^[^@\s<>]+@[^@\s<>]+$|^[^<>]*<[^@\s<>]+@[^@\s<>]+>$"#),
    "uri": pattern(#"^(/|[A-Za-z][A-Za-z0-9+.-]*:)[^\x00-\x20\x7f]*$"#),
    "hostname": pattern(
      #"^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*\.?$"#),
    "mac": pattern(
      #"^([0-9A-Fa-f]{2}([:-][0-9A-Fa-f]{2}){5}|[0-9A-Fa-f]{2}([:-][0-9A-Fa-f]{2}){7}|[0-9A-Fa-f]{4}(\.[0-9A-Fa-f]{4}){2,3})$"#
    ),
    "duration": pattern(
      #"^([-+]?(0|(([0-9]+(\.[0-9]*)?|\.[0-9]+)(ns|us|µs|μs|ms|s|m|h))+)|\s*[0-9]+\s*(ns|us|ms|[smhdw]|sec|min|(nano|micro|milli)s(ec(ond)?s?)?|seconds?|secs|minutes?|mins|hours?|hrs?|days?|weeks?|wks?))$"#
    ),
    "uuid": pattern("^(?i)[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$"),
    "uuid3": pattern("^(?i)[0-9a-f]{8}-?[0-9a-f]{4}-?3[0-9a-f]{3}-?[0-9a-f]{4}-?[0-9a-f]{12}$"),
    "uuid4": pattern("^(?i)[0-9a-f]{8}-?[0-9a-f]{4}-?4[0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}$"),
    "uuid5": pattern("^(?i)[0-9a-f]{8}-?[0-9a-f]{4}-?5[0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}$"),
    "bsonobjectid": pattern("^[0-9A-Fa-f]{24}$"),
    "ssn": pattern("^[0-9]{3}[- ]?[0-9]{2}[- ]?[0-9]{4}$"),
    "hexcolor": pattern("^#?([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$"),
    "rgbcolor": pattern(#"^rgb\(\s*[0-9]{1,3}\s*,\s*[0-9]{1,3}\s*,\s*[0-9]{1,3}\s*\)$"#),
    "k8sshortname": pattern("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"),
    "k8slongname": pattern(#"^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$"#),
  ]
}
