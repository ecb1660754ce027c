import Carvel
import Files
import OCI

/// Images for copying: two of one layer each, a list of both, a bundle with the list, and a bundle with all of these.
struct SampleImages: ImageSource {
  /// What references begin with: `127.0.0.1:5000`.
  let registry: String
  private(set) var images: [Image] = []
  private(set) var manifests: [ContentDigest: FetchedManifest] = [:]
  let list: FetchedManifest
  /// The bundle that has all others in it.
  let bundle: Image

  init(_ registry: String) throws {
    self.registry = registry
    func reference(_ name: String, _ digest: ContentDigest) throws -> ImageReference {
      try ImageReference(ByteString("\(registry)/\(name)")).with(digest: digest)
    }
    let one = try Image(LayerTree(files: ["one": LayerTree.File("1\n")]), labels: [:])
    let two = try Image(LayerTree(files: ["two": LayerTree.File("2\n")]), labels: ["about": "<two> & more"])
    var members = [one.descriptor, two.descriptor]
    members[0].platform = Platform(system: "linux", architecture: "amd64")
    members[1].platform = Platform(system: "linux", architecture: "arm64", variant: "v8")
    list = FetchedManifest(
      ImageIndex(mediaType: .dockerManifestList, manifests: members).contents, mediaType: .dockerManifestList)
    let inner = try Self.bundle("inner", ImagesLock([ImagesLock.Entry(reference("list", list.digest))]))
    bundle = try Self.bundle(
      "outer",
      ImagesLock([
        ImagesLock.Entry(reference("one", one.digest), annotations: [ImagesLock.idAnnotation: "one:v1"]),
        ImagesLock.Entry(reference("inner", inner.digest)), ImagesLock.Entry(reference("list", list.digest)),
      ]))
    images = [one, two, inner, bundle]
    for manifest in images.map(\.manifest) + [list] { manifests[manifest.digest] = manifest }
  }

  private static func bundle(_ name: ByteString, _ lock: ImagesLock) throws -> Image {
    let tree = LayerTree(files: [
      BundleContents.imagesFile: LayerTree.File(lock.text), "config/values.yml": LayerTree.File(name),
    ])
    return try Image(BundleContents(tree, shown: name.text))
  }

  /// The bundle as it is named in the registry.
  var reference: ImageReference {
    get throws { try ImageReference(ByteString("\(registry)/outer:v1")) }
  }

  /// Puts all of them into a registry of that name, each into a repository of its own.
  func push(_ client: RegistryClient) throws {
    for (name, image) in zip(["one", "two", "inner", "outer"], images) {
      let reference = try ImageReference(ByteString("\(registry)/\(name)"))
      try client.push(image, to: reference, tags: ["v1"], overwrites: false)
    }
    let reference = try ImageReference(ByteString("\(registry)/list"))
    for image in images[0...1] {
      try client.push(image, to: reference, tags: [image.digest.tag], overwrites: false)
    }
    try client.putManifest(list, at: reference)
  }

  // MARK: Reading them without a registry

  func manifest(_ reference: ImageReference) throws(Diagnostic) -> FetchedManifest {
    guard let manifest = manifests[reference.digest ?? bundle.digest] else { throw Diagnostic("no \(reference)") }
    return manifest
  }

  func digestIfPresent(of reference: ImageReference) throws(Diagnostic) -> ContentDigest? {
    // Nothing has been copied beside the bundles.
    nil
  }

  func fetchBlob(
    _ descriptor: Descriptor, from reference: ImageReference,
    into take: (UnsafeBufferPointer<UInt8>) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    try blob(descriptor, from: reference, limit: .max).withBytes { (bytes) throws(Diagnostic) in try take(bytes) }
  }

  func blob(
    _ descriptor: Descriptor, from reference: ImageReference, limit: Int
  ) throws(Diagnostic) -> ByteString {
    guard let blob = images.flatMap(\.blobs).first(where: { $0.digest == descriptor.digest }) else {
      throw Diagnostic("no \(descriptor.digest)")
    }
    return blob.contents
  }
}
