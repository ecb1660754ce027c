package import Files
package import Kubernetes
package import YAML

/// What somebody has, said in values of the bundle.
///
/// Everything that was read is in `values`, in `overlay`, or in `notes`; what rendering both would still do otherwise is
/// in `differences`.
package struct Adoption: Sendable {
  package var release: ReleaseVersion
  /// The smallest values that were found.
  package var values: Document
  /// A ytt overlay for what no value can say; nothing where the values say all.
  package var overlay: ByteString?
  package var notes: [AdoptionNote]
  package var differences: [ObjectDifference]
  /// How many objects were compared with what is rendered; nothing where there were none to compare with.
  package var compared: Int?

  package init(
    release: ReleaseVersion, values: Document, overlay: ByteString? = nil, notes: [AdoptionNote] = [],
    differences: [ObjectDifference] = [], compared: Int? = nil
  ) {
    self.release = release
    self.values = values
    self.overlay = overlay
    self.notes = notes
    self.differences = differences
    self.compared = compared
  }

  /// Whether rendering gives what was there: no difference remains, and nothing was passed over that is wanted.
  package var isComplete: Bool { differences.isEmpty && !notes.contains(where: \.isMissing) }
}

/// Something that was read and is not in the values.
package struct AdoptionNote: Sendable, Hashable {
  /// An object, a key, or a flag.
  package var subject: String
  /// Why it is not taken; notes with one reason are told together.
  package var reason: String
  /// What to do about it; nothing where nothing is to be done.
  package var mend: String?
  /// Whether what is rendered lacks it.
  package var isMissing: Bool

  package init(_ subject: String, _ reason: String, mend: String? = nil, isMissing: Bool = false) {
    self.subject = subject
    self.reason = reason
    self.mend = mend
    self.isMissing = isMissing
  }
}

/// How an object that is rendered differs from the one that is there.
package struct ObjectDifference: Sendable {
  package var identity: ObjectIdentity
  /// Field by field, from what is there to what is rendered; none where one of both objects is missing.
  package var fields: [FieldDifference]
  /// Whether the object is there.
  package var isThere: Bool
  /// Whether it is rendered.
  package var isRendered: Bool
}
