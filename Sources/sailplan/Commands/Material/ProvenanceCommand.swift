import ArgumentParser
import Carvel
import Files
import Workspace

struct ProvenanceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "provenance",
    abstract: "Print what an environment's manifests, or a bundle, were made of, and by whom.",
    discussion: """
      An in-toto statement about the files of the rendered tree, with the provenance predicate of SLSA: the commit, the \
      bundle, the values and overlays, each with its digest. Of a bundle, the statement is about its digest, and made only \
      if the workspace has the same templates. The same inputs give the same bytes.
      Exit status: 0 done, 2 could not, 64 wrong usage.
      """)

  @OptionGroup var material: MaterialArguments
  @Option(
    help: ArgumentHelp(
      "Where the repository of the workspace is, such as git+https://example.org/clusters.", valueName: "uri"))
  var source: String?
  @Option(
    help: ArgumentHelp(
      "Who vouches for it, such as the pipeline that runs sailplan (default: \(Provenance.ownBuilder)).",
      valueName: "uri"))
  var builder: String?

  @Flag(
    help: ArgumentHelp(
      "Sign the file of --output with the key that signs commits; the signature lies beside it and ends in .sig."))
  var sign = false

  func validate() throws {
    if sign && material.output == nil { throw ValidationError("--sign goes with --output only") }
  }

  func run() throws {
    let (source, builder) = (source.map { ByteString($0) }, builder.map { ByteString($0) })
    let provenance =
      switch try material.subject() {
      case .environment(let environment): environment.provenance(source: source, builder: builder)
      case .bundle(let bundle): try bundle.provenance(try material.reader(), source: source, builder: builder)
      }
    try material.write(try provenance.text, signed: sign)
  }
}
