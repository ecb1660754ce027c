import Carvel
import Files
import OCI
import TestSupport
import Testing

@Suite struct BundleCommandTests {
  static let emptyLock: ByteString = "---\napiVersion: imgpkg.carvel.dev/v1alpha1\nkind: ImagesLock\n"

  /// A directory with the bundle `app`, in `app/` and `more/`.
  private func shell() throws -> Shell {
    let shell = try Shell()
    try shell.write("app/.imgpkg/images.yml", Self.emptyLock)
    try shell.write("app/config/a.yml", "a: 1\n")
    try shell.write("more/config-b.yml", "b: 1\n")
    return shell
  }

  // MARK: Building

  @Test func theSameFilesGiveTheSameDigest() throws {
    let (one, other) = (try shell(), try shell())
    let digest = try one.run("bundle", "build", "-f", "app", "-f", "more").text
    #expect(ContentDigest(written: ByteString(digest)) != nil)
    #expect(try other.run("bundle", "build", "-f", "more", "-f", "app").text == digest)
    try one.edit("more/config-b.yml", "1", "2")
    #expect(try one.run("bundle", "build", "-f", "app", "-f", "more").text != digest)
  }

  @Test func withoutFilesItIsTheBundleOfTheProgram() throws {
    let shell = try Shell()
    try shell.run("bundle", "build", "-o", "made").expect(0, "sha256:")
    let source = "\(Repository.root)/overlays/velero"
    for (path, kind) in try Disk.walk(source) where kind != .directory {
      #expect(shell.directory.read("made/\(path)") == (try Disk.read("\(source)/\(path)", limit: 1 << 26)), "\(path)")
    }
    #expect(try shell.snapshot("made").count == Disk.walk(source).filter { $0.value != .directory }.count)
  }

  @Test func inAWorkspaceItIsTheBundleOfTheWorkspace() throws {
    let shell = try Shell.workspace()
    try shell.write("lock.yml", "apiVersion: imgpkg.carvel.dev/v1alpha1\nkind: ImagesLock\nimages: []\n")
    try shell.write(
      "bundle/.imgpkg/bundle.yml", "apiVersion: imgpkg.carvel.dev/v1alpha1\nkind: Bundle\nmetadata: {name: own}\n")
    try shell.run("bundle", "build", "-o", "made", "--images-lock", "lock.yml").expect(0, "sha256:")
    let made = try shell.snapshot("made")
    #expect(made[".imgpkg/images.yml"] == Self.emptyLock)
    #expect(shell.read("made/.imgpkg/bundle.yml")?.contains("name: own") == true)
    #expect(try shell.snapshot("made/config") == shell.snapshot("bundle/config"))
  }

  @Test func layoutsAndArchivesHoldTheBundle() throws {
    let shell = try shell()
    let digest = try shell.run(
      "bundle", "build", "-f", "app", "--to-layout", "layout", "--to-tar", "app.tar", "--tag", "v1"
    ).text
    for source in [["--layout", "layout"], ["--tar", "app.tar"], ["--tar", "app.tar", "--tag", "v1"]] {
      try shell.command(["bundle", "show"] + source).run().expect(0, "Digest: \(digest)", "Images: none")
      try shell.command(["bundle", "pull", "-o", "pulled", "--overwrite"] + source).run().expect(0)
      #expect(try shell.snapshot("pulled") == shell.snapshot("app"))
    }
    try shell.run("bundle", "pull", "--tar", "app.tar", "--tag", "v2", "-o", "other").expect(2, "holds no image v2")
  }

  @Test func nothingThatIsThereIsReplacedUnasked() throws {
    let shell = try shell()
    try shell.write("full/file", "mine")
    try shell.run("bundle", "build", "-f", "app", "-o", "full").expect(2, "full exists, and something is in it")
    #expect(shell.read("full/file") == "mine")
    try shell.run("bundle", "build", "-f", "app", "-o", "full", "--overwrite").expect(0)
    #expect(try shell.snapshot("full") == shell.snapshot("app"))
    for directory in ["/", ".", "..", "./", "full/.."] {
      try shell.run("bundle", "build", "-f", "app", "-o", directory, "--overwrite").expect(64)
    }
    #expect(shell.read("app/config/a.yml") == "a: 1\n")
  }

  @Test func refusesWhatIsNoBundle() throws {
    let shell = try shell()
    try shell.run("bundle", "build", "-f", "more").expect(2, "more is no bundle: it lacks .imgpkg/images.yml")
    try shell.run("bundle", "build", "-f", "app", "-f", "app/config", "-f", "app/config/a.yml").expect(
      2, "a.yml stands in two places")
    try shell.run("bundle", "push", "-b", "a/b@\(ContentDigest(""))", "-f", "app").expect(
      2, "names what is there already")
    try shell.run("bundle", "push", "-f", "app").expect(64, "give -b for a bundle or -i for an image")
    try shell.run("bundle", "build", "-f", "app", "-l", "dev.carvel.imgpkg.bundle=no").expect(64)
  }

