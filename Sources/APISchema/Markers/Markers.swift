/// The markers, one type each.
enum Markers {}

extension ControllerGenVersion {
  /// `v0.MINOR.PATCH`, for tables of what came when.
  static func v0(_ minor: Int, _ patch: Int = 0) -> ControllerGenVersion { ControllerGenVersion(0, minor, patch) }
}
