package import Files

/// The version of sailplan.
package enum ToolVersion {
  /// As `sailplan --version` prints it and locks record it.
  package static let text: ByteString = "0.1.0"
}
