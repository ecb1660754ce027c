// +schemaType=k8s.io/apimachinery/pkg/api/resource.Quantity
/// An amount of a resource: a number, with a unit such as `m`, `Ki`, `Mi`, `k` or `M` where one is meant. `500m` of a
/// processor is half of it.
///
/// Manifests may write it as a number or as text; it is written as text.
public struct Quantity: RawRepresentable, Codable, Hashable, Sendable {
  /// The amount as text.
  public var rawValue: String

  /// Takes the text as it is.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// Reads text or a whole number.
  public init(from decoder: any Decoder) throws {
    switch try IntOrString(from: decoder) {
    case .int(let number): rawValue = String(number)
    case .string(let text): rawValue = text
    }
  }

  /// Writes text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(rawValue)
  }
}
