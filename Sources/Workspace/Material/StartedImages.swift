import Files
import Kubernetes
import OCI
import YAML

extension ObjectSet {
  /// The images of all containers of the objects' pods.
  /// - Throws: a diagnostic for each that is no image's name.
  func startedImages() throws(Diagnostics) -> Set<ImageReference> {
    var images: Set<ImageReference> = []
    var diagnostics = Diagnostics()
    for object in objects {
      for text in Self.containerImages(of: object.content) {
        do throws(Diagnostic) {
          images.insert(try ImageReference(text))
        } catch {
          diagnostics.append(Diagnostic("\(object.identity): \(error.message)", hint: error.hint))
        }
      }
    }
    try diagnostics.throwIfErrors()
    return images
  }

  private static func containerImages(of node: Node) -> [ByteString] {
    switch node {
    case .map(let items):
      items.flatMap { item -> [ByteString] in
        if let key = item.key.stringValue, key == "containers" || key == "initContainers",
          case .sequence(let containers) = item.value
        {
          return containers.compactMap { $0.value.value(at: "image")?.stringValue }
        }
        return containerImages(of: item.value)
      }
    case .sequence(let items): items.flatMap { containerImages(of: $0.value) }
    default: []
    }
  }
}
