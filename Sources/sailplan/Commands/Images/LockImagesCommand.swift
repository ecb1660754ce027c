import ArgumentParser
import Carvel
import Files
import OCI
import Workspace

struct LockImagesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lock", abstract: "Write down which contents the names of images stand for.",
    discussion: """
      Asks registries for the digests of all images that environments can start, and writes them to images.lock.yaml, as
      kbld writes them. Environments in and below the directory of that file are then rendered with digests. What the
      file has already is kept, as long as it is used.
      Exit status: 0 done; 1 with --check: the lock is not what it should be; 2 could not; 64 wrong usage.
      """)

  @OptionGroup var source: ImageSourceArguments
  @OptionGroup var registry: RegistryArguments
  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp(
      "Write to this file; - for standard output. By default images.lock.yaml in environments/, or in the directory of the one environment or group named; with --path and --velero-version standard output.",
      valueName: "file"))
  var output: String?
  @Flag(help: "Ask for the digests of what the file has already, too.")
  var refresh = false
  @Flag(help: "Ask the mirrors that environment.yaml names under rewriteImages, in place of where images come from.")
  var fromMirrors = false
  @Flag(help: "Write nothing, ask no registry, and say what the file lacks.")
  var check = false

  func validate() throws {
    if output?.isEmpty == true { throw ValidationError("the file of --output is empty") }
    if check && refresh { throw ValidationError("--check and --refresh exclude each other") }
    if fromMirrors && !source.isWorkspace { throw ValidationError("--from-mirrors is about environments") }
  }

  func run() throws {
    let images = try source.images(asWritten: true).images.map(\.image)
    let place = try place()
    var old = ImagesLock()
    if place != "-", try Disk.kind(place) != nil {
      let text = try Disk.read(place, limit: WorkspaceReader.largestInput)
      old = try ImagesLock(parsing: SourceFile.register(path: place, contents: text))
    }
    if check { return try compare(old, images, place) }
    let lock = try lock(images, old)
    if place == "-" { return Output.standard.write(lock.text) }
    guard lock.text != old.text else {
      return Output.standard.write("\(place): \(lock.entries.count) images, nothing changed\n")
    }
    try Disk.replace(place, with: lock.text)
    Output.standard.write("\(place): \(lock.entries.count) images\n" + Self.changes(from: old, to: lock))
  }

  /// Where the lock is.
  private func place() throws -> String {
    if let output { return output }
    guard source.isWorkspace else { return "-" }
    let names = source.environments.names
    let only = names.count == 1 ? try? WorkspaceReader.name(ByteString(names[0])) : nil
    return try source.workspace.onDisk().path(ImageSettings.path(for: only))
  }

  private func lock(_ images: [ByteString], _ old: ImagesLock) throws -> ImagesLock {
    let mirrors =
      fromMirrors
      ? try WorkspaceReader(try source.workspace.onDisk()).mirrors(of: source.environments) : ImageRewriting()
    var client: RegistryClient?
    var entries: [ImagesLock.Entry] = []
    for image in images {
      if !refresh, let known = old[id: image] {
        entries.append(known)
        continue
      }
      let reference = try ImageReference(image)
      var digest = reference.digest
      if digest == nil {
        let made = try client ?? registry.client()
        client = made
        digest = try made.digest(of: try mirrors.apply(to: reference))
      }
      if let digest { entries.append(ImagesLock.Entry(id: image, written: reference, digest: digest)) }
    }
    return ImagesLock(entries)
  }

  /// Says what the lock lacks, and what it has and nobody needs.
  private func compare(_ lock: ImagesLock, _ images: [ByteString], _ place: String) throws {
    let missing = images.filter { lock[id: $0] == nil }
    let unused = lock.entries.compactMap(\.id).filter { !images.contains($0) }
    for image in missing { Output.standard.write("missing: \(image)\n") }
    for image in unused { Output.standard.write("unused: \(image)\n") }
    if missing.isEmpty && unused.isEmpty {
      return Output.standard.write("\(place): \(lock.entries.count) images, complete\n")
    }
    throw ExitCode.drift
  }

  private static func changes(from old: ImagesLock, to new: ImagesLock) -> String {
    var lines = ""
    for entry in new.entries {
      guard let id = entry.id, let digest = entry.image.digest else { continue }
      let before = old[id: id]?.image.digest
      if before == nil { lines += "  new: \(id) \(digest)\n" }
      if let before, before != digest { lines += "  changed: \(id) \(before) → \(digest)\n" }
    }
    for id in old.entries.compactMap(\.id) where new[id: id] == nil { lines += "  gone: \(id)\n" }
    return lines
  }
}

extension WorkspaceReader {
  /// Where the images of environments are taken from: what all of them have in common.
  /// - Throws: a diagnostic where they do not agree.
  fileprivate func mirrors(of arguments: EnvironmentArguments) throws -> ImageRewriting {
    var common: ImageRewriting?
    for name in try environments(arguments.selection) {
      let own = try inputs(for: name).images?.rewriting ?? ImageRewriting()
      if let common, common != own {
        throw Diagnostic(
          "the environments do not take their images from the same mirrors",
          hint: "lock those apart that differ: 'sailplan images lock ENVIRONMENT --from-mirrors'")
      }
      common = own
    }
    return common ?? ImageRewriting()
  }
}