  // MARK: With a registry

  @Test(.enabled(if: RegistryServer.isAvailable, "docker-registry is not installed"))
  func whatIsPushedIsPulled() throws {
    let (registry, shell) = (try RegistryServer(), try shell())
    let digest = try shell.run("bundle", "build", "-f", "app", "-l", "a=b").text
    let name = "\(registry.name)/velero/app"
    try shell.run("bundle", "push", "-b", "\(name):v1", "-f", "app", "-l", "a=b", "--lock-output", "app.lock").expect(
      0, "Pushed '\(name)@\(digest)'")
    try shell.run("bundle", "pull", "-b", "\(name):v1", "-o", "one").expect(
      0, "Pulling bundle '\(name)@\(digest)'", "is hosting every image")
    try shell.run("bundle", "pull", "--lock", "app.lock", "-o", "two").expect(0)
    let tag = "sha256-\(digest.dropFirst(7)).imgpkg"
    try shell.run("bundle", "pull", "-b", "\(name):\(tag)", "-o", "three").expect(0)
    for pulled in ["one", "two", "three"] { #expect(try shell.snapshot(pulled) == shell.snapshot("app")) }
    try shell.run("bundle", "show", "-b", "\(name):v1").expect(0, "Label: a=b", "Digest: \(digest)")
  }

  @Test(.enabled(if: RegistryServer.isAvailable, "docker-registry is not installed"))
  func tagsAreMovedOnlyWhereThatIsAsked() throws {
    let (registry, shell) = (try RegistryServer(), try shell())
    let name = "\(registry.name)/velero/app:v1"
    try shell.run("bundle", "push", "-b", name, "-f", "app").expect(0)
    try shell.run("bundle", "push", "-b", name, "-f", "app").expect(0)
    try shell.edit("app/config/a.yml", "1", "2")
    try shell.run("bundle", "push", "-b", name, "-f", "app").expect(2, "is another image already")
    try shell.run("bundle", "pull", "-b", name, "-o", "old").expect(0)
    #expect(shell.read("old/config/a.yml") == "a: 1\n")
    try shell.run("bundle", "push", "-b", name, "-f", "app", "--overwrite").expect(0)
    try shell.run("bundle", "pull", "-b", name, "-o", "old", "--overwrite").expect(0)
    #expect(shell.read("old/config/a.yml") == "a: 2\n")
  }

  @Test(.enabled(if: RegistryServer.isAvailable, "docker-registry is not installed"))
  func imagesAreNoBundles() throws {
    let (registry, shell) = (try RegistryServer(), try shell())
    let name = "\(registry.name)/more"
    try shell.run("bundle", "push", "-i", name, "-f", "app").expect(2, "app is a bundle: it has .imgpkg")
    try shell.run("bundle", "push", "-i", name, "-f", "more").expect(0)
    try shell.run("bundle", "pull", "-b", name, "-o", "pulled").expect(2, "is an image, and no bundle")
    try shell.run("bundle", "pull", "-i", name, "-o", "pulled").expect(0)
    #expect(try shell.snapshot("pulled") == shell.snapshot("more"))
    try shell.run("bundle", "push", "-b", "\(registry.name)/app", "-f", "app").expect(0)
    try shell.run("bundle", "pull", "-i", "\(registry.name)/app", "-o", "other").expect(2, "is a bundle")
    #expect(!shell.directory.exists("other"))
  }

  /// A bundle that names an image, in one that names both, as imgpkg 0.43 pulls them.
  @Test(.enabled(if: RegistryServer.isAvailable, "docker-registry is not installed"))
  func bundlesInBundlesArePulledAndRelocated() throws {
    let (registry, shell) = (try RegistryServer(), try shell())
    func lock(_ images: String...) -> ByteString {
      let entries = images.map { "- annotations:\n    kbld.carvel.dev/id: \($0.prefix(9))\n  image: \($0)\n" }
      return ByteString(
        "---\napiVersion: imgpkg.carvel.dev/v1alpha1\nimages:\n\(entries.joined())kind: ImagesLock\n")
    }
    func push(_ kind: String, _ name: String, _ directory: String) throws -> String {
      let line = try shell.run("bundle", "push", kind, "\(registry.name)/\(name)", "-f", directory).text
      return String(line.dropFirst("Pushed '".count).dropLast())
    }
    let image = try push("-i", "src/more", "more")
    try shell.write("app/.imgpkg/images.yml", lock(image))
    let inner = try push("-b", "src/inner", "app")
    try shell.write("outer/.imgpkg/images.yml", lock(inner, image))
    let outer = try push("-b", "src/outer", "outer")

    try shell.run("bundle", "pull", "-r", "-b", outer, "-o", "pulled").expect(
      0, "  Pulling nested bundle '\(inner)'", "One or more images not found in bundle repo")
    let nested = "pulled/.imgpkg/bundles/sha256-\(inner.suffix(64))"
    #expect(shell.read("pulled/.imgpkg/images.yml") == lock(inner, image).text)
    #expect(try shell.snapshot(nested) == shell.snapshot("app"))

    // All in one repository: the same files have the same digests there.
    for (kind, name, directory) in [("-i", "copy:a", "more"), ("-b", "copy:b", "app"), ("-b", "copy:c", "outer")] {
      _ = try push(kind, name, directory)
    }
    let copied = try [inner, image].map { "\(registry.name)/copy@\(try #require($0.split(separator: "@").last))" }
    try shell.run("bundle", "pull", "-r", "-b", "\(registry.name)/copy:c", "-o", "pulled", "--overwrite").expect(
      0, "is hosting every image")
    for (file, images) in [("pulled", copied), (nested, [copied[1]])] {
      let text = try #require(shell.read("\(file)/.imgpkg/images.yml"))
      #expect(
        text.split(separator: "\n").filter { $0.hasPrefix("  image: ") }.map { String($0.dropFirst(9)) } == images)
    }
    try shell.run("bundle", "show", "-r", "-b", outer).expect(0, "  Bundle: \(inner)", "- Image: \(image)")
  }

