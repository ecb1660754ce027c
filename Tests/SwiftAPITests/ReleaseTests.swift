#if SwiftAPI
import Files
import Testing

@testable import SwiftAPI

@Suite struct ReleaseTests {
  @Test(arguments: [
    ("v1.2.0...", "v1.1.9", false), ("v1.2.0...", "v1.2.0", true), ("v1.2.0...", "v1.10.0", true),
    ("...v1.9.7", "v1.9.7", true), ("...v1.9.7", "v1.10.0", false), ("v1.2.0...v1.3.0", "v1.3.0", true),
    ("v1.2.0...v1.3.0", "v1.3.1", false),
  ])
  func rangesIncludeBothEnds(range: String, release: String, isIn: Bool) throws {
    let version: Release = try #require(Release(release))
    #expect(try ReleaseRange(range, at: .none).contains(version) == isIn)
  }

  /// Without a release the newest is meant.
  @Test(arguments: [("v1.2.0...", true), ("...v1.9.7", false)])
  func openRangesGoOn(range: String, isIn: Bool) throws {
    #expect(try ReleaseRange(range, at: .none).contains(nil) == isIn)
  }

  @Test(arguments: ["", "1.2", "v1.2.3.4", "v1.x.0", "v1..0"]) func otherTextIsNoRelease(text: String) {
    #expect(Release(text) == nil)
  }

  private let fixture = SwiftFixture(
    properties: """
        // +releases=v1.1.0...
        var a: Bool?
        // +releases=...v1.1.0 +kubebuilder:validation:Required
        // +releases=v1.2.0... +nullable
        var b: Mode?
      """,
    """
    enum Mode: String {
      case old = "Old"
      // +releases=v1.2.0...
      case new = "New"
    }
    """)

  @Test(arguments: [
    ("v1.0.0", "properties:\n  b:\n    enum:\n    - Old\n    type: string\nrequired:\n- b\ntype: object"),
    (
      "v1.1.0",
      "properties:\n  a:\n    type: boolean\n  b:\n    enum:\n    - Old\n    type: string\nrequired:\n- b\ntype: object"
    ),
    (
      "v1.2.0",
      """
      properties:
        a:
          type: boolean
        b:
          enum:
          - Old
          - New
          nullable: true
          type: string
      type: object
      """
    ),
  ])
  func releasesHaveWhatIsSaid(release: String, schema: String) throws {
    #expect(try fixture.specification(release) == schema)
  }

  @Test func aHistoryHasWhatIsEqualOnce() throws {
    var history = ManifestHistory()
    for release in ["v1.0.0", "v1.0.1", "v1.1.0", "v1.2.0"] {
      history.append(try #require(Release(release)), try fixture.manifests(release))
    }
    history.append(try #require(Release("v2.0.0")), [])
    let files = history.finish()
    let folder = "things.example.org"
    #expect(
      files.files.map(\.path.text)
        == ["changes.tsv", "\(folder)/v1.0.0.crd", "\(folder)/v1.1.0.crd", "\(folder)/v1.2.0.crd"])
    let changes = try #require(files["changes.tsv"]).text.split(separator: "\n").filter { !$0.hasPrefix("#") }
    #expect(changes == ["v1.0.0\t\(folder)", "v1.1.0\t\(folder)", "v1.2.0\t\(folder)", "v2.0.0\t-\(folder)"])
  }
}
#endif
