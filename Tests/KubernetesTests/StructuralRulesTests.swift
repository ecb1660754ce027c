import Files
import Kubernetes
import TestSupport
import Testing

@Suite struct StructuralRulesTests {
  static let cases = DefinitionFixture.all(in: "structure")

  private func violations(_ fixture: DefinitionFixture) throws -> [StructuralViolation] {
    StructuralRules.violations(of: try DefinitionFixture.definition(fixture.head))
  }

  @Test(arguments: cases) func findsWhatIsNotAllowed(_ fixture: DefinitionFixture) throws {
    let found = try violations(fixture).map { "\($0.rule.rawValue) \($0.path)" }
    #expect(found.sorted() == (try fixture.list("violations")).sorted())
  }

  @Test func everyRuleHasACase() throws {
    var found: Set<StructuralRule> = []
    for fixture in Self.cases { found.formUnion(try violations(fixture).map(\.rule)) }
    #expect(StructuralRule.allCases.filter { !found.contains($0) } == [])
  }

  /// What the API server takes, these rules take.
  @Test(.enabled(if: Repository.goldens != nil)) func allDefinitionsOfVeleroObey() throws {
    var checked = 0
    for folder in Set(try goldenReleases().map(\.folder)).sorted() {
      for definition in try goldenDefinitions(folder).definitions {
        let found = StructuralRules.violations(of: definition).map { "\($0.path): \($0.message)" }
        #expect(found == [], "\(folder) \(definition.name)")
        checked += 1
      }
    }
    #expect(checked == 190)
  }
}
