import ArgumentParser
import Carvel
import Files
import OCI
import YAML

struct CopyImagesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "copy", abstract: "Copy images, or a bundle with all its images, to another registry or to a file.",
    usage: """
      sailplan images copy -b IMAGE | -i IMAGE | --lock FILE --to-repo REPOSITORY [--lock-output FILE]
      sailplan images copy -b IMAGE | -i IMAGE | --lock FILE --to-tar FILE
      sailplan images copy -b IMAGE | -i IMAGE | --lock FILE | --tar FILE --to-layout DIRECTORY
      sailplan images copy --tar FILE --to-repo REPOSITORY [--lock-output FILE]
      """,
    discussion: """
      The file is that of 'imgpkg copy', for networks without a way to the registry; either program reads what the \
      other one writes. All images come into one repository, each under the tag of its digest; blobs are sent once, and \
      not at all where they are there. What was ended half way goes on where it was when the same command runs again.
      """)

  @Option(
    name: .shortAndLong, help: ArgumentHelp("This bundle, its images, and the bundles in it.", valueName: "image"))
  var bundle: String?
  @Option(name: .shortAndLong, help: ArgumentHelp("This image.", valueName: "image"))
  var image: String?
  @Option(help: ArgumentHelp("What this file locks: a BundleLock, or an ImagesLock.", valueName: "file"))
  var lock: String?
  @Option(help: ArgumentHelp("What this archive holds.", valueName: "file"))
  var tar: String?
  @Option(help: ArgumentHelp("Copy to this repository of a registry.", valueName: "repository"))
  var toRepo: String?
  @Option(help: ArgumentHelp("Copy to an archive.", valueName: "file"))
  var toTar: String?
  @Option(help: ArgumentHelp("Copy to an OCI image layout, beside what it holds.", valueName: "directory"))
  var toLayout: String?
  @Option(help: ArgumentHelp("Write where the images are now: a BundleLock, or an ImagesLock.", valueName: "file"))
  var lockOutput: String?
  @Option(
    help: ArgumentHelp(
      "With -i: of an image for several platforms only that for this one.", valueName: "os/architecture"))
  var platform: String?
  @Option(help: ArgumentHelp("How many blobs are copied at a time.", valueName: "number"))
  var concurrency = 5
  @Flag(help: "Copy layers as well that their owners do not want in other registries.")
  var includeNonDistributableLayers = false
  @Flag(help: "Move tags of the repository that name other images.")
  var overwrite = false
  @OptionGroup var registry: RegistryArguments

  func validate() throws {
    if [bundle, image, lock, tar].count(where: { $0 != nil }) != 1 {
      throw ValidationError("give one of -b, -i, --lock and --tar")
    }
    if [toRepo, toTar, toLayout].count(where: { $0 != nil }) != 1 {
      throw ValidationError("give one of --to-repo, --to-tar and --to-layout")
    }
    if tar != nil && toTar != nil { throw ValidationError("an archive is copied to a repository, with --to-repo") }
    if lockOutput != nil && toRepo == nil { throw ValidationError("--lock-output goes with --to-repo") }
    if platform != nil && image == nil { throw ValidationError("--platform goes with -i: locks name whole images") }
    if (1...64).contains(concurrency) == false { throw ValidationError("--concurrency must be between 1 and 64") }
  }

  func run() throws {
    let client = try registry.client()
    if let tar {
      let archive = try ImageArchive(tar)
      try write(try CopySet(archive), from: archive, client)
    } else {
      try write(try images(client), from: client, client)
    }
  }

  private func images(_ client: RegistryClient) throws -> CopySet {
    if let bundle {
      return try CopySet(bundle: ImageReference(ByteString(bundle)), from: client, jobs: concurrency)
    }
    if let image {
      let platform = try platform.map(Self.platform)
      return try CopySet(image: ImageReference(ByteString(image)), platform: platform, from: client)
    }
    switch try readLock() {
    case .bundle(let lock): return try CopySet(bundle: lock.image, tag: lock.tag, from: client, jobs: concurrency)
    case .images(let lock): return try CopySet(lock, from: client, jobs: concurrency)
    }
  }

  private enum Lock {
    case bundle(BundleLock)
    case images(ImagesLock)
  }

  private func readLock() throws -> Lock {
    let path = lock ?? ""
    let source = SourceFile.register(path: path, contents: try Disk.read(path, limit: 16 << 20))
    let isBundle = try ParsedFile.parse(source).documents.contains {
      $0.value.value(at: "kind")?.stringValue == BundleLock.kind
    }
    return isBundle ? .bundle(try BundleLock(parsing: source)) : .images(try ImagesLock(parsing: source))
  }

  private static func platform(_ text: String) throws -> Platform {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { ByteString(String($0)) }
    guard (2...3).contains(parts.count), !parts.contains(.empty) else {
      throw ValidationError("--platform must be like linux/amd64 or linux/arm/v7")
    }
    return Platform(system: parts[0], architecture: parts[1], variant: parts.count > 2 ? parts[2] : .empty)
  }

  private func write(_ set: CopySet, from source: some ImageSource, _ client: RegistryClient) throws {
    let progress = { (done: Int, total: Int) in Progress("copying blobs", of: total, least: 2).show(done) }
    if let toTar {
      try ImageArchiveWriter(set, to: toTar, foreign: includeNonDistributableLayers)
        .write(from: source, jobs: concurrency, progress: progress)
      Output.standard.write("Copied \(set.items.count) images to '\(toTar)'\n")
      return
    }
    if let toLayout {
      try LayoutCopy(to: toLayout)
        .copy(set, from: source, foreign: includeNonDistributableLayers, jobs: concurrency, progress: progress)
      Output.standard.write("Copied \(set.items.count) images to '\(toLayout)'\n")
      return
    }
    let destination = try ImageReference(ByteString(toRepo ?? ""))
    guard destination.tag == nil, destination.digest == nil else {
      throw Diagnostic("'\(toRepo ?? "")' names an image", hint: "give a repository, without tag and digest")
    }
    var options = RepositoryCopy.Options()
    options.jobs = concurrency
    options.sendsForeignLayers = includeNonDistributableLayers
    options.overwrites = overwrite
    try RepositoryCopy(to: destination, client).copy(set, from: source, options, progress: progress)
    if let lockOutput { try Disk.replace(lockOutput, with: try lockText(set, destination)) }
    let place = set.root.map { destination.with(digest: $0.tree.digest).text } ?? destination.repository
    Output.standard.write("Copied \(set.items.count) images to '\(place)'\n")
  }

  /// Where the images are now.
  private func lockText(_ set: CopySet, _ destination: ImageReference) throws -> ByteString {
    if let root = set.root {
      return BundleLock(image: destination.with(digest: root.tree.digest), tag: root.tag).text
    }
    if lock != nil, case .images(var lock) = try readLock() {
      for index in lock.entries.indices { lock.entries[index].image = lock.entries[index].image.moved(to: destination) }
      return lock.text
    }
    return ImagesLock(set.items.map { ImagesLock.Entry(destination.with(digest: $0.tree.digest)) }).text
  }
}
