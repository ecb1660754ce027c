import Files
import TestSupport
import Workspace

/// A workspace in a temporary directory.
struct Sandbox {
  let directory: TemporaryDirectory
  var tree: DiskTree { DiskTree(root: directory.path) }

  init(_ files: KeyValuePairs<String, ByteString> = [:], configuration: ByteString = Sandbox.configuration) throws {
    directory = try TemporaryDirectory()
    try directory.write(configuration, to: "sailplan.yaml")
    for (path, contents) in files { try directory.write(contents, to: path) }
  }

  static let configuration: ByteString = "apiVersion: sailplan.dev/v1alpha1\nkind: Workspace\n"

  func reader() throws -> WorkspaceReader { try WorkspaceReader(tree) }
}

/// The messages of what `body` throws, the sandbox's directory left out; none if it throws nothing.
func messages(in sandbox: Sandbox? = nil, _ body: () throws -> Void) -> [String] {
  var found: [String] = []
  do {
    try body()
  } catch let diagnostics as Diagnostics {
    found = diagnostics.list.map(\.message)
  } catch let diagnostic as Diagnostic {
    found = [diagnostic.message]
  } catch {
    found = ["\(error)"]
  }
  guard let sandbox else { return found }
  return found.map { message in
    var text = message
    while let range = text.firstRange(of: sandbox.directory.path + "/") { text.removeSubrange(range) }
    return text
  }
}
