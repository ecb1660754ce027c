package import Files
package import Kubernetes

/// A place that an image is started from.
package struct ImageUse: Sendable {
  /// Why it is started.
  package enum Origin: Sendable, Hashable {
    /// An object names it in a field.
    case field(ObjectIdentity, FieldPath)
    /// No object names it; what runs it, and the object whose image or setting that follows from, if there is one.
    case derived(name: String, what: String, ObjectIdentity?)
  }

  /// The image as it is named.
  package var image: ByteString
  package var origin: Origin
  package var position: Position
}
