import Files
import TestSupport
import Testing

/// Reports in HTML, as bytes.
@Suite struct PageTests {
  /// A workspace on disk, never rendered, with so many environments.
  static func workspace(_ count: Int) throws -> Shell {
    let shell = try Shell.workspace()
    for name in ["a", "b"] { try Disk.remove(shell.directory.path("environments/\(name)")) }
    for number in 0..<count {
      let group = number.isMultiple(of: 3) ? "prod" : "test"
      try shell.write(
        "environments/\(group)/c\(number)/values.yaml",
        ByteString("replicas: \(1 + number % 2)\nnames: [n\(number % 5)]\n"))
    }
    return shell
  }

  static func page(_ shell: Shell, _ arguments: String...) throws -> String {
    let result = try shell.command(arguments + ["--worktree", "--format", "html"]).run()
    try #require(result.status < 2, "\(result.errorOutput)")
    return result.output.text
  }

  @Test func isAListWithoutItsScript() throws {
    let shell = try Shell.repository()
    try shell.edit("environments/a/rendered/apps_v1_deployment_velero.yaml", "replicas: 2", "replicas: 3")
    let page = try Self.page(shell, "verify", "--no-check")
    for text in [
      "<!doctype html>", "<h1>1 of 2 environments differs</h1>", "− the work tree",
      "<tr><td>a<td>v1.18.1<td><td>1<td>0",
      "<tr><td>b<td>v1.18.1<td><td>0<td>0", "Deployment velero/velero", "<code>spec.replicas</code>",
      "<del><b>3</b></del> <ins><b>2</b></ins>", "edited by hand since the last render",
    ] { #expect(page.contains(text), "\(text)") }
    try shell.edit("environments/a/rendered/apps_v1_deployment_velero.yaml", "replicas: 3", "replicas: 2")
    #expect(try Self.page(shell, "verify").contains("<h1>2 environments: nothing differs</h1>"))
    #expect(try Self.page(shell, "diff").contains("<h2 id=\"changes\">What differs</h2>\n<p>Nothing.</p>"))
  }

  /// Nothing is loaded from anywhere, and nothing runs but the script that the policy names.
  @Test func needsNothingElse() throws {
    let page = try Self.page(try Self.workspace(2), "verify")
    #expect(page.contains("content=\"default-src 'none'; style-src 'sha256-"))
    #expect(page.components("<script") == 3)
    for text in ["src=", "http:", "https:", "@import", "url(", " style=", " onclick=", "innerHTML", "eval("] {
      #expect(!page.contains(text), "\(text)")
    }
  }

  @Test func whatIsTheSameIsThereOnce() throws {
    let page = try Self.page(try Self.workspace(1000), "diff")
    #expect(page.utf8.count < 500_000)
    #expect(page.contains("all 1000 environments"))
    #expect(page.components("containers:") == 3)
  }

  /// Texts that would be markup, or would end the data of the script.
  static let hostile =
    #"</script><script>document.title='taken'</script><img src=x onerror="document.title='taken'">&amp;'"#

  static func hostileWorkspace() throws -> Shell {
    let shell = try Shell.workspace()
    try shell.run("render").expect(0)
    try shell.edit(
      "environments/a/rendered/apps_v1_deployment_velero.yaml", "replicas: 2",
      "'\(hostile.replacing("'", with: "''"))': '\(hostile.replacing("'", with: "''"))'")
    try shell.write(
      "environments/a/rendered/x.yaml",
      ByteString("apiVersion: v1\nkind: \"<img src=x>\"\nmetadata: {name: \"<b onload=1>\"}\nnote: \"</script>\"\n"))
    return shell
  }

  @Test func everythingIsEscaped() throws {
    let shell = try Self.hostileWorkspace()
    for command in ["verify", "diff"] {
      let page = try Self.page(shell, command)
      #expect(page.contains("&lt;/script&gt;&lt;script&gt;"))
      #expect(page.components("<script") == 3)
      #expect(page.components("</script") == 3)
      #expect(!page.contains("<img"))
      #expect(!page.contains("<b onload"))
    }
  }
}
