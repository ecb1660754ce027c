/// The flags of a release as a person reads them, for `sailplan install --help`.
package func installHelp(version: ReleaseVersion) -> String {
  let flags = (InstallFlag.table(of: version) + [.release]).sorted { $0.name < $1.name }
  return flags.map { flag in
    var line = "  "
    if let letter = flag.letter { line += "-\(letter), " }
    line += "--\(flag.name)"
    if let placeholder = flag.placeholder { line += " \(placeholder)" }
    var text = flag.help
    if !["", "0", "0s", "false"].contains(flag.initial) { text += " (\(flag.initial))" }
    return line + "\n" + String(repeating: " ", count: 10) + text + "\n"
  }.joined()
}
