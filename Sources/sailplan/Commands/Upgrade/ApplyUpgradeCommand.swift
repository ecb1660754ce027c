import ArgumentParser
import Files
import Git
import Workspace

struct ApplyUpgradeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply", abstract: "Do what 'sailplan upgrade plan' says, with a commit for each hop.",
    usage: "sailplan upgrade apply ENVIRONMENT... --to RELEASE [--single-commit] [--allow-plaintext-secrets]",
    discussion: """
      Everything is worked out first: if any hop of any environment cannot be done, nothing is written. Then each hop
      writes the values and the rendered trees, and commits them and nothing else; 'sailplan verify' passes on each
      commit. Environments with fewer hops before them start later, so that all arrive with the last commit.
      What is to be changed must be committed, and as rendering makes it. SOURCE_DATE_EPOCH fixes the time of commits.
      Exit status: 0 done, or all there already; 2 could not; 64 wrong usage.
      """)

  @OptionGroup var arguments: UpgradeArguments
  @Flag(help: "Make one commit of all hops.")
  var singleCommit = false
  @Flag(help: "Commit Secrets whose content anybody can read who can read the repository.")
  var allowPlaintextSecrets = false

  func run() throws {
    let start = arguments.workspace.start
    var upgrade: WorkspaceUpgrade
    var commits: [UpgradeCommit]
    do {
      let place = try CommitPlace(start: start)
      upgrade = try arguments.upgrade(in: place.tree)
      try upgrade.checkStart(at: place)
      commits = singleCommit ? UpgradeCommit.inOne(upgrade).map { [$0] } ?? [] : UpgradeCommit.all(upgrade)
      if !allowPlaintextSecrets {
        let secrets = commits.flatMap { $0.rendered.flatMap { PlaintextSecret.find(in: $0) } }
        try Diagnostics(secrets).throwIfErrors()
      }
      for commit in commits { _ = try commit.prepare(at: place, try place.batch()) }
    }
    for environment in upgrade.starts where environment.release == upgrade.target {
      Output.standard.write("\(environment.name) is at \(upgrade.target) already\n")
    }
    for commit in commits {
      // Anew for each: HEAD has moved.
      let place = try CommitPlace(start: start)
      CommitReport.write(try commit.write(at: place))
    }
  }
}
