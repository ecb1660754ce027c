import ArgumentParser
import Files
import Workspace

struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Show what rendering would change in the committed manifests, object by object.",
    discussion: """
      The comparison of 'sailplan verify': lines with '-' are what the tree holds, lines with '+' what is rendered.
      In colour on a terminal, unless NO_COLOR is set. Writes nothing.
      Exit status: 0 no difference, 1 differences, 2 could not compare, 64 wrong usage.
      """)

  @OptionGroup var comparison: ComparisonOptions

  func run() throws {
    let result = try comparison.compare()
    ObjectDiff(style: Style(for: .standard)).write(result)
    if result.hasDrift { throw ExitCode.drift }
  }
}
