import ArgumentParser
import Carvel
import Files
import OCI
import Workspace

struct RewriteImagesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rewrite", abstract: "Print what images are called at a mirror.",
    discussion: """
      By rules from one beginning of a name to another; the longest beginning wins. With --lock a lock of images is
      printed so, and what manifests call its images stays. `rewriteImages` in environment.yaml does the same to what is
      rendered.
      Exit status: 0 done, 2 could not, 64 wrong usage.
      """)

  @Option(
    name: .customLong("map"),
    help: ArgumentHelp(
      "A rule, such as docker.io/velero=registry.example.com/velero. Several may be given.", valueName: "from=to"))
  var rules: [String]
  @Option(help: ArgumentHelp("Rewrite this lock; - for standard input.", valueName: "file"))
  var lock: String?
  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp("Write to this file in place of standard output.", valueName: "file"))
  var output: String?
  @Argument(help: ArgumentHelp("Names of images.", valueName: "image"))
  var images: [String] = []

  func validate() throws {
    for rule in rules where rule.split(separator: "=", omittingEmptySubsequences: false).count != 2 {
      throw ValidationError("'\(rule)' is no rule: write FROM=TO")
    }
    if images.isEmpty == (lock == nil) { throw ValidationError("name images, or a lock with --lock") }
    if output?.isEmpty == true { throw ValidationError("the file of --output is empty") }
  }

  func run() throws {
    let rewriting = ImageRewriting(
      try rules.map { rule in
        let ends = rule.split(separator: "=", omittingEmptySubsequences: false).map { ByteString(String($0)) }
        return try ImageRewriting.Rule(from: ends[0], to: ends[1])
      })
    let text: ByteString
    if let lock {
      text = try rewriting.apply(to: try ImagesLock(parsing: try Self.source(lock))).text
    } else {
      text = ByteString(try images.map { "\(try rewriting.apply(to: ImageReference(ByteString($0))))\n" }.joined())
    }
    guard let output else { return Output.standard.write(text) }
    try Disk.replace(output, with: text)
  }

  private static func source(_ path: String) throws(Diagnostic) -> SourceFile {
    let limit = WorkspaceReader.largestInput
    return path == "-"
      ? SourceFile.register(path: "standard input", contents: try Disk.readStandardInput(limit: limit))
      : SourceFile.register(path: path, contents: try Disk.read(path, limit: limit))
  }
}
