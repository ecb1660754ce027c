import Files

extension Repository {
  /// The rows of a file below `fixtures/` whose values stand between tabs, without the row of headings.
  package static func rows(_ path: String) -> [[String]] {
    guard let text = try? Disk.read(fixtures(path), limit: 1 << 24).text else { return [] }
    return text.split(separator: "\n").dropFirst().map { line in
      line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
  }
}
