import ArgumentParser
import Files
import Kubernetes
import Velero
import Workspace
import YAML

/// How a list of images is printed.
enum ImageListFormat: String, ExpressibleByArgument, CaseIterable {
  /// For people.
  case text
  case json, yaml
  /// A name a line.
  case images

  func print(_ list: ListedImages) throws(Diagnostics) -> ByteString {
    switch self {
    case .text: ByteString(Self.text(list))
    case .json: try Self.node(list).reportText
    case .yaml: YAML.print([Document(Self.node(list))])
    case .images: ByteString(list.images.map { "\($0.image)\n" }.joined())
    }
  }

  /// Each image, then what starts it, then where.
  private static func text(_ list: ListedImages) -> String {
    list.images.map { image, places in
      var lines = "\(image)\n"
      for group in groups(places) { lines += "  \(group.origin.text): \(group.trees.joined(separator: ", "))\n" }
      return lines
    }.joined(separator: "\n")
  }

  private static func node(_ list: ListedImages) -> Node {
    let images = list.images.map { image, places -> Node in
      let uses = groups(places).map { group in
        Node.object(group.origin.items + [("trees", .texts(group.trees))])
      }
      return .object([("image", .string(image)), ("uses", .list(uses))])
    }
    return .object([("images", .list(images))])
  }

  /// The places, each origin once, with where it is found.
  private static func groups(_ places: [ListedImages.Place]) -> [(origin: ImageUse.Origin, trees: [String])] {
    var groups: [(origin: ImageUse.Origin, trees: [String])] = []
    var indexes: [ImageUse.Origin: Int] = [:]
    for place in places {
      if let index = indexes[place.use.origin] {
        groups[index].trees.append(place.tree)
      } else {
        indexes[place.use.origin] = groups.count
        groups.append((place.use.origin, [place.tree]))
      }
    }
    return groups
  }
}

extension ImageUse.Origin {
  fileprivate var text: String {
    switch self {
    case .field(let identity, let path): "\(identity) \(path)"
    case .derived(_, let what, let identity): what + (identity.map { " (as \($0) has it)" } ?? "")
    }
  }

  fileprivate var items: [(ByteString, Node)] {
    switch self {
    case .field(let identity, let path):
      [("field", .text(path.description)), ("object", .identity(identity)), ("rule", .null), ("what", .null)]
    case .derived(let name, let what, let identity):
      [
        ("field", .null), ("object", identity.map { .identity($0) } ?? .null), ("rule", .text(name)),
        ("what", .text(what)),
      ]
    }
  }
}
