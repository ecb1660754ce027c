import ArgumentParser
import Files
import Kubernetes

struct CheckCRDCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Say whether CustomResourceDefinitions can be replaced by others.",
    usage: "sailplan crd check OLD NEW [--fail-on SEVERITY] [--format text|json]",
    discussion: """
      OLD and NEW are releases of Velero (v1.17.2), files, directories, or - for standard input. Nothing is asked of a
      cluster: a finding says what happens to an object that uses what changed. docs/crd-check.md describes the rules.

      Severities: additive (all stays valid and whole), narrowing (something that was accepted no longer is), data-loss
      (something that is stored is lost), refused (the API server does not take NEW).
      Exit status: 0 nothing as severe as --fail-on, 1 something is, 2 could not check, 64 wrong usage.
      """)

  @Argument(help: ArgumentHelp("What is installed.", valueName: "old"))
  var old: String
  @Argument(help: ArgumentHelp("What is to replace it.", valueName: "new"))
  var new: String
  @Option(help: ArgumentHelp("The least severity that counts as a failure.", valueName: "severity"))
  var failOn = FailureThreshold.narrowing
  @Option(help: ArgumentHelp("How to print what was found: text or json.", valueName: "format"))
  var format = ReportFormat.text

  func validate() throws {
    if old.isEmpty || new.isEmpty { throw ValidationError("OLD and NEW must not be empty") }
    if old == "-" && new == "-" { throw ValidationError("only one of OLD and NEW can be standard input") }
  }

  func run() throws {
    var diagnostics = Diagnostics()
    var sets: [DefinitionSet] = []
    for source in [old, new] {
      do {
        sets.append(try DefinitionSource(source).definitions())
      } catch {
        diagnostics.append(contentsOf: error)
      }
    }
    try diagnostics.throwIfErrors()
    guard sets.count == 2 else { return }
    let report = CompatibilityReport(from: sets[0], to: sets[1])
    let text = CompatibilityText(report: report, style: Style(for: .standard))
    switch format {
    case .text: Output.standard.write(text.text)
    case .json: Output.standard.write(try text.json)
    }
    if let worst = report.worst, let threshold = failOn.severity, worst >= threshold { throw ExitCode.drift }
  }
}

/// The severity from which on a check fails.
enum FailureThreshold: String, ExpressibleByArgument, CaseIterable {
  case narrowing
  case dataLoss = "data-loss"
  case refused
  case never

  var severity: CompatibilitySeverity? {
    switch self {
    case .narrowing: .narrowing
    case .dataLoss: .dataLoss
    case .refused: .refused
    case .never: nil
    }
  }
}

/// How a report is printed.
enum ReportFormat: String, ExpressibleByArgument, CaseIterable { case text, json }
