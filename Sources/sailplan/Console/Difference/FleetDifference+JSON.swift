import Files
import YAML

extension FleetDifference {
  /// For programs; see docs/schemas/diff.json. What there is no room for is counted under `leftOut`.
  func json(limit: LengthLimit) throws(Diagnostics) -> ByteString {
    let changes = objects.flatMap { object in object.changes.map { (object, $0) } }
    let whole = try json(changes)
    guard let most = limit.most, whole.count > most else { return whole }
    // As many as there is room for; the names of environments have to give way only where nothing else can.
    var fitting = try json([], leftOut: changes.count)
    if fitting.count > most { return try json([], leftOut: changes.count, namesFleet: false) }
    var (enough, tooMany) = (0, changes.count)
    while tooMany - enough > 1 {
      let middle = (enough + tooMany) / 2
      let text = try json(Array(changes.prefix(middle)), leftOut: changes.count - middle)
      if text.count <= most { (enough, fitting) = (middle, text) } else { tooMany = middle }
    }
    return fitting
  }

  private func json(
    _ changes: [(Object, Change)], leftOut: Int = 0, namesFleet: Bool = true
  ) throws(Diagnostics) -> ByteString {
    var groups: [EnvironmentSet: Int] = [:]
    var sets: [EnvironmentSet] = []
    func group(_ set: EnvironmentSet) -> Node {
      if let known = groups[set] { return .int(Int64(known)) }
      groups[set] = sets.count
      sets.append(set)
      return .int(Int64(sets.count - 1))
    }
    func node(_ variant: Variant) -> Node {
      let members: [(ByteString, Node)] = [
        ("group", group(variant.environments)), ("new", variant.new?.inJSON ?? .null),
        ("old", variant.old?.inJSON ?? .null),
      ]
      return .object(members)
    }
    let list = changes.map { object, change -> Node in
      let members: [(ByteString, Node)] = [
        ("change", .text(change.place.kind)), ("field", change.place.field.map { .text($0) } ?? .null),
        ("file", .string(object.path)), ("object", object.identity.map { .identity($0) } ?? .null),
        ("variants", .list(change.variants.map(node))),
      ]
      return .object(members)
    }
    let names = sets.map { set in Node.texts(fleet.names(of: set)) }
    let members: [(ByteString, Node)] = [
      ("changes", .list(list)), ("compared", .int(Int64(fleet.names.count))),
      ("different", .int(Int64(environments.count))),
      ("environments", .texts(namesFleet ? fleet.names : [])), ("groups", .list(names)),
      ("leftOut", .int(Int64(leftOut))), ("new", .text(new.cut)), ("old", .text(old.cut)),
    ]
    return try Node.object(members).reportText
  }
}

extension FleetDifference.Place {
  fileprivate var kind: String {
    switch self {
    case .added: "added"
    case .removed: "removed"
    case .field(_, let isReordering): isReordering ? "order" : "field"
    case .text: "text"
    case .state: "file"
    }
  }

  fileprivate var field: String? {
    switch self {
    case .field(let path, _): path
    case .state(let text): text
    case .added, .removed, .text: nil
    }
  }
}

extension String {
  /// So much of the name of a side that reports of any length have room for it.
  fileprivate var cut: String { count > 200 ? prefix(200) + "…" : self }
}
