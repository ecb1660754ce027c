import ArgumentParser
import Files
import Workspace

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Compare the committed manifests with what rendering gives.",
    discussion: """
      Renders the inputs of a revision in memory and compares the result with the rendered trees of the same revision.
      Says for each object which fields differ and why. Writes nothing.
      Exit status: 0 no drift, 1 drift, 2 could not verify, 64 wrong usage.
      """)

  @OptionGroup var comparison: ComparisonOptions

  func run() throws {
    let result = try comparison.compare()
    DriftReport(style: Style(for: .standard)).write(result)
    if result.hasDrift { throw ExitCode.drift }
  }
}
