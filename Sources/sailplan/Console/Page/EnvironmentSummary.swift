import Files
import Kubernetes
import OCI
import Workspace

/// What a page says of an environment besides what differs: its release, and which versions of which objects it has.
struct EnvironmentSummary: Sendable {
  /// A file of the rendered tree.
  struct File: Sendable {
    let path: ByteString
    /// The object that it holds.
    let identity: ObjectIdentity?
    let digest: ContentDigest?
  }

  let name: EnvironmentName
  let release: String
  let provider: String
  let kubernetes: String
  let files: [File]

  init(_ rendered: RenderedEnvironment) {
    name = rendered.name
    release = rendered.lock.release.text
    provider = rendered.provider.text
    kubernetes = rendered.kubernetes.text
    let identities = Dictionary(zip(rendered.paths, rendered.objects.objects.map(\.identity))) { first, _ in first }
    files = rendered.tree.files.map { file in
      File(path: file.path, identity: identities[file.path], digest: rendered.lock.digest(ofFile: file.path))
    }
  }
}
