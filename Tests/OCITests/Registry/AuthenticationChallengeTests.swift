import OCI
import Testing

@Suite struct AuthenticationChallengeTests {
  @Test(arguments: [
    (
      #"Bearer realm="https://auth.example.com/token",service="registry.example.com",scope="repository:a/b:pull,push""#,
      [
        "bearer realm=https://auth.example.com/token scope=repository:a/b:pull,push service=registry.example.com"
      ]
    ),
    (#"Basic realm="Registry Realm""#, ["basic realm=Registry Realm"]),
    (#"basic REALM=plain"#, ["basic realm=plain"]),
    (
      #"Negotiate, Basic realm="a, \"b\"" , Bearer realm = "c""#,
      ["negotiate", #"basic realm=a, "b""#, "bearer realm=c"]
    ),
    ("NTLM TlRMTVNTUAABAAAA==, Basic realm=x", ["ntlm", "basic realm=x"]),
    (#", ,Digest realm="r", nonce="n",, qop=auth"#, ["digest nonce=n qop=auth realm=r"]),
    (#"Bearer realm="never closed"#, ["bearer"]),
    ("", []), ("\u{FC}", []),
  ])
  func reads(_ header: String, _ expected: [String]) {
    let found = AuthenticationChallenge.parse([header]).map { challenge in
      ([challenge.scheme] + challenge.parameters.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" })
        .joined(separator: " ")
    }
    #expect(found == expected)
  }

  @Test func readsSeveralHeaders() {
    let found = AuthenticationChallenge.parse(["Bearer realm=a", "Basic realm=b"])
    #expect(found.map(\.scheme) == ["bearer", "basic"])
  }
}
