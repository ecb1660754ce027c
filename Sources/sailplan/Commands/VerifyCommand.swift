import ArgumentParser
import Files
import Workspace

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Compare the committed manifests with what rendering gives.",
    discussion: """
      Renders the inputs of a revision in memory and compares the result with the rendered trees of the same revision.
      Says for each object which fields differ and why; then what 'sailplan check' finds. Writes nothing.
      Exit status: 0 no drift and no errors found, 1 drift or errors, 2 could not verify, 64 wrong usage.
      """)

  @OptionGroup var comparison: ComparisonOptions
  @Flag(help: "Leave out the checks of 'sailplan check'.")
  var noCheck = false

  @Option(
    help: ArgumentHelp(
      "How to report: text, json, github (annotations), gitlab (code quality), sarif, junit, markdown.",
      valueName: "format"))
  var format = VerificationFormat.text

  func run() throws {
    let result = try comparison.compare(checking: !noCheck)
    var report = CheckReport(style: Style(for: .standard))
    if !noCheck { try report.add(result.checks, of: result.reader) }
    if let text = try format.print(VerificationReport(result, findings: report.shown)) {
      Output.standard.write(text)
    } else {
      DriftReport(style: Style(for: .standard)).write(result)
      if report.errors + report.warnings > 0 { Output.standard.write("\n" + report.text) }
    }
    if result.hasDrift || report.errors > 0 { throw ExitCode.drift }
  }
}
