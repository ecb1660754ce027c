import Files
import Foundation
import TestSupport
import Testing

/// A file below `fixtures/yaml`: a text, a line `+++`, and what is expected of it.
struct Fixture: CustomTestStringConvertible, Sendable {
  let name: String
  let input: ByteString
  let expected: ByteString
  /// Where a `①` stood, which is taken out of the text.
  let mark: Int?

  var testDescription: String { name }

  /// All fixtures of a folder, by name.
  static func all(in folder: String) -> [Fixture] {
    let path = Repository.fixtures("yaml/\(folder)")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.filter { $0.hasSuffix(".txt") }.sorted().compactMap { Fixture(path: "\(path)/\($0)", name: $0) }
  }

  private init?(path: String, name: String) {
    guard let bytes = FileManager.default.contents(atPath: path).map({ [UInt8]($0) }),
      let end = Self.find([UInt8]("+++\n".utf8), in: bytes)
    else { return nil }
    self.name = name
    var input = Array(bytes[..<end])
    // A `\` on a line of its own stands for a text that ends without a newline.
    if input.suffix(3) == [UInt8]("\n\\\n".utf8) { input.removeLast(3) }
    let sign = [UInt8]("①".utf8)
    mark = Self.find(sign, in: input)
    if let mark { input.removeSubrange(mark..<mark + sign.count) }
    self.input = ByteString(input)
    expected = ByteString(Array(bytes[(end + 4)...]))
  }

  private static func find(_ pattern: [UInt8], in bytes: [UInt8]) -> Int? {
    guard bytes.count >= pattern.count else { return nil }
    return (0...bytes.count - pattern.count).first { bytes[$0..<$0 + pattern.count].elementsEqual(pattern) }
  }
}

/// The bytes of a file; nothing if it cannot be read.
func contents(_ path: String) -> ByteString? {
  FileManager.default.contents(atPath: path).map { ByteString([UInt8]($0)) }
}

/// The YAML files below a folder of reference data, in order.
func yamlFiles(below folder: String) -> [String] {
  guard let goldens = Repository.goldens else { return [] }
  let names = FileManager.default.enumerator(atPath: "\(goldens)/\(folder)")?.compactMap { $0 as? String } ?? []
  return names.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }.sorted().map { "\(goldens)/\(folder)/\($0)" }
}
