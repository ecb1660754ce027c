// +schemaType=k8s.io/apimachinery/pkg/apis/meta/v1.Duration
/// A length of time as Go writes it: numbers with the units `h`, `m`, `s`, `ms`, `us` and `ns`, such as `720h` or
/// `1h30m0s`.
public struct Duration: RawRepresentable, Codable, Hashable, Sendable {
  /// The text as it stands in the manifest.
  public var rawValue: String

  /// Takes the text as it is.
  public init(rawValue: String) { self.rawValue = rawValue }
}
