package import Files
package import OCI

/// Where images are taken from in place of where their names say: rules from one beginning of a name to another. The
/// longest beginning wins.
package struct ImageRewriting: Sendable, Hashable {
  /// `docker.io/velero` → `registry.example.com/mirror/velero`.
  package struct Rule: Sendable, Hashable {
    /// A registry, or a registry and the beginning of a path: whole parts of it.
    package let from: ByteString
    package let to: ByteString

    /// - Throws: a diagnostic if one of them is no beginning of an image's name.
    package init(from: ByteString, to: ByteString) throws(Diagnostic) {
      self.from = try Self.prefix(from)
      self.to = try Self.prefix(to)
    }

    /// A beginning in the form that names of images are compared in.
    private static func prefix(_ text: ByteString) throws(Diagnostic) -> ByteString {
      let trimmed = text.hasSuffix("/") ? text[0..<text.count - 1] : text
      // What could follow it tells whether it is one.
      guard let reference = try? ImageReference(trimmed.appending("/image")), reference.path.hasSuffix("image") else {
        throw Diagnostic(
          "'\(text)' is not the beginning of an image's name",
          hint: "write a registry, as 'docker.io', or a registry and whole parts of a path, as 'docker.io/velero'")
      }
      // A registry alone: what has no path in Docker Hub lies below its library.
      if trimmed.firstIndex(of: UInt8(ascii: "/")) == nil, reference.path == "library/image" {
        return reference.registry
      }
      let repository = reference.repository
      return repository[0..<repository.count - "/image".utf8.count]
    }

    /// The repository that a repository becomes; nothing where the rule is not about it.
    func apply(to repository: ByteString) -> ByteString? {
      guard repository == from || repository.hasPrefix(from.appending("/")) else { return nil }
      return to.appending(repository[from.count..<repository.count])
    }
  }

  /// The longest first.
  private let rules: [Rule]

  /// - Parameter rules: of two from the same beginning the later one counts.
  package init(_ rules: [Rule] = []) {
    var last: [ByteString: Rule] = [:]
    for rule in rules { last[rule.from] = rule }
    self.rules = last.values.sorted { ($1.from.count, $0.from) < ($0.from.count, $1.from) }
  }

  package var isEmpty: Bool { rules.isEmpty }

  /// Where an image is taken from; the same name where no rule is about it.
  package func apply(to image: ImageReference) throws(Diagnostic) -> ImageReference {
    for rule in rules {
      guard let repository = rule.apply(to: image.repository) else { continue }
      return image.moved(to: try ImageReference(repository))
    }
    return image
  }

  /// The lock with its images taken from there; what manifests call them stays.
  package func apply(to lock: ImagesLock) throws(Diagnostic) -> ImagesLock {
    var lock = lock
    for index in lock.entries.indices { lock.entries[index].image = try apply(to: lock.entries[index].image) }
    return lock
  }
}
