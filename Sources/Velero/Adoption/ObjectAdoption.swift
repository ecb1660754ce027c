package import Files
import Kubernetes
package import YAML

/// Finds values, and an overlay for the rest, that render the objects of an install.
///
/// Rendering judges: of the values that could say it, those win that render the most of it; what they need not say is
/// taken away key by key; what no value can say becomes an overlay; and what then still differs is told.
package struct ObjectAdoption {
  private let catalogue: ReleaseCatalogue
  private let render: (Document, ByteString?) throws(Diagnostics) -> [Document]

  /// - Parameter render: renders with the bundle, and with what the environment would inherit.
  package init(
    catalogue: ReleaseCatalogue, render: @escaping (Document, ByteString?) throws(Diagnostics) -> [Document]
  ) {
    self.catalogue = catalogue
    self.render = render
  }

  /// - Throws: what is wrong with every one of the values that could say it.
  package func adopt(_ installed: InstalledObjects) throws(Diagnostics) -> Adoption {
    let form = NormalForm(uploader: catalogue.minor(of: installed.release)?.uploaders.first ?? "")
    let best = try candidate(for: installed, form)
    let wanted = try text(of: best.node)
    let values = Document(ValueReduction.reduce(best.node) { (try? text(of: $0)) == wanted }.inSchemaOrder)
    let overlay = best.comparison.differences.isEmpty ? nil : OverlayText.text(for: best.comparison)
    var comparison = best.comparison
    if let overlay {
      comparison = try InstalledComparison(installed, best.values, try render(values, overlay), form: form)
    }
    return Adoption(
      release: installed.release, values: values, overlay: overlay,
      notes: installed.notes + best.notes + comparison.unknown.map(Self.unknown),
      differences: comparison.differences, compared: comparison.pairs.count)
  }

  private static func unknown(_ identity: ObjectIdentity) -> AdoptionNote {
    AdoptionNote("\(identity)", "rendered, and not among what was given: not compared")
  }

  /// Values that could say it, and what rendering them gives.
  private struct Candidate {
    var values: InstalledValues
    /// The values that can be rendered.
    var node: Node
    var notes: [AdoptionNote]
    var comparison: InstalledComparison
  }

  private func candidate(for installed: InstalledObjects, _ form: NormalForm) throws(Diagnostics) -> Candidate {
    var best: Candidate?
    var refusal: Diagnostics?
    for provider in InstalledValues.providers(of: installed) {
      let values = InstalledValues(installed, catalogue: catalogue, provider: provider)
      do throws(Diagnostics) {
        let candidate = try candidate(values, installed, form)
        if best.map({ candidate.comparison.weight < $0.comparison.weight }) ?? true { best = candidate }
      } catch {
        refusal = refusal ?? error
      }
    }
    guard let best else { throw refusal ?? Diagnostics() }
    return best
  }
}

extension ObjectAdoption {
  /// How often values that are refused are taken away before it is given up.
  private static let mostRefusals = 8

  /// Renders values without those that the bundle refuses, whose objects then differ.
  private func candidate(
    _ values: InstalledValues, _ installed: InstalledObjects, _ form: NormalForm
  ) throws(Diagnostics) -> Candidate {
    var node = values.values.node
    var notes = values.notes
    for _ in 0..<Self.mostRefusals {
      let documents: [Document]
      do throws(Diagnostics) {
        documents = try render(Document(node), nil)
      } catch {
        guard node.remove(refusedBy: error) else { throw error }
        notes += error.list.map { AdoptionNote($0.field ?? "values", "refused: \($0.message)") }
        continue
      }
      let comparison = try InstalledComparison(installed, values, documents, form: form)
      return Candidate(values: values, node: node, notes: notes, comparison: comparison)
    }
    throw Diagnostics(Diagnostic("no values were found that the bundle takes", at: installed.server.position))
  }

  /// What values render, as text; without what an overlay does.
  private func text(of values: Node) throws(Diagnostics) -> ByteString { print(try render(Document(values), nil)) }
}

extension Node {
  /// Removes the values that diagnostics are about, of lists the whole entry; tells whether there were any.
  fileprivate mutating func remove(refusedBy diagnostics: Diagnostics) -> Bool {
    let before = leafCount
    // From behind, so that entries keep their places while others go.
    for diagnostic in diagnostics.list.reversed() {
      guard let field = diagnostic.field, field != "provider" else { return false }
      remove(at: field.replacing("[", with: ".[").split(separator: ".").map(String.init)[...])
    }
    return leafCount < before
  }

  private mutating func remove(at path: ArraySlice<String>) {
    guard let step = path.first else { return }
    let rest = path.dropFirst()
    if case .sequence(var items) = self {
      guard let index = Int(step.dropFirst().dropLast()), items.indices.contains(index) else { return }
      items.remove(at: index)
      self = .sequence(items)
    } else if rest.isEmpty {
      self[ByteString(step)] = nil
    } else {
      update(ByteString(step)) { $0.remove(at: rest) }
    }
  }

  private var leafCount: Int {
    switch self {
    case .map(let items): items.reduce(0) { $0 + $1.value.leafCount }
    case .sequence(let items): items.reduce(1) { $0 + $1.value.leafCount }
    default: 1
    }
  }

  /// Values in the order in which the schema has their sections.
  var inSchemaOrder: Node {
    guard case .map(let items) = self else { return self }
    let order = Self.sections
    let keyed = items.enumerated().map { place, item in
      (rank: order.firstIndex(of: item.key.stringValue?.text ?? "") ?? order.count, place: place)
    }
    return .map(keyed.sorted { $0 < $1 }.map { items[$0.place] })
  }

  private static let sections = [
    "velero", "provider", "backupStorage", "extraBackupStorage", "volumes", "snapshotStorage", "extraSnapshotStorage",
    "schedules", "credentials", "aws", "azure", "gcp", "vsphere", "kind", "images", "pods", "serviceAccount", "server",
    "nodeAgent", "repositoryMaintenance", "configMaps", "extraObjects",
  ]
}
