import Files
import Kubernetes
import Velero
import Workspace
import YAML

extension FleetPage {
  /// The most objects that are open when the page is.
  private static let mostOpen = 8
  /// How many texts of whole files, of those that stand for one change, and how many lines of each are there.
  private static let mostTexts = 10
  private static let mostLines = 400

  // MARK: The fleet

  /// The place of the matrix, and the list that stands in for it where there is no script.
  var overview: String {
    let releases = Dictionary(summaries.map { ($0.name.path.text, $0) }) { first, _ in first }
    var differing: [Int: Int] = [:]
    for number in difference.objects.flatMap(\.environments.numbers) { differing[number, default: 0] += 1 }
    var faults: [Int: Int] = [:]
    for number in findings.flatMap(\.environments.numbers) { faults[number, default: 0] += 1 }
    let rows = fleet.names.enumerated().map { number, name in
      let summary = releases[name]
      let cells = [name, summary?.release ?? "", summary?.provider ?? ""].map { "<td>\(HTML.text($0))" }
      return "<tr>\(cells.joined())<td>\(differing[number] ?? 0)<td>\(faults[number] ?? 0)\n"
    }.joined()
    return """
      <section aria-labelledby="fleet">
      <h2 id="fleet">Fleet</h2>
      <div class="tools live" hidden>
      <input type="search" id="filter" placeholder="Filter: name, release, provider, differs, error, -word" \
      aria-label="Filter environments" autocomplete="off" spellcheck="false">
      <label><input type="checkbox" id="only-rows"> Only environments with something</label>
      <label><input type="checkbox" id="only-columns"> Only objects with something</label>
      <button type="button" id="only" hidden></button>
      <output id="shown" for="filter"></output>
      </div>
      <div class="matrix live" id="matrix" role="grid" aria-label="Environments by objects" hidden></div>
      <p class="legend live" hidden>
      <span><b>·</b> the same everywhere</span> <span><b>a b</b> versions, the commonest first</span> \
      <span><b>∗</b> of its own</span> \(compares ? Self.signs : "")\(checks ? Self.marks : "")\
      <span><kbd>↑</kbd> <kbd>↓</kbd> <kbd>←</kbd> <kbd>→</kbd> move, <kbd>Enter</kbd> opens, <kbd>Esc</kbd> closes, \
      <kbd>/</kbd> filters</span>
      </p>
      <table class="plain">
      <thead><tr><th>environment<th>release<th>provider<th>objects that differ<th>findings
      <tbody>
      \(rows)</table>
      </section>

      """
  }

  private static let signs = """
    <span><b class="changed">≠</b> differs</span> <span><b class="changed">+</b> to be added</span> \
    <span><b class="removed">−</b> to be removed</span> <span><b class="changed">≈</b> same object, another file</span> 
    """
  private static let marks = """
    <span><b class="error">!</b> error</span> <span><b class="warning">?</b> warning</span> 
    """

  // MARK: What differs

  var changes: String {
    guard compares else { return "" }
    var number = 0
    let isOpen = difference.objects.count { !$0.isDefinition } <= Self.mostOpen
    let objects = difference.objects.map { object in
      let articles = object.changes.map { change in
        change.variants.enumerated().map { rank, variant in
          defer { number += 1 }
          return article(change, variant, isShown: rank < Self.mostTexts, number)
        }.joined()
      }.joined()
      let (name, detail) = Self.title(object.identity, object.path)
      let count = object.changes.reduce(0) { $0 + $1.variants.count }
      return """
        <details class="object"\(isOpen && !object.isDefinition ? " open" : "")><summary>\
        <span class="kind">\(HTML.text(name))</span> <span class="more">\(HTML.text(detail))</span> \
        <span class="more">\(count) change\(count == 1 ? "" : "s"), \(place(object.environments))</span></summary>
        \(articles)</details>

        """
    }.joined()
    return """
      <section aria-labelledby="changes">
      <h2 id="changes">What differs</h2>
      \(objects.isEmpty ? "<p>Nothing.</p>\n" : objects)</section>

      """
  }

