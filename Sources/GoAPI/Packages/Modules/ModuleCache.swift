import Files

/// Where Go keeps downloaded modules. Nothing is listed: paths are computed.
struct ModuleCache: Sendable {
  let directory: String

  /// The directory of a module in one version.
  func directory(of path: ByteString, _ version: ModuleVersion) -> String {
    "\(directory)/\(Self.escaped(path))@\(Self.escaped(version.text))"
  }

  /// Where the `go.mod` of a module may lie: kept apart from the module, or inside it.
  func moduleFiles(of path: ByteString, _ version: ModuleVersion) -> [String] {
    [
      "\(directory)/cache/download/\(Self.escaped(path))/@v/\(Self.escaped(version.text)).mod",
      "\(self.directory(of: path, version))/go.mod",
    ]
  }

  /// For file systems that do not tell small letters from capitals: `!` in front of a small letter is the capital.
  private static func escaped(_ text: ByteString) -> ByteString {
    let capitals = UInt8(ascii: "A")...UInt8(ascii: "Z")
    let bytes = text.bytes
    guard bytes.contains(where: capitals.contains) else { return text }
    return ByteString(bytes.flatMap { capitals.contains($0) ? [UInt8(ascii: "!"), $0 | 0x20] : [$0] })
  }
}
