import Files
import YAML

/// The arguments of a Velero process: words such as `server`, then flags.
struct ProcessArguments {
  struct Flag {
    var name: String
    /// Nothing where the flag stands alone.
    var value: String?

    var text: String { value.map { "--\(name)=\($0)" } ?? "--\(name)" }
  }

  /// What is no flag, in order.
  var words: [String] = []
  var flags: [Flag] = []

  /// Reads a list of arguments. A value stands behind `=`, or is the next argument where that is no flag.
  init(_ arguments: [String]) {
    var index = 0
    while index < arguments.count {
      let argument = arguments[index]
      index += 1
      guard argument.hasPrefix("--"), argument.count > 2 else {
        words.append(argument)
        continue
      }
      let parts = argument.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      var value = parts.count > 1 ? String(parts[1]) : nil
      if value == nil, index < arguments.count, !arguments[index].hasPrefix("-") {
        value = arguments[index]
        index += 1
      }
      flags.append(Flag(name: String(parts[0]), value: value))
    }
  }

  init(_ node: Node?) { self.init((node?.listValues ?? []).compactMap(\.scalarText)) }

  /// The last value of a flag; `true` for one that stands alone.
  subscript(name: String) -> String? { flags.last { $0.name == name }.map { $0.value ?? "true" } }

  /// The same for a reader that does not care how it is written: flags in the order of their names, durations in one
  /// spelling, and without those that say what is so anyway.
  ///
  /// - Parameter uploader: what copies files of volumes where nobody says it.
  func canonical(uploader: String) -> [String] {
    var texts: [String] = []
    for flag in flags {
      let value = flag.value ?? "true"
      if flag.name == "features", value.isEmpty { continue }
      if flag.name == "uploader-type", value == uploader { continue }
      if Self.isOffByDefault.contains(flag.name), goBool(value) == false { continue }
      let nanoseconds = value == "0" ? nil : goDuration(value)
      texts.append("--\(flag.name)=\(nanoseconds.map(goDurationText) ?? value)")
    }
    return words + texts.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Switches of the server that are off unless given.
  private static let isOffByDefault: Set<String> = [
    "default-snapshot-move-data", "default-volumes-to-fs-backup", "default-volumes-to-restic",
    "disable-informer-cache", "restore-only", "schedule-skip-immediately",
  ]
}
