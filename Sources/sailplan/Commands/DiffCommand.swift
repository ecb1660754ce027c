import ArgumentParser
import Files
import Workspace

struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Show what rendering would change in the committed manifests, object by object.",
    discussion: """
      The comparison of 'sailplan verify': lines with '-' are what the tree holds, lines with '+' what is rendered. Where
      many environments differ, changes that are the same in several are told once. In colour on a terminal, unless
      NO_COLOR is set. Writes nothing.
      Exit status: 0 no difference, 1 differences, 2 could not compare, 64 wrong usage.
      """)

  @OptionGroup var comparison: ComparisonOptions
  @Option(
    help: ArgumentHelp(
      "Compare with the trees that this revision holds, in place of those beside the inputs.", valueName: "revision"))
  var againstRevision: String?
  @Option(help: ArgumentHelp("With --against: what this environment renders, as '+'.", valueName: "environment"))
  var environment: String?
  @Option(help: ArgumentHelp("With --environment: what this one renders, as '-'.", valueName: "environment"))
  var against: String?
  @Option(
    help: ArgumentHelp(
      "Tell what is the same in several environments once: auto (where more than four differ), always or never.",
      valueName: "when"))
  var group = DifferenceGrouping.auto
  @Option(
    help: ArgumentHelp("How to report: text, markdown (for pull requests), json or html (a page).", valueName: "format")
  )
  var format = DifferenceFormat.text
  @Option(
    help: ArgumentHelp(
      "Print no more than this, and say what was left out; markdown: \(LengthLimit.comment) unless said.",
      valueName: "characters"))
  var maxLength: Int?

  func validate() throws {
    if let maxLength, maxLength < LengthLimit.least {
      throw ValidationError("--max-length must be \(LengthLimit.least) or more")
    }
    if (environment == nil) != (against == nil) { throw ValidationError("--environment and --against go together") }
    if environment != nil {
      if !comparison.environments.isAll || againstRevision != nil {
        throw ValidationError("--environment and --against say all that is compared")
      }
    }
    for name in [environment, against] { if let name { try EnvironmentArguments.check(name) } }
    if maxLength != nil && format == .html { throw ValidationError("--max-length is not for pages") }
    if group == .never && format != .text { throw ValidationError("--group never is for text: others always group") }
  }

  func run() throws {
    let result =
      if let environment, let against {
        try comparison.compare(environment: environment, against: against)
      } else {
        try comparison.compare(summarizing: format == .html, againstRevision: againstRevision)
      }
    let drifts = result.environments
    let limit = LengthLimit(most: maxLength ?? (format == .markdown ? LengthLimit.comment : nil))
    let style = Style(for: .standard)
    let isGrouped = group.isGrouped(drifts.count { !$0.items.isEmpty })
    if format == .html {
      let page = FleetPage(
        "sailplan diff", drifts: drifts, sides: (result.source, result.rendering), summaries: result.summaries,
        findings: nil)
      Output.standard.write(try page.html)
    } else if format == .text && !isGrouped {
      let sections = ObjectDiff(style: style, old: result.source, new: result.rendering).sections(drifts)
      Output.standard.write(
        limit.fitted("", sections) { "… \($0) of \(sections.count) objects left out: --max-length\n" })
    } else {
      let difference = FleetDifference(drifts, old: result.source, new: result.rendering)
      switch format {
      case .text: Output.standard.write(difference.text(style, limit: limit))
      case .markdown: Output.standard.write(difference.markdown(limit: limit))
      case .json: Output.standard.write(try difference.json(limit: limit))
      case .html: break
      }
    }
    if result.hasDrift { throw ExitCode.drift }
  }
}
