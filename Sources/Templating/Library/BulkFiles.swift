package import Files
import Starlark

/// Files on a command line, as JSON: `{"files": [{"name": "a.yml", "data": "a: 1"}]}`. What `ytt --bulk-in` takes.
package enum BulkFiles {
  /// Reads names and contents, in order.
  package static func parse(_ json: ByteString) throws(Diagnostics) -> [(name: ByteString, data: ByteString)] {
    var reader = JSONReader(json)
    let value: Value
    do throws(Failure) {
      value = try reader.document()
    } catch {
      throw Diagnostics(Diagnostic("Reading bulk input: \(error.message)"))
    }
    guard let files = value.dict?.value(named: "files") else { return [] }
    var found: [(name: ByteString, data: ByteString)] = []
    for file in files.list?.elements ?? [] {
      guard let file = file.dict else { throw Diagnostics(Diagnostic("Reading bulk input: a file is not an object")) }
      found.append((file.value(named: "name")?.string ?? .empty, file.value(named: "data")?.string ?? .empty))
    }
    return found
  }
}
