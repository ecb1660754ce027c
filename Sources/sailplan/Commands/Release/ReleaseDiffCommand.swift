import ArgumentParser
import Files
import Velero

struct ReleaseDiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Print what is different in one release from another.",
    discussion: """
      Resource definitions are compared by `sailplan crd check OLD NEW`.

      Exit status: 0 whether or not there is a difference.
      """)

  @Argument(help: "The release to start from, such as v1.17.2.")
  var old: String
  @Argument(help: "The release to compare with it; it may be an older one.")
  var new: String

  func run() throws {
    let catalogue = try ReleaseCommand.catalogue()
    let releases = (old: try catalogue.release(named: old), new: try catalogue.release(named: new))
    let comparison = ReleaseComparison(releases.old, releases.new, in: catalogue)
    var rows = [["image", "velero/velero:\(releases.old)", "velero/velero:\(releases.new)"]]
    rows += comparison.plugins.map { ["plugin \($0.name)", $0.old ?? "none", $0.new ?? "none"] }
    if let uploaders = comparison.uploaders {
      rows.append(["uploaders", uploaders.old.joined(separator: ", "), uploaders.new.joined(separator: ", ")])
    }
    Output.standard.write(columns([["", releases.old.description, releases.new.description]] + rows))
    write("What \(releases.new) has besides:", comparison.gained)
    write("What \(releases.new) lacks:", comparison.lost)
    write("New flags of velero install:", comparison.newFlags.map { "--\($0)" })
    write("Flags that are gone:", comparison.goneFlags.map { "--\($0)" })
    write("Other defaults:", comparison.changedDefaults.map { "--\($0.flag): \($0.old) is now \($0.new)" })
  }

  private func write(_ title: String, _ lines: [String]) {
    guard !lines.isEmpty else { return }
    Output.standard.write("\n\(title)\n" + lines.map { "- \($0)\n" }.joined())
  }
}
