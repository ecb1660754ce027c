import Carvel
import Files
import Testing
import YAML

/// Custom resources of packages, as text.
@Suite struct PackageResourceTests {
  private let name: PackageName
  private let image: ByteString =
    "registry.example.org/velero@sha256:1212121212121212121212121212121212121212121212121212121212121212"

  init() throws { name = try PackageName("velero.example.org") }

  private func package(_ version: ByteString, image: ByteString? = nil) throws -> Package {
    let ytt = AppSpec.Ytt(
      paths: ["config"], inline: [AppSpec.InlineFile(path: "a.yaml", contents: "#@data/values\n---\n")])
    return Package(
      name, try PackageVersion(version),
      template: AppSpec(
        fetch: [.imgpkgBundle(image: image ?? self.image)],
        template: [.ytt(ytt), .kbld(paths: ["-", ".imgpkg/images.yml"])], deploy: [.kapp(rawOptions: ["--wait=false"])]),
      licenses: ["Apache-2.0"],
      releaseNotes: "Notes that are longer than a line of eighty columns has room for, and so go on behind it",
      releasedAt: "2024-01-31T23:59:59Z",
      includedSoftware: [Package.Software(name: "Velero", version: "v1.0.0")], kubernetesVersions: ">=1.18.0",
      valuesSchema: .map([MapItem(key: .string("type"), value: .string("object"))]))
  }

  private var metadata: PackageMetadata {
    PackageMetadata(
      name, displayName: "Velero", shortDescription: "Short", longDescription: "Long", maintainers: ["Cy"],
      categories: ["backup"])
  }

  /// The keys, their order and the line ends are those of kctrl.
  @Test func packageIsSortedAndFolded() throws {
    let files = try PackageRepositoryContents(metadata, packages: [package("1.0.0+a.1")]).files()
    #expect(
      files["packages/velero.example.org/1.0.0+a.1.yml"]?.text == """
        apiVersion: data.packaging.carvel.dev/v1alpha1
        kind: Package
        metadata:
          name: velero.example.org.1.0.0+a.1
        spec:
          includedSoftware:
          - displayName: Velero
            version: v1.0.0
          kubernetesVersionSelection:
            constraints: '>=1.18.0'
          licenses:
          - Apache-2.0
          refName: velero.example.org
          releaseNotes: Notes that are longer than a line of eighty columns has room for,
            and so go on behind it
          releasedAt: "2024-01-31T23:59:59Z"
          template:
            spec:
              deploy:
              - kapp:
                  rawOptions:
                  - --wait=false
              fetch:
              - imgpkgBundle:
                  image: registry.example.org/velero@sha256:1212121212121212121212121212121212121212121212121212121212121212
              template:
              - ytt:
                  inline:
                    paths:
                      a.yaml: |
                        #@data/values
                        ---
                  paths:
                  - config
              - kbld:
                  paths:
                  - '-'
                  - .imgpkg/images.yml
          valuesSchema:
            openAPIv3:
              type: object
          version: 1.0.0+a.1

        """)
    #expect(
      files["packages/velero.example.org/metadata.yml"]?.text == """
        apiVersion: data.packaging.carvel.dev/v1alpha1
        kind: PackageMetadata
        metadata:
          name: velero.example.org
        spec:
          categories:
          - backup
          displayName: Velero
          longDescription: Long
          maintainers:
          - name: Cy
          shortDescription: Short

        """)
  }

  @Test func locksTheBundlesOfAllPackages() throws {
    let first = try PackageRepositoryContents(metadata, packages: [package("1.0.0"), package("1.1.0")]).files()
    let files = try PackageRepositoryContents(
      metadata,
      packages: [
        package("1.1.0", image: "a.b/c@sha256:5656565656565656565656565656565656565656565656565656565656565656")
      ]
    )
    .files(beside: first)
    #expect(files.files.map(\.path.text).count == 4)
    #expect(
      files[".imgpkg/images.yml"]?.text == """
        ---
        apiVersion: imgpkg.carvel.dev/v1alpha1
        images:
        - annotations:
            kbld.carvel.dev/id: a.b/c@sha256:5656565656565656565656565656565656565656565656565656565656565656
          image: a.b/c@sha256:5656565656565656565656565656565656565656565656565656565656565656
        - annotations:
            kbld.carvel.dev/id: registry.example.org/velero@sha256:1212121212121212121212121212121212121212121212121212121212121212
          image: registry.example.org/velero@sha256:1212121212121212121212121212121212121212121212121212121212121212
        kind: ImagesLock

        """)
  }

  @Test func tellsWhichPackageCannotBeRead() throws {
    let tagged = """
      kind: Package
      spec: {template: {spec: {fetch: [{imgpkgBundle: {image: "a.b/c:v1"}}]}}}
      """
    let broken = FileSet([
      FileSet.File(path: "packages/a.yml", contents: "a: ["),
      FileSet.File(path: "packages/b.yml", contents: ByteString(tagged)),
    ])
    let error = #expect(throws: Diagnostics.self) {
      try PackageRepositoryContents(metadata, packages: []).files(beside: broken)
    }
    #expect(error?.description.contains("packages/a.yml:1:") == true)
    #expect(error?.description.contains("'a.b/c:v1', which has no digest") == true)
  }

  @Test func repositoryPointsAtItsBundle() {
    let repository = PackageRepository(name: "velero.example.org", image: image, version: "1.0.0")
    #expect(
      CustomResourceText.text(repository.node).text == """
        apiVersion: packaging.carvel.dev/v1alpha1
        kind: PackageRepository
        metadata:
          annotations:
            kctrl.carvel.dev/repository-version: 1.0.0
          name: velero.example.org
        spec:
          fetch:
            imgpkgBundle:
              image: registry.example.org/velero@sha256:1212121212121212121212121212121212121212121212121212121212121212

        """)
  }
}