  @Test(.enabled(if: RegistryServer.isAvailable, "docker-registry is not installed"))
  func locationsSayWhatWasCopied() throws {
    let (registry, shell) = (try RegistryServer(), try shell())
    // Nobody has this image; that it was copied is all that counts.
    let image = try ImageReference("elsewhere.invalid/app").with(digest: ContentDigest("app"))
    try shell.write("app/.imgpkg/images.yml", ImagesLock([.init(image)]).text)
    let name = "\(registry.name)/velero/app"
    let digest = try #require(ContentDigest(written: ByteString(try shell.run("bundle", "build", "-f", "app").text)))
    try shell.run("bundle", "push", "-b", name, "-f", "app").expect(0)
    try shell.run("bundle", "pull", "-b", name, "-o", "before").expect(0, "skipping lock file update")
    try shell.write("image-locations.yml", ImageLocations([.init(image: image, isBundle: false)]).text)
    try shell.run("bundle", "push", "-i", "\(name):\(digest.locationsTag)", "-f", "image-locations.yml").expect(0)
    try shell.run("bundle", "pull", "-r", "-b", name, "-o", "after").expect(0, "is hosting every image")
    #expect(shell.read("after/.imgpkg/images.yml")?.contains("image: \(name)@\(ContentDigest("app"))") == true)
    try shell.run("bundle", "show", "-b", name).expect(
      0, "- Image: \(name)@\(ContentDigest("app"))", "  Origin: \(image)")
  }

  @Test(.enabled(if: RegistryServer.isAvailable, "docker-registry is not installed"))
  func whatFailsLeavesNothingBehind() throws {
    let (registry, shell) = (try RegistryServer(), try shell())
    // A bundle whose layer leads out of its directory, as only somebody in bad faith makes it.
    let name = "\(registry.name)/bad:v1"
    let archive = TarWriter.archive(
      LayerTree(
        FileSet([.init(path: "../outside", contents: "1"), .init(path: ".imgpkg/images.yml", contents: Self.emptyLock)])
      ))
    let configuration: ByteString =
      #"{"config":{"Labels":{"dev.carvel.imgpkg.bundle":"true"}},"rootfs":{"diff_ids":[]}}"#
    let client = try RegistryClient(RegistryOptions())
    let image = Image(docker: configuration, layers: [Gzip.compress(archive)])
    try client.push(image, to: try ImageReference(ByteString(name)), tags: ["v1"], overwrites: false)
    try shell.run("bundle", "pull", "-b", name, "-o", "new/pulled").expect(2, "holds .., which is named with '..'")
    #expect(try Disk.entries(shell.directory.path("new")).isEmpty && !shell.directory.exists("outside"))
    // A layer that unpacks to something else than the configuration says.
    let other = try Image(LayerTree(FileSet([.init(path: "a", contents: "1")])), labels: [:])
    let swapped = Image(
      docker: other.configuration, layers: [Gzip.compress(TarWriter.archive(LayerTree(FileSet())))])
    try client.push(swapped, to: try ImageReference(ByteString(name)), tags: ["v2"], overwrites: false)
    try shell.run("bundle", "pull", "-i", "\(registry.name)/bad:v2", "-o", "new/pulled").expect(2, "unpacks to sha256:")
    #expect(try Disk.entries(shell.directory.path("new")).isEmpty)
  }
}
