// +schemaType=k8s.io/apimachinery/pkg/apis/meta/v1.Time
/// A point in time in the notation of RFC 3339, with seconds: `2026-01-31T09:30:00Z`.
public struct Time: RawRepresentable, Codable, Hashable, Sendable {
  /// The text as it stands in the manifest.
  public var rawValue: String

  /// Takes the text as it is.
  public init(rawValue: String) { self.rawValue = rawValue }
}
