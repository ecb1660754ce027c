import ArgumentParser
import Files

/// How a verification or a check is reported.
enum VerificationFormat: String, ExpressibleByArgument, CaseIterable {
  /// For people.
  case text
  /// All items as one JSON object.
  case json
  /// Workflow commands of GitHub Actions, which become annotations.
  case github
  /// A code quality report of GitLab.
  case gitlab
  /// SARIF 2.1.0.
  case sarif
  /// JUnit's XML: a test case for each environment.
  case junit
  /// A comment for a pull request.
  case markdown
  /// A page that needs nothing else.
  case html

  /// The report in this format; nothing for people, who get more than its items, as text or as a page.
  func print(_ report: VerificationReport) throws -> ByteString? {
    switch self {
    case .text, .html: nil
    case .json: try report.json
    case .github: report.github
    case .gitlab: try report.gitLab
    case .sarif: try report.sarif
    case .junit: report.junit
    case .markdown: report.markdown
    }
  }
}
