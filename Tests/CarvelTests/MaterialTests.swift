import Carvel
import Files
import OCI
import Testing
import YAML

@Suite struct MaterialTests {
  private static let hex = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

  /// As the reference implementation of package URLs writes them.
  @Test(arguments: [
    ("velero/velero:v1.18.1", "pkg:docker/velero/velero@v1.18.1"),
    ("redis", "pkg:docker/library/redis@latest"),
    ("127.0.0.1:5000/a/b:1", "pkg:docker/a/b@1?repository_url=127.0.0.1:5000"),
    (
      "velero/velero:v1@sha256:\(hex)",
      "pkg:oci/velero@sha256:\(hex)?repository_url=docker.io/velero/velero&tag=v1"
    ),
    ("ghcr.io/a/b@sha256:\(hex)", "pkg:oci/b@sha256:\(hex)?repository_url=ghcr.io/a/b"),
  ])
  func packageURLs(_ image: String, _ url: String) throws {
    #expect(PackageURL(try ImageReference(ByteString(image))).description == url)
  }

  private func bill(_ files: [(ByteString, ByteString)], date: SourceDate? = nil) throws -> BillOfMaterials {
    BillOfMaterials(
      name: "prod/eu", summary: "Manifests",
      files: FileSet(files.map { FileSet.File(path: $0.0, contents: $0.1) }),
      images: [
        try ImageReference("velero/velero:v1.18.1"), try ImageReference(ByteString("a.b/c@sha256:\(Self.hex)")),
      ],
      software: [
        BillOfMaterials.Software(name: "bundle", version: "sha256:12", role: .source),
        BillOfMaterials.Software(
          name: "velero", version: "v1.18.1", url: PackageURL(gitHub: "vmware-tanzu/velero", release: "v1.18.1"),
          role: .installed),
      ], tool: "1.2.3", date: date)
  }

  /// What `sha256sum` and `find` give for the same two files.
  @Test func digestOfADirectoryIsThatOfGo() throws {
    let bill = try bill([("b/c.yaml", "c\n"), ("a.yaml", "a\n")])
    #expect(bill.digest.hex == "ed634a008930a1b2d0a7e07b86ae08da7d61e73327d1d8707274c300a185bf63")
  }

  @Test func softwareBillsNameFilesImagesAndSources() throws {
    let bill = try bill([("a.yaml", "a\n")], date: SourceDate(seconds: 1_700_000_000))
    let spdx = try SPDXDocument(bill).text.text
    for part in [
      #""spdxVersion": "SPDX-2.3""#, #""created": "2023-11-14T22:13:20Z""#, #""Tool: sailplan-1.2.3""#,
      #""fileName": "./a.yaml""#, #""checksumValue": "3f786850e387550fdab836ed7e6dc881de23001b""#,
      #""relationshipType": "GENERATED_FROM""#, #""referenceLocator": "pkg:docker/velero/velero@v1.18.1""#,
      #""documentNamespace": "https://sailplan.dev/spdx/\#(bill.digest.hex)-1700000000""#,
    ] { #expect(spdx.contains(part), "\(part)") }
    let cyclone = try CycloneDXDocument(bill).text.text
    for part in [
      #""specVersion": "1.6""#, #""timestamp": "2023-11-14T22:13:20Z""#, #""type": "container""#,
      #""purl": "pkg:oci/c@sha256:\#(Self.hex)?repository_url=a.b/c""#, #""bom-ref": "file:a.yaml""#,
      #""serialNumber": "urn:uuid:"#,
    ] { #expect(cyclone.contains(part), "\(part)") }
  }

  @Test func withoutADateNoneIsInvented() throws {
    let bill = try bill([])
    #expect(try SPDXDocument(bill).text.text.contains(#""created": "1970-01-01T00:00:00Z""#))
    #expect(try !CycloneDXDocument(bill).text.text.contains("timestamp"))
    // A package without files has no code that verifies them.
    #expect(try !SPDXDocument(bill).text.text.contains("packageVerificationCode"))
  }

  @Test func provenanceNamesWhatWasMadeOfWhat() throws {
    let digest = ContentDigest(ByteString.empty)
    let provenance = Provenance(
      subjects: [Provenance.Resource(name: "a.yaml", digest: .sha256(digest))], process: "render",
      parameters: [("environment", "prod/eu")],
      materials: [
        Provenance.Resource(uri: "git+https://example.org/clusters", digest: .commit("0123")),
        Provenance.Resource(name: "bundle", digest: .directory(digest)),
      ], tool: "1.2.3")
    #expect(
      try provenance.text.text == """
        {
          "_type": "https://in-toto.io/Statement/v1",
          "predicate": {
            "buildDefinition": {
              "buildType": "https://sailplan.dev/render/v1",
              "externalParameters": {
                "environment": "prod/eu"
              },
              "resolvedDependencies": [
                {
                  "digest": {
                    "gitCommit": "0123"
                  },
                  "uri": "git+https://example.org/clusters"
                },
                {
                  "digest": {
                    "dirHash": "\(Self.hex)"
                  },
                  "name": "bundle"
                }
              ]
            },
            "runDetails": {
              "builder": {
                "id": "https://sailplan.dev/builder/local/v1",
                "version": {
                  "sailplan": "1.2.3"
                }
              }
            }
          },
          "predicateType": "https://slsa.dev/provenance/v1",
          "subject": [
            {
              "digest": {
                "sha256": "\(Self.hex)"
              },
              "name": "a.yaml"
            }
          ]
        }

        """)
  }
}
