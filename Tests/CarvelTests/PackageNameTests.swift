import Carvel
import Files
import Testing

@Suite struct PackageNameTests {
  @Test(arguments: ["velero.sailplan.dev", "a.b.c", "a-1.b.c.d", "0.1.2"])
  func takes(_ text: String) throws {
    #expect(try PackageName(ByteString(text)).description == text)
  }

  @Test(arguments: [
    ("", "no DNS subdomain"), ("velero", "fewer than three parts"), ("velero.dev", "fewer than three parts"),
    ("Velero.sailplan.dev", "no DNS subdomain"), ("velero..dev", "no DNS subdomain"),
    ("-a.b.c", "no DNS subdomain"), ("a-.b.c", "no DNS subdomain"), ("a.b_c.d", "no DNS subdomain"),
    ("a.b.ü", "no DNS subdomain"), (String(repeating: "a", count: 250) + ".b.c", "no DNS subdomain"),
  ])
  func refuses(_ text: String, _ why: String) {
    let error = #expect(throws: Diagnostic.self) { try PackageName(ByteString(text)) }
    #expect(error?.message.contains(why) == true)
  }

  @Test(arguments: [
    "0.0.0", "1.18.1", "1.18.1+sailplan.1", "1.0.0-rc.1", "1.0.0-rc.1+b-2.007", "1.0.0--", "18446744073709551615.0.0",
  ])
  func takesVersion(_ text: String) throws {
    #expect(try PackageVersion(ByteString(text)).description == text)
  }

  @Test(arguments: [
    ("", "three numbers"), ("v1.18.1", "three numbers"), ("1.18", "three numbers"), ("1.18.01", "three numbers"),
    ("1.18.1.1", "three numbers"), ("18446744073709551616.0.0", "three numbers"), ("1.0.0-", "'-' is empty"),
    ("1.0.0-01", "begins with 0"), ("1.0.0+", "'+' is empty"), ("1.0.0+a..b", "'+'"), ("1.0.0+a+b", "'+'"),
    ("1.0.0+ü", "'+'"),
  ])
  func refusesVersion(_ text: String, _ why: String) {
    let error = #expect(throws: Diagnostic.self) { try PackageVersion(ByteString(text)) }
    #expect(error?.message.contains(why) == true)
  }
}
