package import Files

/// A custom resource: what a CRD says about a kind.
package struct CustomResource: Sendable {
  package var group: ByteString
  package var kind: ByteString
  package var plural: ByteString
  package var singular: ByteString
  package var shortNames: [ByteString] = []
  package var categories: [ByteString] = []
  package var scope: ByteString = "Namespaced"
  package var annotations: [ByteString: ByteString] = [:]
  package var labels: [ByteString: ByteString] = [:]
  package var versions: [Version] = []

  /// A version of the kind.
  package struct Version: Sendable {
    package var name: ByteString
    package var schema: Schema
    package var isServed = true
    package var isStored = false
    package var isDeprecated = false
    package var deprecationWarning: ByteString?
    package var columns: [Column] = []
    package var selectableFields: [ByteString] = []
    /// Whether subresources are printed, be there any or not.
    package var hasSubresources = false
    package var subresources = Subresources()
  }

  /// What of an object is a resource of its own.
  package struct Subresources: Sendable, Equatable {
    package var hasStatus = false
    package var scale: Scale?
  }

  /// A column that kubectl shows.
  package struct Column: Sendable, Equatable {
    package var name: ByteString
    package var type: ByteString
    package var path: ByteString
    package var description: ByteString
    package var format: ByteString
    package var priority: Int32
  }

  /// Where the numbers of replicas stand.
  package struct Scale: Sendable, Equatable {
    package var specPath: ByteString
    package var statusPath: ByteString
    package var selectorPath: ByteString?
  }

  /// Changes the version of that name; says whether there is one.
  @discardableResult
  mutating func change(_ version: ByteString, _ body: (inout Version) -> Void) -> Bool {
    guard let index = versions.firstIndex(where: { $0.name == version }) else { return false }
    body(&versions[index])
    return true
  }
}
