package import Files

/// The name of an image, normalised as Docker and containerd do: `velero/velero` is
/// `index.docker.io/velero/velero:latest`, and `redis` is `index.docker.io/library/redis:latest`.
package struct ImageReference: Hashable, Sendable {
  /// Host, and port if one is given: `index.docker.io` for Docker Hub, `ghcr.io`, `127.0.0.1:5000`.
  package let registry: ByteString
  /// The path below the registry: `velero/velero`, `library/redis`.
  package let path: ByteString
  /// The tag, if one is given. Beside a digest it is only a remark.
  package let tag: ByteString?
  /// The digest, if one is given. It wins over the tag.
  package let digest: ContentDigest?

  /// The registry that names without one belong to.
  package static let defaultRegistry: ByteString = "index.docker.io"
  /// The tag of names that have neither tag nor digest.
  package static let defaultTag: ByteString = "latest"

  /// Reads a name as it stands in a manifest or on a command line.
  /// - Throws: a diagnostic that says which part cannot be, by the grammar of distribution/reference.
  package init(_ text: ByteString) throws(Diagnostic) {
    var rest = text
    var digest: ContentDigest?
    if let at = rest.firstIndex(of: UInt8(ascii: "@")) {
      guard let written = ContentDigest(written: rest[at + 1..<rest.count]) else {
        throw .noReference(text, "what follows '@' is no digest", hint: "write sha256: and 64 hexadecimal digits")
      }
      digest = written
      rest = rest[0..<at]
    }
    var tag: ByteString?
    // A colon in front of a slash belongs to the registry's port.
    if let colon = rest.lastIndex(of: UInt8(ascii: ":")), rest.firstIndex(of: UInt8(ascii: "/"), from: colon) == nil {
      let written = rest[colon + 1..<rest.count]
      guard Self.isTag(written) else {
        throw .noReference(
          text, "'\(written)' is no tag",
          hint: "use at most 128 letters, digits, '_', '.' and '-', not '.' or '-' first")
      }
      tag = written
      rest = rest[0..<colon]
    }
    var registry = Self.defaultRegistry
    if let slash = rest.firstIndex(of: UInt8(ascii: "/")), Self.namesRegistry(rest[0..<slash]) {
      registry = rest[0..<slash]
      rest = rest[slash + 1..<rest.count]
      guard Self.isRegistry(registry) else {
        throw .noReference(text, "'\(registry)' is no registry", hint: "write a host name, and a port if need be")
      }
      if registry == "docker.io" { registry = Self.defaultRegistry }
    }
    guard Self.isPath(rest) else {
      throw .noReference(
        text, rest.isEmpty ? "the repository is missing" : "'\(rest)' is no repository",
        hint: "use lower-case letters and digits, with single '.', '_' or '-' and '/' between them")
    }
    if registry == Self.defaultRegistry, rest.firstIndex(of: UInt8(ascii: "/")) == nil {
      rest = ByteString("library/").appending(rest)
    }
    self.init(registry: registry, path: rest, tag: tag, digest: digest)
  }

  private init(registry: ByteString, path: ByteString, tag: ByteString?, digest: ContentDigest?) {
    self.registry = registry
    self.path = path
    self.tag = tag
    self.digest = digest
  }

  /// Registry and path: `index.docker.io/velero/velero`.
  package var repository: ByteString { registry.appending("/").appending(path) }

  /// The last part of the path: `velero`.
  package var name: ByteString {
    path.lastIndex(of: UInt8(ascii: "/")).map { path[$0 + 1..<path.count] } ?? path
  }

  /// What a registry is asked for: the digest, or else the tag, or else `latest`.
  package var identifier: ByteString { digest?.text ?? tag ?? Self.defaultTag }

  /// The image with this digest in the same repository, without a tag.
  package func with(digest: ContentDigest) -> ImageReference {
    ImageReference(registry: registry, path: path, tag: nil, digest: digest)
  }

  /// The image with this tag in the same repository.
  /// - Throws: a diagnostic if `tag` cannot be one.
  package func with(tag: ByteString) throws(Diagnostic) -> ImageReference {
    try ImageReference(repository.appending(":").appending(tag))
  }

  /// The same image in another repository, of which only registry and path count.
  package func moved(to other: ImageReference) -> ImageReference {
    ImageReference(registry: other.registry, path: other.path, tag: tag, digest: digest)
  }

  /// The whole name. By digest where there is one, without the tag, as Carvel's tools write it.
  package var text: ByteString {
    if let digest { return repository.appending("@").appending(digest.text) }
    return repository.appending(":").appending(tag ?? Self.defaultTag)
  }
}

extension ImageReference: CustomStringConvertible, Comparable {
  package var description: String { text.text }

  /// In the order of the texts.
  package static func < (left: ImageReference, right: ImageReference) -> Bool { left.text < right.text }
}

// MARK: The grammar

extension ImageReference {
  /// Whether the part in front of the first slash is a registry and not the beginning of a path in Docker Hub.
  private static func namesRegistry(_ part: ByteString) -> Bool {
    part == "localhost"
      || part.withBytes { $0.contains { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ":") || isUpperCase($0) } }
  }

  private static func isRegistry(_ text: ByteString) -> Bool {
    var host = text
    if let colon = text.lastIndex(of: UInt8(ascii: ":")), !text.hasSuffix("]") {
      guard let port = UInt16(text[colon + 1..<text.count].text), port > 0 else { return false }
      host = text[0..<colon]
    }
    if host.hasPrefix("["), host.hasSuffix("]"), host.count > 2 {
      return host[1..<host.count - 1].withBytes { $0.allSatisfy { isHexadecimal($0) || $0 == UInt8(ascii: ":") } }
    }
    return host.bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { label in
      guard let first = label.first, let last = label.last else { return false }
      return isAlphanumeric(first) && isAlphanumeric(last)
        && label.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
    }
  }

  /// Parts of lower-case letters and digits; between these one `.`, one or two `_`, or any number of `-`.
  private static func isPath(_ text: ByteString) -> Bool {
    guard text.count <= 255 else { return false }
    return text.bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy { part in
      guard let first = part.first, let last = part.last, isPlain(first), isPlain(last) else { return false }
      return part.split(whereSeparator: isPlain).allSatisfy { between in
        let text = String(decoding: between, as: UTF8.self)
        return [".", "_", "__"].contains(text) || text.allSatisfy { $0 == "-" }
      }
    }
  }

  private static func isTag(_ text: ByteString) -> Bool {
    guard (1...128).contains(text.count) else { return false }
    return text.withBytes { bytes in
      isAlphanumeric(bytes[0]) || bytes[0] == UInt8(ascii: "_")
    } && text.withBytes { $0.allSatisfy { isAlphanumeric($0) || "_.-".utf8.contains($0) } }
  }

  private static func isUpperCase(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") }

  /// Whether a path may consist of it alone.
  private static func isPlain(_ byte: UInt8) -> Bool {
    (byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")) || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool { isPlain(byte) || isUpperCase(byte) }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    isAlphanumeric(byte) && byte | 0x20 <= UInt8(ascii: "f")
  }
}

extension Diagnostic {
  fileprivate static func noReference(_ text: ByteString, _ why: String, hint: String) -> Diagnostic {
    Diagnostic("'\(text)' is not the name of an image: \(why)", hint: hint)
  }
}
