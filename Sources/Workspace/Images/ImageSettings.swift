package import Carvel
package import Files
import Kubernetes
import OCI
import Templating
package import Velero

/// What becomes of the images that templates name: pinned to contents by a lock, then taken from where rules say.
///
/// A class: environments that inherit the same settings share one, and what was made with it.
package final class ImageSettings: Sendable {
  package let lock: ImagesLock?
  package let rewriting: ImageRewriting
  /// The file of the lock.
  let lockFile: WorkspaceFile?
  /// By what manifests call them; of several the first, as with kbld.
  private let locked: [ByteString: ImageReference]
  /// What images were called before, by what they are called now.
  package let originals: [ByteString: ByteString]
  /// What the lock has, as it is taken from where rules say: by digests, and by the tags that they stand for.
  private let digests: Set<ByteString>
  private let tags: Set<ByteString>

  /// The name of a lock, in an environment's directory or one above it; the nearest counts, whole.
  package static let file: ByteString = "images.lock.yaml"

  /// Where in the workspace the lock of an environment or a group is; for none that of all environments.
  package static func path(for name: EnvironmentName?) -> ByteString {
    (name?.directory ?? EnvironmentName.root).appendingPath(file)
  }

  /// - Throws: all that is wrong with the lock.
  convenience init(lockFile: WorkspaceFile?, rewriting: ImageRewriting) throws(Diagnostics) {
    var lock: ImagesLock?
    if let lockFile { lock = try ImagesLock(parsing: lockFile.input.unit.source) }
    self.init(lock: lock, lockFile: lockFile, rewriting: rewriting)
  }

  init(lock: ImagesLock?, lockFile: WorkspaceFile? = nil, rewriting: ImageRewriting = ImageRewriting()) {
    self.lockFile = lockFile
    self.lock = lock
    self.rewriting = rewriting
    var locked: [ByteString: ImageReference] = [:]
    var originals: [ByteString: ByteString] = [:]
    var digests: Set<ByteString> = []
    var tags: Set<ByteString> = []
    for entry in lock?.entries ?? [] {
      let image = (try? rewriting.apply(to: entry.image)) ?? entry.image
      digests.insert(image.text)
      guard let id = entry.id, locked[id] == nil else { continue }
      locked[id] = entry.image
      originals[image.text] = originals[image.text].map { min($0, id) } ?? id
      if let written = try? ImageReference(id), written.digest == nil {
        tags.insert(image.repository.appending(":").appending(written.identifier))
      }
    }
    self.locked = locked
    self.originals = originals
    self.digests = digests
    self.tags = tags
  }

  // MARK: Naming

  /// What an image is called.
  /// - Parameter keepsTag: whether others are named after it by its tag.
  /// - Returns: nothing where it stays as it is.
  func name(for image: ByteString, keepsTag: Bool) -> ByteString? {
    let written = try? ImageReference(image)
    if let pinned = locked[image] {
      var pinned = pinned
      // Only where the mirror keeps names can others be found by this one.
      if keepsTag, let written, written.digest == nil, written.name == pinned.name {
        pinned = (try? pinned.with(tag: written.identifier)) ?? pinned
      }
      return rewritten(pinned).text
    }
    guard let written, !rewriting.isEmpty else { return nil }
    let moved = rewritten(written)
    return moved == written ? nil : moved.text
  }

  private func rewritten(_ image: ImageReference) -> ImageReference { (try? rewriting.apply(to: image)) ?? image }

  /// The object with its images named so.
  func naming(_ object: KubernetesObject, _ facts: ImageFacts?) -> KubernetesObject {
    object.replacingImages { image in self.name(for: image, keepsTag: facts?.namesOthersByTag(image) ?? false) }
  }

  /// The objects with settings that make Velero start what images are called, where it makes up a name by itself.
  func adding(
    to objects: [KubernetesObject], release: ReleaseVersion?, _ facts: ImageFacts?
  ) -> [KubernetesObject] {
    guard let facts, let release else { return objects }
    return facts.settingImages(in: objects, release: release) { name(for: $0, keepsTag: false) }
  }

  // MARK: What the lock has

  /// Which of what can be started the lock does not have; none where there is no lock.
  package func outside(_ inventory: ImageInventory, _ facts: ImageFacts) -> [ImageUse] {
    guard lock != nil else { return [] }
    // What an object names is told once, whatever else starts it.
    let named = Set(inventory.uses.filter { if case .field = $0.origin { true } else { false } }.map(\.image))
    return inventory.uses.filter { use in
      if case .derived = use.origin, named.contains(use.image) { return false }
      guard let image = try? ImageReference(use.image) else { return true }
      if image.digest != nil { return !digests.contains(image.text) }
      // Names that are made from the tag of another cannot be pinned; the lock says what they stand for.
      return !(facts.goesByTag(use) && tags.contains(image.text))
    }
  }
}