  private func article(
    _ change: FleetDifference.Change, _ variant: FleetDifference.Variant, isShown: Bool, _ number: Int
  ) -> String {
    var body = ""
    if let (old, new) = variant.values(at: change.place) {
      let words = WordDifference(old, new)
      func value(_ tag: String, _ middle: String) -> String {
        let middle = middle.isEmpty ? "" : "<b>\(HTML.text(middle))</b>"
        return "<\(tag)>\(HTML.text(words.prefix))\(middle)\(HTML.text(words.suffix))</\(tag)>"
      }
      body = "<p class=\"values\">\(value("del", words.old)) \(value("ins", words.new))</p>\n"
    } else if case .state = change.place {
      body = ""
    } else if isShown || variant.isField(at: change.place) {
      body = Self.lines(variant.lines)
    } else {
      body = "<p class=\"where\">The text is left out here: ‘sailplan diff’ shows it.</p>\n"
    }
    return """
      <article class="change" id="v\(number)"><h4><code>\(HTML.text(change.place.label))</code></h4>
      \(body)<p class="where">\(place(variant.environments))</p></article>

      """
  }

  private static func lines(_ lines: [LineDifference.Line]) -> String {
    if lines.isEmpty { return "" }
    let shown = lines.prefix(mostLines).map { line in
      switch line {
      case .same(let text): "<span> \(HTML.text(String(text)))</span>"
      case .removed(let text): "<span class=\"out\">-\(HTML.text(String(text)))</span>"
      case .added(let text): "<span class=\"in\">+\(HTML.text(String(text)))</span>"
      case .gap(let count): "<span class=\"gap\">… \(count) line\(count == 1 ? "" : "s")</span>"
      }
    }.joined()
    let left = lines.count - mostLines
    let more = left > 0 ? "<span class=\"gap\">… \(left) more lines</span>" : ""
    return "<pre class=\"lines\" tabindex=\"0\">\(shown)\(more)</pre>\n"
  }

  /// An object's name, and what else tells it from others.
  static func title(_ identity: ObjectIdentity?, _ path: ByteString) -> (name: String, detail: String) {
    guard let identity else { return (path.text, "a file of no object") }
    let place = identity.namespace.isEmpty ? "" : "\(identity.namespace)/"
    return ("\(identity.kind) \(place)\(identity.name)", identity.apiVersion.text)
  }

  // MARK: What was found

  var found: String {
    guard checks else { return "" }
    let list = findings.enumerated().map { number, found in
      let finding = found.finding
      let object = finding.object.map { "<p class=\"why\">Object: \(HTML.text("\($0)"))</p>\n" } ?? ""
      return """
        <details class="finding" id="f\(number)"><summary><span class="severity \(finding.severity.name)">\
        \(finding.severity.name)</span> <span class="kind">\(HTML.text(finding.message))</span> \
        <span class="more">\(place(found.environments))</span></summary>
        <div><p class="why">\(HTML.text(finding.rule.why))</p>
        \(object)<p class="why">To mend it: \(HTML.text(finding.mend))</p>
        <p class="why">Rule: <code>\(HTML.text(finding.rule.id))</code></p></div></details>

        """
    }.joined()
    return """
      <section aria-labelledby="findings">
      <h2 id="findings">What checks found</h2>
      \(list.isEmpty ? "<p>Nothing.</p>\n" : list)</section>

      """
  }

  // MARK: Where

  /// The sets that have too many names to be listed everywhere; each is listed once, at the end.
  private var largeSets: [EnvironmentSet] {
    let variants = difference.objects.flatMap { object in
      [object.environments] + object.changes.flatMap { $0.variants.map(\.environments) }
    }
    var told: Set<EnvironmentSet> = []
    return (variants + findings.map(\.environments)).filter { fleet.isShortened($0) && told.insert($0).inserted }
  }

  /// The environments of a set, in words; those of a large one are elsewhere.
  private func place(_ set: EnvironmentSet) -> String {
    let text = HTML.text(fleet.text(set))
    return fleet.isShortened(set) ? "<a href=\"#g\(Self.key(of: set))\">\(text)</a>" : text
  }

  /// What tells a set from others: where it begins and how large it is would not.
  private static func key(of set: EnvironmentSet) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for number in set.numbers { hash = (hash ^ UInt64(number)) &* 0x100_0000_01b3 }
    return String(hash, radix: 36)
  }

  var groups: String {
    let sets = largeSets
    if sets.isEmpty { return "" }
    let list = sets.map { set in
      let names = fleet.names(of: set).map(HTML.text).joined(separator: ", ")
      return "<p id=\"g\(Self.key(of: set))\"><b>\(set.count) environments:</b> \(names)</p>\n"
    }.joined()
    return """
      <section class="groups" aria-labelledby="groups">
      <h2 id="groups">Environments that have changes in common</h2>
      \(list)</section>

      """
  }
}

extension FleetDifference.Variant {
  fileprivate func isField(at place: FleetDifference.Place) -> Bool {
    if case .field = place { true } else { false }
  }
}
