package import Files

/// What tells one Kubernetes object from every other of its cluster, in one version of its API.
package struct ObjectIdentity: Hashable, Sendable {
  /// `group/version`, or only `version` for the core group.
  package var apiVersion: ByteString
  package var kind: ByteString
  /// As written; empty where the object names none.
  package var namespace: ByteString
  package var name: ByteString

  package init(apiVersion: ByteString, kind: ByteString, namespace: ByteString = .empty, name: ByteString) {
    self.apiVersion = apiVersion
    self.kind = kind
    self.namespace = namespace
    self.name = name
  }

  /// The part of `apiVersion` before the slash; empty for the core group.
  package var group: ByteString {
    apiVersion.firstIndex(of: UInt8(ascii: "/")).map { apiVersion[0..<$0] } ?? .empty
  }

  /// The part of `apiVersion` behind the slash.
  package var version: ByteString {
    apiVersion.firstIndex(of: UInt8(ascii: "/")).map { apiVersion[$0 + 1..<apiVersion.count] } ?? apiVersion
  }
}

extension ObjectIdentity: Comparable {
  package static func < (left: Self, right: Self) -> Bool {
    (left.group, left.kind, left.version, left.namespace, left.name)
      < (right.group, right.kind, right.version, right.namespace, right.name)
  }
}

extension ObjectIdentity: CustomStringConvertible {
  /// As `kubectl` users say it: `Deployment velero/velero (apps/v1)`, `Namespace velero (v1)`.
  package var description: String {
    let place = namespace.isEmpty ? name.text : "\(namespace.text)/\(name.text)"
    return "\(kind.text) \(place) (\(apiVersion.text))"
  }
}
