import Files
import Kubernetes
import Templating
import YAML

/// What environments have in common, made once: what templates give for the same values, and the text and the digest of
/// resource definitions, which make up most of a rendered tree.
///
/// For one thread.
package final class CommonWork {
  let results = SharedResults()
  /// By the memory of an object's items, which are kept so that it stays theirs.
  private var texts: [UnsafeRawPointer: (items: [MapItem], text: ByteString)] = [:]
  private var digests: [ByteString.Identity: (contents: ByteString, digest: Digest)] = [:]

  /// How many definitions are kept: those of the releases of a fleet.
  private static let most = 1 << 10

  package init() {}

  /// The object as it is written to its file.
  func print(_ object: KubernetesObject) -> ByteString {
    guard object.identity.kind == "CustomResourceDefinition", case .map(let items) = object.content,
      let address = items.withUnsafeBytes({ $0.baseAddress })
    else { return Self.text(object.content) }
    if let known = texts[address] { return known.text }
    let text = Self.text(object.content)
    if texts.count == Self.most {
      texts = [:]
      digests = [:]
    }
    texts[address] = (items, text)
    digests[text.identity] = (text, Digest(text))
    return text
  }

  private static func text(_ content: Node) -> ByteString {
    var out = ByteBuffer()
    YAML.print(content, into: &out)
    return out.finish()
  }

  /// The digest of the text of a file.
  func digest(_ contents: ByteString) -> Digest { digests[contents.identity]?.digest ?? Digest(contents) }
}
