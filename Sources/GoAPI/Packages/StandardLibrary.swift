import Files

/// What API types use of Go's standard library, for machines without Go: the shape of the types and which of them write
/// themselves, without documentation.
enum StandardLibrary {
  static func package(_ path: ByteString, scope: ImportScope, loader: PackageLoader) -> GoPackage? {
    guard let (name, source) = sources[path] else { return nil }
    let file = GoFile(ByteString("\(name).go"), path: "\(path)/\(name).go", contents: source)
    return GoPackage(path: path, name: name, directory: "", files: [file], scope: scope, loader: loader)
  }

  private static let sources: [ByteString: (name: ByteString, source: ByteString)] = [
    "time": (
      "time",
      """
      package time
      type Duration int64
      type Month int
      type Weekday int
      type Location struct { name string }
      type Time struct {
        wall uint64
        ext int64
        loc *Location
      }
      func (t Time) MarshalJSON() ([]byte, error)
      func (t Time) MarshalText() ([]byte, error)
      """
    ),
    "net": (
      "net",
      """
      package net
      type IP []byte
      type IPMask []byte
      type IPNet struct {
        IP IP
        Mask IPMask
      }
      type HardwareAddr []byte
      func (ip IP) MarshalText() ([]byte, error)
      """
    ),
    "encoding/json": (
      "json",
      """
      package json
      type RawMessage []byte
      type Number string
      func (m RawMessage) MarshalJSON() ([]byte, error)
      """
    ),
  ]
}
