// +kubebuilder:validation:Type=object
// +releases=v1.12.0... +kubebuilder:pruning:PreserveUnknownFields
/// An object of which Velero's definitions say nothing: what stands in it is checked where it is used.
///
/// Until v1.11.1 the definitions forgot to say that the API server shall keep what it finds there.
public struct JSONObject: Codable, Hashable, Sendable {
  /// The fields by name.
  public var fields: [String: JSONValue]

  /// An object of these fields.
  public init(_ fields: [String: JSONValue]) { self.fields = fields }

  /// Reads the fields.
  public init(from decoder: any Decoder) throws {
    fields = try decoder.singleValueContainer().decode([String: JSONValue].self)
  }

  /// Writes the fields.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(fields)
  }
}
