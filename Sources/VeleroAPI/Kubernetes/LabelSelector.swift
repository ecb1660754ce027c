// +releases=v1.12.0... +structType=atomic
/// Chooses objects by their labels. An object is chosen if all requirements hold for it; without any, every object is.
public struct LabelSelector: Codable, Hashable, Sendable {
  // +releases=v1.16.0... +listType=atomic
  /// Requirements that labels meet in other ways than by being equal to something.
  public var matchExpressions: [LabelSelectorRequirement]?
  /// Labels that have to be there with just these values.
  public var matchLabels: [String: String]?

  /// A selector of objects that have all these labels.
  public init(matchLabels: [String: String]? = nil) { self.matchLabels = matchLabels }
}

/// Something that has to hold for one label of an object.
public struct LabelSelectorRequirement: Codable, Hashable, Sendable {
  /// The name of the label.
  public var key: String
  /// What has to hold: `In` or `NotIn` (the value is, or is not, among `values`), `Exists` or `DoesNotExist` (the label
  /// is, or is not, there).
  public var `operator`: String
  // +releases=v1.16.0... +listType=atomic
  /// The values that `In` and `NotIn` look among: at least one. The other two take none.
  public var values: [String]?

  /// A requirement.
  public init(key: String, operator: String, values: [String]? = nil) {
    self.key = key
    self.operator = `operator`
    self.values = values
  }
}
