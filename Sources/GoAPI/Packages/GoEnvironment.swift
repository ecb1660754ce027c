import Files

/// Where Go keeps things on this machine, and what it was told by variables.
///
/// Variables that are not set are looked up where `go env -w` writes them, then have Go's own defaults. Go is not run.
package struct GoEnvironment: Sendable {
  /// The directories of `GOPATH`.
  let searchPaths: [String]
  /// Where downloaded modules lie.
  let moduleCache: String
  /// `GOROOT`, if it is set.
  let rootVariable: String?
  /// The directories of `PATH`.
  let programPaths: [String]
  /// `GO111MODULE=off`: no modules, only `GOPATH`.
  let isModuleModeOff: Bool
  /// `-mod=` of `GOFLAGS`, if given: `mod`, `readonly` or `vendor`.
  let modFlag: String?
  /// `GOWORK`: a file, `off`, or nothing.
  let workFile: String?
  package var build: BuildContext

  /// - Parameter variables: the environment of the process.
  package init(variables: [String: String]) {
    let home = variables["HOME"] ?? ""
    let configured = Self.configuration(variables, home: home)
    func value(_ name: String) -> String? {
      if let value = variables[name], !value.isEmpty { return value }
      return configured[name]
    }
    let paths = (value("GOPATH") ?? "\(home)/go").split(separator: ":").map(String.init)
    searchPaths = paths
    moduleCache = value("GOMODCACHE") ?? "\(paths.first ?? "\(home)/go")/pkg/mod"
    isModuleModeOff = value("GO111MODULE") == "off"
    workFile = value("GOWORK")
    rootVariable = value("GOROOT")
    programPaths = (variables["PATH"] ?? "").split(separator: ":").map(String.init)
    let flags = (value("GOFLAGS") ?? "").split(separator: " ").map { $0.drop { $0 == "-" } }
    modFlag = flags.last { $0.hasPrefix("mod=") }.map { String($0.dropFirst(4)) }
    let tags = flags.last { $0.hasPrefix("tags=") }?.dropFirst(5).split(separator: ",") ?? []
    build = BuildContext(
      operatingSystem: ByteString(value("GOOS") ?? Self.operatingSystem),
      architecture: ByteString(value("GOARCH") ?? Self.architecture), usesCgo: value("CGO_ENABLED") != "0",
      tags: tags.map { ByteString(String($0)) })
  }

  private static func configuration(_ variables: [String: String], home: String) -> [String: String] {
    if variables["GOENV"] == "off" { return [:] }
    let path = variables["GOENV"] ?? "\(variables["XDG_CONFIG_HOME"] ?? "\(home)/.config")/go/env"
    guard let text = try? Disk.read(path, limit: 1 << 20).text else { return [:] }
    var values: [String: String] = [:]
    for line in text.split(separator: "\n") {
      guard let equals = line.firstIndex(of: "="), !line.hasPrefix("#") else { continue }
      values[String(line[..<equals])] = String(line[line.index(after: equals)...])
    }
    return values
  }

  #if os(macOS)
  private static let operatingSystem = "darwin"
  #else
  private static let operatingSystem = "linux"
  #endif

  #if arch(arm64)
  private static let architecture = "arm64"
  #else
  private static let architecture = "amd64"
  #endif
}
