package import Files

/// What the fuzzer feeds: code that reads what others wrote. To add one, add a case, say in `run` what it does with the
/// bytes, and put first inputs into `fixtures/fuzz/NAME`.
///
/// Nothing is expected of the outcome: a target has to come to an end without a crash, within its limits.
package enum FuzzTarget: String, CaseIterable, Sendable {
  case yaml
  case starlark
  case templates
  case go
  case markers
  case archives

  /// Feeds the target with one input.
  package func run(_ input: ByteString) {
    switch self {
    case .yaml: Self.readYAML(input)
    case .starlark: Self.runStarlark(input)
    case .templates: Self.renderTemplates(input)
    case .go: Self.readGo(input)
    case .markers: Self.readMarkers(input)
    case .archives: Self.readArchives(input)
    }
  }
}
