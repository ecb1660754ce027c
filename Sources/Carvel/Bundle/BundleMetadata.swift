package import Files
import YAML

/// What a bundle says about itself: `.imgpkg/bundle.yml`.
package struct BundleMetadata: Sendable, Hashable {
  /// Who made it.
  package struct Author: Sendable, Hashable {
    package var name: ByteString
    package var email: ByteString

    package init(name: ByteString, email: ByteString) {
      self.name = name
      self.email = email
    }
  }

  /// What stands below `metadata`, `name` above all.
  package var fields: [ByteString: ByteString]
  package var authors: [Author]
  /// Addresses of pages about it.
  package var websites: [ByteString]

  /// Reads the file.
  /// - Throws: a diagnostic if it is of another kind.
  package init(parsing source: SourceFile) throws(Diagnostics) {
    let document = try BundleDocument(parsing: source, kind: "Bundle")
    fields = [:]
    if case .map(let items)? = document.root.value(at: "metadata") {
      for item in items {
        if let key = item.key.stringValue, let value = item.value.stringValue { fields[key] = value }
      }
    }
    authors = try document.list("authors").map { author in
      Author(
        name: author.value(at: "name")?.stringValue ?? .empty, email: author.value(at: "email")?.stringValue ?? .empty)
    }
    websites = try document.list("websites").compactMap { $0.value(at: "url")?.stringValue }
  }
}
