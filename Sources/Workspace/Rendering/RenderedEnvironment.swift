package import Files
package import Kubernetes

/// What rendering an environment gives.
package struct RenderedEnvironment: Sendable {
  package let name: EnvironmentName
  package let objects: ObjectSet
  /// The files of the objects, in the order of the objects.
  package let paths: [ByteString]
  /// The rendered tree: a file for each object, and `kustomization.yaml`.
  package let tree: FileSet
  package let lock: Lock
  /// What its values name as the provider, and as the cluster's version of Kubernetes; empty where they do not.
  package let provider: ByteString
  package let kubernetes: ByteString
  /// What it was rendered from; nothing where that is not at hand.
  package let inputs: EnvironmentInputs?

  private let madeLockText = Lazily<ByteString>()
  /// The text of the lock.
  package var lockText: ByteString { madeLockText.value { lock.text } }

  init(
    name: EnvironmentName, objects: ObjectSet, paths: [ByteString], tree: FileSet, lock: Lock, provider: ByteString,
    kubernetes: ByteString, inputs: EnvironmentInputs?
  ) {
    self.name = name
    self.objects = objects
    self.paths = paths
    self.tree = tree
    self.lock = lock
    self.provider = provider
    self.kubernetes = kubernetes
    self.inputs = inputs
  }

  /// What became of the images that templates name; nothing where they stayed.
  package var images: ImageSettings? { inputs?.images }

  /// The object that a file of the tree holds.
  package func object(at path: ByteString) -> KubernetesObject? {
    paths.firstIndex(of: path).map { objects.objects[$0] }
  }
}
