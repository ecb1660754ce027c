import Files
import Kubernetes
import OCI
import Velero
import Workspace
import YAML

/// What the script of a page reads: which environment has which version of which object, and numbers of what differs and
/// was found. Changes and findings themselves stand in the page, with these numbers.
struct Matrix {
  fileprivate struct Column: Hashable {
    let identity: ObjectIdentity?
    let path: ByteString

    var isDefinition: Bool { identity?.kind == "CustomResourceDefinition" }
    /// Objects, files of none, definitions; each by path.
    var rank: (Int, ByteString) { (isDefinition ? 2 : identity == nil ? 1 : 0, path) }
  }

  private let page: FleetPage
  private let columns: [Column]
  private let numbers: [Column: Int]

  init(_ page: FleetPage) {
    self.page = page
    var all: Set<Column> = []
    for summary in page.summaries { for file in summary.files { all.insert(Column(file)) } }
    for object in page.difference.objects { all.insert(Column(identity: object.identity, path: object.path)) }
    columns = all.sorted { $0.rank < $1.rank }
    numbers = Dictionary(uniqueKeysWithValues: columns.enumerated().map { ($0.element, $0.offset) })
  }

  var json: ByteString {
    get throws(Diagnostics) {
      let files = page.summaries.map { summary in summary.files.map { (numbers[Column($0)] ?? 0, $0.digest) } }
      let versions = Versions(files, columns.count)
      let objects = columns.enumerated().map { number, column -> Node in
        let (name, detail) = FleetPage.title(column.identity, column.path)
        return .list([.text(name.harmless), .text(detail.harmless), .int(Int64(versions.counts[number]))])
      }
      var texts = TextTable()
      let environments = self.environments(versions, &texts)
      let members: [(ByteString, Node)] = [
        ("environments", .list(environments)), ("objects", .list(objects)), ("texts", .texts(texts.all)),
      ]
      var out = ByteBuffer()
      try printJSON(.object(members), style: JSONStyle(escapesHTML: true), into: &out)
      return out.finish()
    }
  }

  // MARK: Rows

  private func environments(_ versions: Versions, _ texts: inout TextTable) -> [Node] {
    let summaries = Dictionary(page.summaries.enumerated().map { ($0.element.name.path.text, $0.offset) }) { first, _ in
      first
    }
    let changes = self.changes
    let findings = self.findings
    return page.drifts.enumerated().map { number, drift -> Node in
      let name = drift.name.path.text
      let summary = summaries[name].map { page.summaries[$0] }
      let drifts = drift.items.compactMap { item -> Node? in
        let column = Column(identity: item.identity, path: item.path)
        guard let place = numbers[column] else { return nil }
        let why = item.causes.isEmpty ? nil : item.causes.map(\.description).joined(separator: "; ")
        let mend = item.causes.isEmpty ? nil : VerificationReport.mend(item, drift.name)
        return .list([
          .int(Int64(place)), .text(item.kind.sign),
          .list((changes[number]?[place] ?? []).map { .int(Int64($0)) }), texts.number(of: why), texts.number(of: mend),
        ])
      }
      let versions = summaries[name].map { versions.rows[$0] } ?? []
      return .list([
        .text(name), .text(summary?.release ?? ""), .text(summary?.provider ?? ""), .text(summary?.kubernetes ?? ""),
        .list(versions.map { .int(Int64($0)) }), .list(drifts), .list(findings[number] ?? []),
      ])
    }
  }

  /// The numbers of the changes by environment and column: as they come in the page.
  private var changes: [Int: [Int: [Int]]] {
    var found: [Int: [Int: [Int]]] = [:]
    var number = 0
    for object in page.difference.objects {
      guard let column = numbers[Column(identity: object.identity, path: object.path)] else { continue }
      for change in object.changes {
        for variant in change.variants {
          for environment in variant.environments.numbers {
            found[environment, default: [:]][column, default: []].append(number)
          }
          number += 1
        }
      }
    }
    return found
  }

  /// What was found by environment: column, number in the page, severity.
  private var findings: [Int: [Node]] {
    let places = Dictionary(columns.enumerated().compactMap { number, column in column.identity.map { ($0, number) } })
    {
      first, _ in first
    }
    var found: [Int: [Node]] = [:]
    for (number, finding) in page.findings.enumerated() {
      let column = finding.finding.object.flatMap { places[$0] } ?? -1
      let node = Node.list([.int(Int64(column)), .int(Int64(number)), .text(finding.finding.severity.name)])
      for environment in finding.environments.numbers { found[environment, default: []].append(node) }
    }
    return found
  }
}

extension Matrix.Column {
  fileprivate init(_ file: EnvironmentSummary.File) { self.init(identity: file.identity, path: file.path) }
}

/// Which version of each object each environment has: 0 is the commonest, -1 says that it has none.
private struct Versions {
  private(set) var rows: [[Int]]
  /// How many versions there are of each object.
  private(set) var counts: [Int]

  init(_ environments: [[(column: Int, digest: ContentDigest?)]], _ columns: Int) {
    rows = environments.map { _ in Array(repeating: -1, count: columns) }
    var uses = Array(repeating: [ContentDigest?: Int](), count: columns)
    for files in environments { for file in files { uses[file.column][file.digest, default: 0] += 1 } }
    let ranks = uses.map { uses in
      let ranked = uses.sorted {
        (-$0.value, $0.key?.text ?? .empty) < (-$1.value, $1.key?.text ?? .empty)
      }
      return Dictionary(uniqueKeysWithValues: ranked.enumerated().map { ($0.element.key, $0.offset) })
    }
    counts = ranks.map(\.count)
    for (row, files) in environments.enumerated() {
      for file in files { rows[row][file.column] = ranks[file.column][file.digest] ?? 0 }
    }
  }
}

/// Texts that are needed often, by number.
private struct TextTable {
  private(set) var all: [String] = []
  private var numbers: [String: Int] = [:]

  mutating func number(of text: String?) -> Node {
    guard let text else { return .int(-1) }
    if let known = numbers[text] { return .int(Int64(known)) }
    numbers[text] = all.count
    all.append(text.harmless)
    return .int(Int64(all.count - 1))
  }
}

extension Drift.Kind {
  /// How the script calls it.
  fileprivate var sign: String {
    switch self {
    case .missing: "added"
    case .extra: "removed"
    case .changed, .unreadable: "changed"
    case .formatting, .executable, .replaced: "state"
    }
  }
}
