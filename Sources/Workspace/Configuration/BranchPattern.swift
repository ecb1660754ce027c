package import Files

/// The names of branches that rendered trees are committed to: one for each environment, such as `rendered/{environment}`.
package struct BranchPattern: Sendable, Hashable {
  private let text: ByteString

  private static let variable = "{environment}"

  /// - Throws: why `text` cannot be one.
  init(_ text: ByteString) throws(Diagnostic) {
    guard text.text.contains(Self.variable) else {
      throw Diagnostic(
        "'branch' cannot be '\(text)': all environments would share one branch",
        hint: "name one for each environment, as 'rendered/\(Self.variable)' does")
    }
    self.text = text
  }

  /// The branch of an environment.
  package func branch(of name: EnvironmentName) -> String {
    text.text.replacing(Self.variable, with: name.path.text)
  }
}

extension ConfigurationMap {
  /// The pattern under the key `branch`; nothing where the key is missing or holds something else, which is noted.
  mutating func branchPattern() -> BranchPattern? {
    guard let found = text("branch") else { return nil }
    do throws(Diagnostic) {
      return try BranchPattern(found.value)
    } catch {
      append(Diagnostic(error.message, at: found.range, hint: error.hint))
      return nil
    }
  }
}

extension WorkspaceReader {
  /// The branch that an environment's rendered tree is committed to: what the nearest `environment.yaml` says, else
  /// `sailplan.yaml`; nothing where the tree lies beside its values.
  package func branch(of name: EnvironmentName) throws(Diagnostics) -> String? {
    var pattern = configuration.branch
    for directory in Self.directories(of: name) {
      if let nearer = try configuration(in: directory)?.1.branch { pattern = nearer }
    }
    return pattern?.branch(of: name)
  }

  /// The branches of environments that have one.
  /// - Throws: where two environments have the same.
  package func branches(of names: [EnvironmentName]) throws(Diagnostics) -> [EnvironmentName: String] {
    var branches: [EnvironmentName: String] = [:]
    var owners: [String: EnvironmentName] = [:]
    var diagnostics = Diagnostics()
    for name in names {
      guard let branch = try branch(of: name) else { continue }
      branches[name] = branch
      if let other = owners.updateValue(name, forKey: branch) {
        diagnostics.append(
          Diagnostic(
            "\(other) and \(name) would both be committed to the branch '\(branch)'",
            hint: "give one of them another 'branch' in its environment.yaml"))
      }
    }
    try diagnostics.throwIfErrors()
    return branches
  }
}
