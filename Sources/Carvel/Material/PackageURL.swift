package import Files
package import OCI

/// The name of software that does not depend on where it is described: a package URL
/// (https://github.com/package-url/purl-spec), such as `pkg:docker/velero/velero@v1.18.1`.
package struct PackageURL: Hashable, Sendable, CustomStringConvertible {
  package let text: ByteString

  /// The URL of an image: of type `oci` where a digest says which one it is, else of type `docker`.
  package init(_ image: ImageReference) {
    let isOnHub = image.registry == ImageReference.defaultRegistry
    var text: String
    if let digest = image.digest {
      let registry = isOnHub ? "docker.io" : image.registry.text
      text = "pkg:oci/\(Self.encoded(image.name))@\(digest.text)"
      text += "?repository_url=\(Self.encoded(ByteString("\(registry)/\(image.path)")))"
      if let tag = image.tag { text += "&tag=\(Self.encoded(tag))" }
    } else {
      text = "pkg:docker/\(Self.encoded(image.path))@\(Self.encoded(image.identifier))"
      if !isOnHub { text += "?repository_url=\(Self.encoded(image.registry))" }
    }
    self.text = ByteString(text)
  }

  /// The URL of a release of a project on GitHub.
  package init(gitHub project: ByteString, release: ByteString) {
    text = ByteString("pkg:github/\(Self.encoded(project))@\(Self.encoded(release))")
  }

  /// Everything escaped but letters, digits, `.-_~:` and the slashes between parts.
  private static func encoded(_ text: ByteString) -> String {
    let digits = Array("0123456789ABCDEF")
    var encoded = ""
    for byte in text.bytes {
      let character = Character(Unicode.Scalar(byte))
      if byte < 0x80, character.isLetter || character.isNumber || ".-_~:/".contains(character) {
        encoded.append(character)
      } else {
        encoded += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
      }
    }
    return encoded
  }

  package var description: String { text.text }
}
