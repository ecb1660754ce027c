// +schemaType=k8s.io/apimachinery/pkg/util/intstr.IntOrString
/// Either a whole number or text, for example a port by its number or by its name.
public enum IntOrString: Codable, Hashable, Sendable {
  /// A number.
  case int(Int)
  /// Text.
  case string(String)

  /// Reads whichever is there.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(Int.self) {
      self = .int(number)
    } else {
      self = .string(try container.decode(String.self))
    }
  }

  /// Writes a number as a number and text as text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .int(let number): try container.encode(number)
    case .string(let text): try container.encode(text)
    }
  }
}
