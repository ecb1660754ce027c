package import Files

/// What may be done with a repository, as token servers are asked for it.
package struct RegistryScope: Hashable, Sendable {
  /// The repository's path in its registry.
  package var path: ByteString
  package var isWriting: Bool

  package static func pull(_ reference: ImageReference) -> RegistryScope {
    RegistryScope(path: reference.path, isWriting: false)
  }

  package static func push(_ reference: ImageReference) -> RegistryScope {
    RegistryScope(path: reference.path, isWriting: true)
  }

  var text: String { "repository:\(path):\(isWriting ? "pull,push" : "pull")" }
}
