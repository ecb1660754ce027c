/// How far the copy of a volume is.
public struct DataMoveProgress: Codable, Hashable, Sendable {
  /// The bytes that are copied.
  public var bytesDone: Int64?
  /// The bytes that there are, as far as is known.
  public var totalBytes: Int64?

  /// Nothing is known yet.
  public init() {}
}
