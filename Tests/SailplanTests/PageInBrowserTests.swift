import Files
import TestSupport
import Testing

/// Reports in HTML, as a browser shows them.
@Suite(.enabled(if: Browser.program != nil, "needs Chromium: in PATH, or named by SAILPLAN_CHROMIUM"))
struct PageInBrowserTests {
  /// Writes the page beside the workspace; `script` runs in it, for which its policy has to go.
  private static func write(_ page: String, _ shell: Shell, script: String? = nil) throws -> String {
    var page = page
    if let script {
      page = page.replacing("http-equiv=\"Content-Security-Policy\"", with: "name=\"none\"")
        .replacing("</body>", with: "<output id=\"said\"></output><script>\(script)</script></body>")
    }
    try shell.write("page.html", ByteString(page))
    return "file://\(shell.directory.path("page.html"))"
  }

  private static func dom(_ address: String, _ flags: String...) throws -> String {
    let result = try Browser.open(address, "--dump-dom")
    try #require(result.status == 0, "\(result.errorOutput)")
    #expect(!result.errorOutput.text.contains("Content Security Policy"), "\(result.errorOutput)")
    #expect(!result.errorOutput.text.contains("Uncaught"), "\(result.errorOutput)")
    return result.output.text
  }

  /// Runs `script` in the page, and tells what it said.
  private static func said(_ page: String, _ shell: Shell, _ script: String) throws -> [String] {
    let helpers = """
      const say = (text) => { document.getElementById('said').textContent += `${text}\\n`; };
      const press = (key) => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
      const at = (id) => document.getElementById(id);
      const active = () => at(at('matrix').getAttribute('aria-activedescendant'))?.getAttribute('aria-label');
      """
    let dom = try dom(try write(page, shell, script: helpers + script))
    let output = dom.split(separator: "<output id=\"said\">").dropFirst().first?.split(separator: "</output>").first
    return (output ?? "").split(separator: "\n").map { String($0).replacing("&gt;", with: ">") }
  }

  @Test(arguments: [1, 30, 1000]) func showsTheFleet(count: Int) throws {
    let shell = try PageTests.workspace(count)
    let page = try PageTests.page(shell, "verify")
    let dom = try Self.dom(try Self.write(page, shell))
    #expect(dom.contains("\(count) of \(count) environment\(count == 1 ? "" : "s"), "))
    // Only rows in sight are there.
    let rows = dom.split(separator: "aria-rowindex=").count - 1
    #expect(rows == min(count, rows) && rows <= 60 && rows >= min(count, 20))
    #expect(dom.contains("class=\"js\""))
  }

  @Test func obeysTheKeyboard() throws {
    let shell = try PageTests.workspace(30)
    let page = try PageTests.page(shell, "verify", "--no-check")
    let said = try Self.said(
      page, shell,
      """
      at('matrix').focus();
      say(at('matrix').querySelector('.active').textContent);
      press('ArrowDown'); press('ArrowRight'); say(active());
      press('Enter'); say(at('panel').hidden); say(at('panel-title').textContent); say(document.activeElement.id);
      press('Escape'); say(at('panel').hidden); say(document.activeElement.id);
      press('End'); say(active()); press('Home'); press('PageDown'); press('PageDown'); press('PageDown');
      say(at('matrix').scrollTop > 0 && at('matrix').querySelector('.active').getBoundingClientRect().height > 0);
      press('/'); say(document.activeElement.id);
      at('filter').value = 'prod -c12'; at('filter').dispatchEvent(new Event('input')); say(at('shown').textContent);
      """)
    #expect(
      said == [
        "prod/c0v1.18.1", "Deployment velero/velero: is not there yet", "false", "prod/c12 › Deployment velero/velero",
        "panel", "true", "matrix", "CustomResourceDefinition backups.example.com: is not there yet", "true",
        "filter", "9 of 30 environments, 9 of 9 objects",
      ])
  }

  @Test func leadsFromAChangeToItsEnvironments() throws {
    let shell = try PageTests.workspace(30)
    let said = try Self.said(
      try PageTests.page(shell, "diff"), shell,
      """
      at('cell-0--1').click();
      const buttons = [...at('panel').querySelectorAll('.where button')];
      say(buttons.map((button) => button.textContent).join('|'));
      buttons[0].click(); say(at('shown').textContent); say(at('only').textContent); say(at('panel').hidden);
      at('only').click(); say(at('shown').textContent);
      """)
    #expect(said.first?.contains("show the 6 environments") == true)
    #expect(
      said.dropFirst() == [
        "15 of 30 environments, 9 of 9 objects", "15 environments with this change ✕", "true",
        "30 of 30 environments, 9 of 9 objects",
      ])
  }

  @Test func hostileTextsStayTexts() throws {
    let shell = try PageTests.hostileWorkspace()
    let page = try PageTests.page(shell, "verify", "--no-check")
    let said = try Self.said(
      page, shell,
      """
      at('matrix').focus(); press('Enter');
      say(document.title); say(document.querySelectorAll('img, [onload], [onerror]').length);
      say(document.scripts.length); say(at('panel').textContent.includes("<\\/script><script>document.title='taken'"));
      """)
    #expect(said == ["sailplan verify: 1 of 2 environments differs", "0", "3", "true"])
  }

  /// Nothing but the matrix and texts in blocks is wider than a phone.
  @Test func fitsOnAPhone() throws {
    let shell = try PageTests.workspace(30)
    _ = try Self.write(try PageTests.page(shell, "verify"), shell)
    try shell.write(
      "frame.html",
      """
      <!doctype html><title>waits</title><iframe src="page.html" width="390" height="844"></iframe><script>
      onload = () => {
        const page = document.querySelector('iframe').contentDocument;
        const cell = page.getElementById('cell-0-0').getBoundingClientRect();
        document.title = `${page.documentElement.scrollWidth} ${Math.min(cell.width, cell.height) >= 40}`;
      };
      </script>
      """)
    let result = try Browser.open("file://\(shell.directory.path("frame.html"))", "--dump-dom")
    #expect(result.output.text.contains("<title>390 true</title>"), "\(result.output.text.prefix(300))")
  }

  @Test func isLightAndDark() throws {
    let shell = try PageTests.workspace(2)
    let address = try Self.write(try PageTests.page(shell, "verify"), shell)
    var pictures: [ByteString] = []
    for scheme in [0, 1] {
      let picture = "\(scheme).png"
      let result = try Browser.open(
        address, "--screenshot=\(shell.directory.path(picture))", "--blink-settings=preferredColorScheme=\(scheme)")
      #expect(result.status == 0)
      pictures.append(try #require(shell.directory.read(picture)))
    }
    #expect(pictures.allSatisfy { $0.count > 10_000 })
    #expect(pictures[0] != pictures[1])
  }
}
