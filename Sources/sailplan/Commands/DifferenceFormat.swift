import ArgumentParser

/// How differences are reported.
enum DifferenceFormat: String, ExpressibleByArgument, CaseIterable {
  /// For people.
  case text
  /// A comment for a pull request.
  case markdown
  /// For programs.
  case json
  /// A page that needs nothing else.
  case html
}

/// Whether changes that are the same in several environments are told once.
enum DifferenceGrouping: String, ExpressibleByArgument, CaseIterable {
  /// Where many environments differ.
  case auto
  case always
  case never

  /// How many environments may differ so that each is shown by itself.
  private static let most = 4

  func isGrouped(_ differing: Int) -> Bool {
    switch self {
    case .auto: differing > Self.most
    case .always: true
    case .never: false
    }
  }
}
