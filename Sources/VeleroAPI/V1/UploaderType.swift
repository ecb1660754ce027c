/// Who copies the files of volumes, and in whose format the repository is.
public enum UploaderType: String, Codable, Hashable, Sendable {
  /// Kopia.
  case kopia
  /// Restic. It makes no new copies since v1.17.0.
  case restic
  /// Nothing is said: Restic, for objects from the time before there was a choice.
  case unspecified = ""
}
