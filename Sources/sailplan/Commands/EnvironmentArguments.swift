import ArgumentParser
import Files
import Kubernetes
import Workspace

/// The environments that a command is about. All that is given narrows the choice.
struct EnvironmentArguments: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "Names, groups (all environments in them), or patterns such as 'prod/*', '**/blue', '!legacy/*'; all of the workspace where none is given.",
      valueName: "environment"))
  var names: [String] = []
  @Option(
    name: [.customShort("l"), .customLong("selector")],
    help: ArgumentHelp(
      "Only environments with these labels (see environment.yaml), as kubectl takes them: 'tier in (prod,stage),!legacy'.",
      valueName: "labels"))
  var selector: [String] = []
  @Option(
    help: ArgumentHelp(
      "Only environments that are made of something else now than in this revision: values, overlays, bundle, sailplan itself.",
      valueName: "revision"))
  var changedSince: String?

  /// Refuses what no workspace can have: that is wrong usage.
  func validate() throws {
    for name in names { try Self.checkPattern(name) }
    for text in selector {
      try Self.usage { () throws(Diagnostic) in _ = try LabelSelector(parsing: ByteString(text)) }
    }
    if changedSince?.isEmpty == true { throw ValidationError("the revision of --changed-since is empty") }
  }

  /// Whether nothing narrows the choice.
  var isAll: Bool { names.isEmpty && selector.isEmpty && changedSince == nil }

  /// Whether this one was asked for by its own name, and nothing else was.
  func isOnly(_ name: EnvironmentName) -> Bool {
    guard names.count == 1, let pattern = try? EnvironmentPattern(ByteString(names[0])) else { return false }
    return pattern.isName(name)
  }

  /// What names and labels choose.
  var selection: EnvironmentSelection {
    get throws(Diagnostic) {
      var selection = EnvironmentSelection()
      for name in names { selection.patterns.append(try EnvironmentPattern(ByteString(name))) }
      for text in selector { selection.selectors.append(try LabelSelector(parsing: ByteString(text))) }
      return selection
    }
  }

  /// The environments of a workspace that are selected, in the order of their names; says so where none is.
  /// - Parameter rendered: whether with `--changed-since` a change of what was rendered counts as well.
  func select(
    from reader: WorkspaceReader, _ workspace: WorkspaceOptions, rendered: Bool = false
  ) throws -> [EnvironmentName] {
    var selected = try reader.environments(selection)
    if let changedSince {
      if let base = try WorkspaceLocation.inRevisionIfAny(changedSince, from: workspace.start) {
        var changed = ChangedInputs(reader, since: base)
        selected = selected.filter { changed.contains($0, rendered: rendered) }
      }
    }
    if selected.isEmpty, !isAll {
      let reason = changedSince.map { "nothing that was asked for has changed since \($0)" } ?? "none has these labels"
      Output.error.write("no environment is selected: \(reason)\n")
    }
    return selected
  }

  /// Refuses what cannot be the name of one environment.
  static func check(_ name: String) throws {
    try usage { () throws(Diagnostic) in _ = try WorkspaceReader.name(ByteString(name)) }
  }

  /// Refuses what can name no environments.
  static func checkPattern(_ name: String) throws {
    try usage { () throws(Diagnostic) in _ = try EnvironmentPattern(ByteString(name)) }
  }

  private static func usage(_ check: () throws(Diagnostic) -> Void) throws {
    do throws(Diagnostic) {
      try check()
    } catch {
      throw ValidationError(error.message + (error.hint.map { " (\($0))" } ?? ""))
    }
  }
}
