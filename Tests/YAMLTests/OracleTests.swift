import Files
import TestSupport
import Testing
import YAML
import Yams

/// Yams, which is libyaml, reads the same trees. It differs in what plain scalars mean, so that only texts are compared.
@Suite(.enabled(if: Repository.goldens != nil, "SAILPLAN_GOLDENS names no reference data"))
struct OracleTests {
  @Test(arguments: yamlFiles(below: "crds") + yamlFiles(below: "tce-velero"))
  func libyamlReadsTheSame(_ path: String) throws {
    let text = try #require(contents(path))
    let ours = try parse(text, options: ParseOptions()).documents.filter { !$0.isEmpty }
    let theirs = try Array(Yams.compose_all(yaml: text.text)).filter { $0.scalar?.string != "" }
    #expect(ours.count == theirs.count)
    for (our, their) in zip(ours, theirs) { #expect(isSame(our.value, their)) }
    // What is printed means the same to libyaml.
    let printed = print(ours)
    for (our, their) in zip(ours, try Array(Yams.compose_all(yaml: printed.text))) { #expect(isSame(our.value, their)) }
  }

  @Test func filesAreFound() {
    #expect(yamlFiles(below: "crds").count > 100)
  }

  private func isSame(_ our: YAML.Node, _ their: Yams.Node) -> Bool {
    switch (our, their) {
    case (.map(let items), .mapping(let mapping)):
      items.count == mapping.count
        && zip(items, mapping).allSatisfy { isSame($0.key, $1.key) && isSame($0.value, $1.value) }
    case (.sequence(let items), .sequence(let sequence)):
      items.count == sequence.count && zip(items, sequence).allSatisfy { isSame($0.value, $1) }
    case (.string(let text), .scalar(let scalar)): text.text == scalar.string
    case (.map, _), (.sequence, _), (.string, _), (_, .mapping), (_, .sequence): false
    default: true
    }
  }
}
