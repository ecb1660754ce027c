import Files
import Testing

@Suite struct SourceDateTests {
  /// As `date -u -d @SECONDS +%Y-%m-%dT%H:%M:%SZ` prints them.
  @Test(arguments: [
    (0, "1970-01-01T00:00:00Z"), (951_782_400, "2000-02-29T00:00:00Z"), (1_700_000_000, "2023-11-14T22:13:20Z"),
    (253_402_300_799, "9999-12-31T23:59:59Z"),
  ])
  func isWrittenAsRFC3339HasIt(_ seconds: Int64, _ text: String) {
    #expect(SourceDate(seconds: seconds)?.rfc3339.text == text)
  }

  @Test(arguments: [-1, 253_402_300_800, .max])
  func hasFourDigitsForItsYear(_ seconds: Int64) {
    #expect(SourceDate(seconds: seconds) == nil)
  }
}
