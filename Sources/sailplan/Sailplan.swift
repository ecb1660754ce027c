// What lives here: the command line. One file a subcommand below `Commands/`, what reaches the terminal below
// `Console/`; everything else is a library's. May import every library and ArgumentParser. Start reading here.
import ArgumentParser
import CMemory
import Files
import Git
import Glibc
import Workspace

@main
struct Sailplan: ParsableCommand {
  /// What it is called. Commands that are run often name it as theirs above them: ArgumentParser then does not look for
  /// its own options among their arguments, for which it takes longer than for reading them.
  static let commandName = "sailplan"
  static let configuration = CommandConfiguration(
    commandName: commandName,
    abstract: "Render, commit and verify Velero manifests for many clusters from one bundle of templates.",
    discussion: """
      Exit status: 0 done, 1 drift or difference found, 2 could not do it, 64 wrong usage.
      """,
    version: ToolVersion.text.text,
    subcommands: [
      InitCommand.self, EnvironmentCommand.self, RenderCommand.self, WatchCommand.self, CommitCommand.self,
      AssembleCommand.self, VerifyCommand.self,
      DiffCommand.self, YttCommand.self, InstallCommand.self, AdoptCommand.self, UpgradeCommand.self,
      ReleaseCommand.self, ImagesCommand.self, CRDCommand.self, ValidateCommand.self, CheckCommand.self,
      BundleCommand.self, PackageCommand.self, BillCommand.self, ProvenanceCommand.self, VersionCommand.self,
    ]
  )

  /// Parses the arguments, runs the command, and turns whatever it throws into text on stderr and an exit status.
  static func main() {
    sailplan_arrange_memory()
    // A reader that went away shows as EPIPE where we write, so that a half-done render is never cut by a signal.
    signal(SIGPIPE, SIG_IGN)
    warmUp()
    var command: any ParsableCommand
    do {
      command = try parse(Array(CommandLine.arguments.dropFirst()))
    } catch {
      leave(with: error)
    }
    do {
      try command.run()
    } catch let diagnostics as Diagnostics {
      fail(diagnostics.description)
    } catch let diagnostic as Diagnostic {
      fail(diagnostic.description)
    } catch let status as ExitCode {
      leave(status)
    } catch {
      // Help asked for by a command, and arguments that only `run` could refuse.
      leave(with: error)
    }
    leave(.success)
  }

  /// The command that the arguments ask for. Those of a command named first are read by that command alone, which takes a
  /// fraction of the time that all commands take; whatever it refuses all of them read again, for they know best what to
  /// say about it.
  private static func parse(_ arguments: [String]) throws -> any ParsableCommand {
    if let name = arguments.first {
      // Its arguments are not ours to read.
      if name == YttCommand.configuration.commandName { return YttCommand(passing: Array(arguments.dropFirst())) }
      let named = configuration.subcommands.first { $0.configuration.commandName == name }
      if let named, named.configuration.subcommands.isEmpty,
        // Asked for help it gives another command, which would not know what stands above it.
        let command = try? named.parseAsRoot(Array(arguments.dropFirst())), type(of: command) == named
      {
        return command
      }
    }
    return try parseAsRoot(arguments)
  }

  /// Says what ArgumentParser has to say: help on standard output, mistakes on standard error.
  private static func leave(with error: any Error) -> Never {
    let text = fullMessage(for: error)
    let status = exitCode(for: error)
    if !text.isEmpty { (status.isSuccess ? Output.standard : Output.error).write(text + "\n") }
    leave(status)
  }

  /// Ends the process at once: threads that prepare what is not needed any more must not find global variables destroyed.
  private static func leave(_ status: ExitCode) -> Never {
    Output.finish()
    _exit(status.rawValue)
  }

  /// Starts what a command is going to need while its arguments are still being parsed: reading the bundle, and setting
  /// up libgit2, take longer than that.
  private static func warmUp() {
    switch CommandLine.arguments.dropFirst().first {
    case "render", "watch": RenderPlan.warmUp(checking: false)
    case "check": RenderPlan.warmUp(checking: true)
    case let command? where ["commit", "assemble", "verify", "diff"].contains(command):
      Library.warmUp()
      RenderPlan.warmUp(checking: command == "verify")
    default: break
    }
  }

  private static func fail(_ text: String) -> Never {
    Output.error.write(text)
    leave(.couldNot)
  }
}

extension ExitCode {
  /// Something differs from what it should be: 1.
  static let drift = ExitCode(1)
  /// The work could not be done, and an error says why: 2. Wrong usage is 64, which ArgumentParser sees to.
  static let couldNot = ExitCode(2)
}
