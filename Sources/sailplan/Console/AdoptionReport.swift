import Files
import Kubernetes
import Velero
import YAML

/// What an adoption left out and what still differs, for people.
struct AdoptionReport {
  let adoption: Adoption
  let style: Style
  /// The files that were written; none where the values were printed.
  var written: [String] = []

  init(_ adoption: Adoption, style: Style) {
    self.adoption = adoption
    self.style = style
  }

  var text: String { wroteText + notesText + overlayText + differencesText + summary + "\n" }

  private var wroteText: String { written.map { "wrote \($0)\n" }.joined() }

  /// Notes with one reason are told together, those about what is missing last.
  private var notesText: String {
    var out = ""
    for isMissing in [false, true] {
      var told: Set<String> = []
      for note in adoption.notes where note.isMissing == isMissing && told.insert(note.reason).inserted {
        let same = adoption.notes.filter { $0.reason == note.reason && $0.isMissing == isMissing }
        out += style.bold(isMissing ? "not taken: \(note.reason)" : note.reason) + "\n"
        for each in same {
          out += "  \(each.subject)\n"
          if let mend = each.mend { out += "    = hint: \(mend)\n" }
        }
      }
    }
    return out
  }

  private var overlayText: String {
    guard let overlay = adoption.overlay, written.isEmpty else { return "" }
    return style.bold("no value says this; put it into overlays/adopted.yaml (--environment NAME does)") + "\n"
      + overlay.text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "" : "  \($0)" }
      .joined(separator: "\n")
  }

  private var differencesText: String {
    adoption.differences.map { difference in
      let state =
        !difference.isThere ? " is rendered and is not there" : !difference.isRendered ? " is not rendered" : ""
      let fields = SecretHiding().hide(difference.fields, ofKind: difference.identity.kind)
      return style.bold("differs: \(difference.identity)\(state)") + "\n" + fields.map(Self.text).joined()
    }.joined()
  }

  private static func text(_ field: FieldDifference) -> String {
    "  \(field.path)\(field.isReordering ? " (order)" : "")\n"
      + "    there:    \(field.old.map { FieldValue.text($0) } ?? "nothing")\n"
      + "    rendered: \(field.new.map { FieldValue.text($0) } ?? "nothing")\n"
  }

  private var summary: String {
    let missing = adoption.notes.count(where: \.isMissing)
    let lost = missing == 0 ? "" : ", \(missing) not taken"
    guard let compared = adoption.compared else { return "Velero \(adoption.release)\(lost)" }
    let count = adoption.differences.count
    let verdict = count == 0 ? "nothing differs" : "\(count) differ\(count == 1 ? "s" : "")"
    let means = adoption.overlay == nil ? "" : " with the overlay"
    return "Velero \(adoption.release): \(compared) objects compared\(means), \(verdict)\(lost)"
  }
}
