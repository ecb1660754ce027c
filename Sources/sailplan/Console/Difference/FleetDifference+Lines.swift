import Files
import Kubernetes
import YAML

extension FleetDifference.Place {
  /// How reports call it.
  var label: String {
    switch self {
    case .added: "added"
    case .removed: "removed"
    case .field(let path, let isReordering): path + (isReordering ? " (order)" : "")
    case .text: "the text"
    case .state(let text): text
    }
  }
}

extension FleetDifference.Change {
  /// How many ways in which a place differs are shown where there is little room.
  private static let most = 8

  /// The commonest variants.
  var shown: some Sequence<FleetDifference.Variant> { variants.prefix(Self.most) }

  /// What is said of the others, if there are any.
  var rest: String? {
    let others = variants.dropFirst(Self.most)
    if others.isEmpty { return nil }
    let count = EnvironmentSet(others.map(\.environments)).count
    return "\(others.count) other value\(others.count == 1 ? "" : "s"), in \(count) environment\(count == 1 ? "" : "s")"
  }
}

extension FleetDifference.Variant {
  /// The widest value that is shown on a line.
  private static let widest = 160
  /// The widest of those that are shortened.
  private static let shortest = 60

  /// Both values on a line each; nothing where one of them has several lines.
  /// - Parameter isShortened: whether values of several lines are cut, so that they fit on one.
  func values(
    at place: FleetDifference.Place, shortened isShortened: Bool = false
  ) -> (old: String, new: String)? {
    guard case .field = place else { return nil }
    let isShort = [old, new].allSatisfy { node in
      switch node {
      case nil: true
      case .string(let text)?: text.firstIndex(of: UInt8(ascii: "\n")) == nil
      case .map(let items)?: items.isEmpty
      case .sequence(let items)?: items.isEmpty
      default: true
      }
    }
    guard isShort || isShortened else { return nil }
    let widest = isShortened ? Self.shortest : Self.widest
    func text(_ node: Node?) -> String { node.map { FieldValue.text($0, widest: widest) } ?? "(not there)" }
    return (text(old), text(new))
  }

  /// What differs, line by line.
  var lines: [LineDifference.Line] {
    func text(_ node: Node) -> ByteString {
      if case .string(let text) = node, text.firstIndex(of: UInt8(ascii: "\n")) != nil { return text }
      return node.yaml
    }
    func lines(_ text: ByteString?) -> [Substring] {
      guard let text else { return [] }
      var lines = text.text.split(separator: "\n", omittingEmptySubsequences: false)
      if lines.last?.isEmpty == true { lines.removeLast() }
      return lines
    }
    let shown = LineDifference.lines(from: lines(old.map(text)), to: lines(new.map(text)))
    let showsAny = shown.contains { line in
      switch line {
      case .removed, .added: true
      case .same, .gap: false
      }
    }
    // Texts that only differ in the line end at their end do so in YAML.
    return showsAny ? shown : LineDifference.lines(from: lines(old?.yaml), to: lines(new?.yaml))
  }
}

extension String {
  /// With spaces in place of control characters and of those that change the direction of text, so that what is in a
  /// file cannot steer a terminal or the look of a page.
  var harmless: String {
    String(
      String.UnicodeScalarView(
        unicodeScalars.map { scalar in
          let isControl = scalar.value < 0x20 && scalar != "\t" && scalar != "\n"
          let steers =
            (0x7F..<0xA0).contains(scalar.value) || (0x202A...0x202E).contains(scalar.value)
            || (0x2066...0x2069).contains(scalar.value)
          return isControl || steers ? " " : scalar
        }))
  }
}
