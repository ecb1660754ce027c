import Files
import Kubernetes
import OCI
import Templating
import Velero
import YAML

/// What environments have in common, made once: what templates give for the same values, the order of objects and the
/// names of their files, and the text and the digest of objects that nothing changed for one environment alone.
///
/// For one thread.
package final class CommonWork {
  private struct NamedObject {
    struct Key: Hashable {
      let items: UnsafeRawPointer
      let settings: ObjectIdentifier
    }

    // Both are kept so that the key stays theirs.
    let items: [MapItem]
    let settings: ImageSettings
    let object: KubernetesObject
  }

  let results = SharedResults()
  /// By the memory of a document's items, which are kept so that it stays theirs.
  private var objects: [UnsafeRawPointer: (document: Document, objects: [KubernetesObject])] = [:]
  /// By the memory of an object's items, which are kept so that it stays theirs.
  private var texts: [UnsafeRawPointer: (items: [MapItem], text: ByteString)] = [:]
  private var digests: [ByteString.Identity: (contents: ByteString, digest: ContentDigest)] = [:]

  /// The last objects that were put in order, where they went, and what their files are called.
  private var arrangement: (objects: [KubernetesObject], order: [Int], layout: Layout)?

  /// Objects with the images that settings give them, by the memory of their items before.
  private var named: [NamedObject.Key: NamedObject] = [:]

  private var keptBytes = 0

  /// How many objects are kept, and how many bytes of text: more than the releases and groups of a fleet have in common.
  private static let mostObjects = 1 << 10
  private static let mostBytes = 16 << 20

  package init() {}

  /// Whether the bundle can annotate objects for kapp; nothing where nobody has asked yet.
  var knowsKappAnnotations: Bool?

  /// The objects of rendered documents, in their order.
  /// - Throws: what is wrong with every document that is no object.
  func objects(in documents: [Document]) throws(Diagnostics) -> [KubernetesObject] {
    var made: [KubernetesObject] = []
    var diagnostics = Diagnostics()
    for document in documents {
      let address = Self.address(document.value)
      if let address, let known = objects[address], known.document.position == document.position {
        made += known.objects
        continue
      }
      do throws(Diagnostics) {
        let own = try ObjectSet.objects(in: CollectionOfOne(document))
        made += own
        if objects.count == Self.mostObjects { objects = [:] }
        if let address { objects[address] = (document, own) }
      } catch {
        diagnostics.append(contentsOf: error)
      }
    }
    try diagnostics.throwIfErrors()
    return made
  }

  /// Puts rendered objects in order, and names their files: as those of the environment before, if these have the same
  /// identities.
  /// - Throws: what is wrong with them as a set.
  func arrange(_ objects: [KubernetesObject]) throws(Diagnostics) -> (ObjectSet, Layout) {
    if let arrangement, arrangement.objects.count == objects.count,
      zip(arrangement.objects, objects).allSatisfy(Self.areAlike)
    {
      return (ObjectSet(inOrder: arrangement.order.map { objects[$0] }), arrangement.layout)
    }
    let set = try ObjectSet(objects)
    let layout = try Layout(set)
    let indexes = Dictionary(objects.enumerated().map { ($0.element.identity, $0.offset) }) { first, _ in first }
    arrangement = (objects, set.objects.compactMap { indexes[$0.identity] }, layout)
    return (set, layout)
  }

  /// Names the images of rendered objects as settings have it; those that environments have in common once.
  func naming(
    _ objects: [KubernetesObject], _ images: ImageSettings, release: ReleaseVersion?, facts: ImageFacts?
  ) -> [KubernetesObject] {
    let renamed = objects.map { object -> KubernetesObject in
      guard case .map(let items) = object.content, let address = Self.address(object.content) else { return object }
      let key = NamedObject.Key(items: address, settings: ObjectIdentifier(images))
      if let known = named[key] { return known.object }
      if named.count == Self.mostObjects { named = [:] }
      let object = images.naming(object, facts)
      named[key] = NamedObject(items: items, settings: images, object: object)
      return object
    }
    return images.adding(to: renamed, release: release, facts)
  }

  /// Whether two objects are put in the same place. That of a definition depends on more than its identity.
  private static func areAlike(_ one: KubernetesObject, _ other: KubernetesObject) -> Bool {
    guard one.identity == other.identity else { return false }
    return one.identity.kind != "CustomResourceDefinition" || address(one.content) == address(other.content)
  }

  private static func address(_ content: Node) -> UnsafeRawPointer? {
    guard case .map(let items) = content else { return nil }
    return items.withUnsafeBytes { $0.baseAddress }
  }

  /// The object as it is written to its file.
  func print(_ object: KubernetesObject) -> ByteString {
    guard case .map(let items) = object.content, let address = Self.address(object.content) else {
      return Self.text(object.content)
    }
    if let known = texts[address] { return known.text }
    let text = Self.text(object.content)
    keptBytes += text.count
    if texts.count == Self.mostObjects || keptBytes > Self.mostBytes {
      texts = [:]
      digests = [:]
      keptBytes = text.count
    }
    texts[address] = (items, text)
    digests[text.identity] = (text, ContentDigest(text))
    return text
  }

  private static func text(_ content: Node) -> ByteString {
    var out = ByteBuffer()
    YAML.print(content, into: &out)
    return out.finish()
  }

  /// The digest of the text of a file.
  func digest(_ contents: ByteString) -> ContentDigest { digests[contents.identity]?.digest ?? ContentDigest(contents) }
}
